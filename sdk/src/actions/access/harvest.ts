import type { StelaiClient } from "../../client.ts";
import { characterAccessHarvest, characterAccessHarvestedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";

export type HarvestParameters = {
  characterId: bigint;
  /** How many days it goes on for at most; 400 when absent. What stays takes another call. */
  maxDays?: bigint | undefined;
};

/** What moved to Payouts, gross, in microcredits. */
export type HarvestReturnType = Sent<{ amount: bigint }>;

/**
 * Moves what of a character's passes has vested until today to Payouts, where its payee claims it. Anyone may send it;
 * with nothing vested it does nothing. Never paused.
 * @throws ERC721NonexistentTokenError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { amount } = await (await stelai.access.harvest({ characterId })).wait();
 * ```
 */
export async function harvest(
  client: StelaiClient,
  { characterId, maxDays = 400n }: HarvestParameters,
): Promise<HarvestReturnType> {
  const address = client.deployment.contracts.CharacterAccess;
  const args = [characterId, maxDays] as const;
  return send(client, { address, abi: [characterAccessHarvest], functionName: "harvest", args }, (receipt) => {
    // Nothing vested emits nothing.
    if (receipt.logs.length === 0) return { amount: 0n };
    return { amount: eventArguments(receipt, address, characterAccessHarvestedEvent).amount };
  });
}
