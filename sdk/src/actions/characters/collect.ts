import type { StelaiClient } from "../../client.ts";
import { inferenceMeterCollect, inferenceMeterCollectedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";

export type CollectParameters = { characterId: bigint };

/** What moved to Payouts, gross, in microcredits. */
export type CollectReturnType = Sent<{ amount: bigint }>;

/**
 * Moves what a character earned in the meter to Payouts, where its payee claims it. Anyone may send it; with
 * nothing accrued it does nothing.
 *
 * @example
 * ```ts
 * const { amount } = await (await stelai.characters.collect({ characterId })).wait();
 * ```
 */
export async function collect(client: StelaiClient, { characterId }: CollectParameters): Promise<CollectReturnType> {
  const address = client.deployment.contracts.InferenceMeter;
  const call = { address, abi: [inferenceMeterCollect], functionName: "collect", args: [characterId] } as const;
  return send(client, call, (receipt) => {
    // Zero accrued emits nothing.
    if (receipt.logs.length === 0) return { amount: 0n };
    return { amount: eventArguments(receipt, address, inferenceMeterCollectedEvent).amount };
  });
}
