import { hashReceipt } from "@stelai/sdk";
import type { WorkMetadata } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";

/** Who signed that a work was generated, and with which character. */
export type Proof = { workId: bigint; characterId: bigint; operator: Address };

/**
 * Whose receipt proves a work: the one in its metadata, where it hashes to what the contract took as proof; null without.
 * The contract checked signature, payer and file of that receipt, not whether its operator is one to believe.
 */
export function proofIn(
  { id, receipt }: { id: bigint; receipt: Hex | null },
  metadata: Pick<WorkMetadata, "provenance"> | null,
): Proof | null {
  const shown = metadata?.provenance?.receipt?.receipt;
  if (receipt === null || !shown) return null;
  // A stranger wrote it: an address whose capitals are no checksum would not be hashed at all.
  const operator = shown.operator.toLowerCase() as Address;
  if (hashReceipt({ ...shown, operator }) !== receipt) return null;
  return { workId: id, characterId: BigInt(shown.characterId), operator };
}
