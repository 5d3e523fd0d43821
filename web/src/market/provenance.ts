import { type GetWorkReturnType, hashReceipt } from "@stelai/sdk";
import type { WorkMetadata } from "@stelai/sdk/wire";
import type { Address } from "viem";

/** What is looked at of where a work comes from, in the order it is told. */
export const CHECKS = ["maker", "receipt", "operator", "file"] as const;
export type Check = (typeof CHECKS)[number];

export interface Checked {
  readonly check: Check;
  /** `none`: there is nothing to hold it against. */
  readonly result: "fits" | "wrong" | "none";
}

/**
 * Holds what a work says of itself against the chain. When it was minted, the contract checked that the operator signed
 * the receipt, that it is of this very file, and that whoever minted it paid for it; that it was the tool's own operator
 * is checked here, since anyone can be one.
 * @param work From the chain.
 * @param metadata Null where it cannot be read.
 * @param isListed Whether the tool's owner lists the receipt's operator, by the chain; undefined where nobody is named.
 */
export function checksOf(
  work: Pick<GetWorkReturnType, "receipt" | "contentHash">,
  metadata: Pick<WorkMetadata, "file" | "provenance"> | null,
  isListed: boolean | undefined,
): Checked[] {
  const shown = metadata?.provenance?.receipt?.receipt;
  const same = (a: string, b: string) => (a.toLowerCase() === b.toLowerCase() ? "fits" : "wrong");
  // A stranger wrote it: an address whose capitals are no checksum would not be hashed at all.
  const read = shown && { ...shown, operator: shown.operator.toLowerCase() as Address };
  const isProved = work.receipt !== null;
  return [
    { check: "maker", result: isProved ? "fits" : "none" },
    { check: "receipt", result: read && work.receipt !== null ? same(hashReceipt(read), work.receipt) : "none" },
    { check: "operator", result: !isProved || isListed === undefined ? "none" : isListed ? "fits" : "wrong" },
    { check: "file", result: metadata ? same(metadata.file.contentHash, work.contentHash) : "none" },
  ];
}

/**
 * All of it in one: something is wrong; it is proved; a receipt was, by an operator that nobody can be shown to trust; or
 * nothing is. Anyone can make themselves an operator and sign what they like, so a receipt alone proves nothing.
 */
export function verdictOf(checks: readonly Checked[]): "wrong" | "proven" | "unclear" | "nothing" {
  if (checks.some(({ result }) => result === "wrong")) return "wrong";
  const fits = (check: Check) => checks.find((one) => one.check === check)?.result === "fits";
  if (!fits("maker")) return "nothing";
  return fits("receipt") && fits("operator") ? "proven" : "unclear";
}
