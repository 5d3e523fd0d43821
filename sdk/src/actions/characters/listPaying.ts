import type { StelaiClient } from "../../client.ts";
import { charactersCharacterCreatedEvent, charactersPayeeChangedEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";

export type ListPayingParameters = {
  /** Addresses (`payeeOf`) and splits: an account's own, and those of `payouts.findFlows`. */
  payees: readonly bigint[];
};

/** By number. */
export type ListPayingReturnType = { characterId: bigint; payee: bigint }[];

/**
 * The characters whose earnings go to one of these payees now, whoever owns them, from the chain's events.
 *
 * @example
 * ```ts
 * const paying = await stelai.characters.listPaying({ payees: [payeeOf(account)] });
 * ```
 */
export async function listPaying(
  client: StelaiClient,
  { payees }: ListPayingParameters,
): Promise<ListPayingReturnType> {
  const address = client.deployment.contracts.Characters;
  const [created, changed] = await Promise.all([
    allLogs(client, { address, event: charactersCharacterCreatedEvent }),
    allLogs(client, { address, event: charactersPayeeChangedEvent }),
  ]);
  const payeeOfEach = new Map([...created, ...changed].map(({ args }) => [args.characterId, args.payee]));
  return [...payeeOfEach]
    .filter(([, payee]) => payees.includes(payee))
    .map(([characterId, payee]) => ({ characterId, payee }))
    .sort((a, b) => (a.characterId < b.characterId ? -1 : 1));
}
