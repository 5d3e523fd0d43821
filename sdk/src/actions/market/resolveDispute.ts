import type { StelaiClient } from "../../client.ts";
import { licensesResolve } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type ResolveDisputeParameters = {
  licenceId: bigint;
  /** Whether price and bond go back to the holder; else both go to the seller. */
  isRefund: boolean;
  /** `ipfs://…` of the reason, as text (`relayer.uploadContent`), at most 256 bytes; none when absent. */
  reasonURI?: string | undefined;
};
export type ResolveDisputeReturnType = Sent;

/**
 * Decides a dispute, within 7 days. Role RESOLVER (`market.hasRole`).
 * @throws AccessManagedUnauthorizedError, WrongStatusError unless it is disputed, WrongTimeError, InvalidURIError,
 * UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.market.resolve({ licenceId, isRefund: true, reasonURI: uri })).wait();
 * ```
 */
export async function resolveDispute(
  client: StelaiClient,
  { licenceId, isRefund, reasonURI = "" }: ResolveDisputeParameters,
): Promise<ResolveDisputeReturnType> {
  const address = client.deployment.contracts.Licenses;
  const args = [licenceId, isRefund, reasonURI] as const;
  return send(client, { address, abi: [licensesResolve], functionName: "resolve", args }, nothing);
}
