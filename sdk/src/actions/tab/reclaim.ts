import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterReclaim, inferenceMeterTabClosedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";

export type ReclaimParameters = { operator: Address; tabId: bigint };

/** What went back to the payer, in microcredits. */
export type ReclaimReturnType = Sent<{ refund: bigint }>;

/**
 * Pays a tab's rest back to its payer once its expiry and the thaw have passed. Anyone may send it.
 * @throws StillThawingError with the time from which it works; TabClosingError when it is closed already.
 *
 * @example
 * ```ts
 * const { refund } = await (await stelai.tab.reclaim({ operator, tabId })).wait();
 * ```
 */
export async function reclaim(
  client: StelaiClient,
  { operator, tabId }: ReclaimParameters,
): Promise<ReclaimReturnType> {
  const address = client.deployment.contracts.InferenceMeter;
  const args = [operator, tabId] as const;
  return send(client, { address, abi: [inferenceMeterReclaim], functionName: "reclaim", args }, (receipt) => {
    return { refund: BigInt(eventArguments(receipt, address, inferenceMeterTabClosedEvent).refund) };
  });
}
