import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { worksSafeTransferFrom3 } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type TransferWorkParameters = { workId: bigint; to: Address };
export type TransferWorkReturnType = Sent;

/**
 * Gives a work away. Its offers and listing are void then, and the new owner is the payee of the owner's part; open
 * orders go on as they were bought, royalties go on to whom they went. Owner.
 * @throws ERC721InsufficientApprovalError or ERC721IncorrectOwnerError when it is another's, ERC721InvalidReceiverError
 * for a contract that takes none, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.works.transfer({ workId, to: collector })).wait();
 * ```
 */
export async function transferWork(
  client: StelaiClient,
  { workId, to }: TransferWorkParameters,
): Promise<TransferWorkReturnType> {
  const address = client.deployment.contracts.Works;
  const args = [requireWallet(client).account.address, to, workId] as const;
  return send(client, { address, abi: [worksSafeTransferFrom3], functionName: "safeTransferFrom", args }, nothing);
}
