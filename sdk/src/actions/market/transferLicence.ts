import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { licensesSafeTransferFrom3 } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type TransferLicenceParameters = { licenceId: bigint; to: Address };
export type TransferLicenceReturnType = Sent;

/**
 * Gives a licence away: the right to use the work goes with it. Only commercial and exclusive ones move, once released and
 * while they last. Holder.
 * @throws LicenceLockedError, ERC721InsufficientApprovalError or ERC721IncorrectOwnerError when it is another's,
 * ERC721InvalidReceiverError for a contract that takes none, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.market.transferLicence({ licenceId, to: bob })).wait();
 * ```
 */
export async function transferLicence(
  client: StelaiClient,
  { licenceId, to }: TransferLicenceParameters,
): Promise<TransferLicenceReturnType> {
  const address = client.deployment.contracts.Licenses;
  const args = [requireWallet(client).account.address, to, licenceId] as const;
  return send(client, { address, abi: [licensesSafeTransferFrom3], functionName: "safeTransferFrom", args }, nothing);
}
