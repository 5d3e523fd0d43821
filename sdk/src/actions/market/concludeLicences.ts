import { isAddressEqual, parseEventLogs } from "viem";
import type { StelaiClient } from "../../client.ts";
import { licensesConclude, licensesRefundedEvent, licensesReleasedEvent } from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";

export type ConcludeLicencesParameters = { licenceIds: readonly bigint[] };
/** Which of them came to which end. */
export type ConcludeLicencesReturnType = Sent<{ released: bigint[]; refunded: bigint[] }>;

/**
 * Ends orders that time has decided: what was not delivered in 24 hours, or not resolved in 7 days, is refunded; what was
 * not disputed in 72 hours is released. Anyone may; what is not due is passed over (`market.getLicence` has the deadline).
 * @throws UserRejectedError.
 *
 * @example
 * ```ts
 * const { refunded } = await (await stelai.market.conclude({ licenceIds: [3n] })).wait();
 * ```
 */
export async function concludeLicences(
  client: StelaiClient,
  { licenceIds }: ConcludeLicencesParameters,
): Promise<ConcludeLicencesReturnType> {
  const address = client.deployment.contracts.Licenses;
  const call = { address, abi: [licensesConclude], functionName: "conclude", args: [licenceIds] } as const;
  return send(client, call, (receipt) => {
    const logs = receipt.logs.filter((log) => isAddressEqual(log.address, address));
    const released = parseEventLogs({ abi: [licensesReleasedEvent], logs });
    const refunded = parseEventLogs({ abi: [licensesRefundedEvent], logs });
    return {
      released: released.map(({ args }) => args.licenceId),
      refunded: refunded.map(({ args }) => args.licenceId),
    };
  });
}
