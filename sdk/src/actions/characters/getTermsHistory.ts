import type { StelaiClient } from "../../client.ts";
import { charactersCharacterCreatedEvent, charactersTermsChangedEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";
import type { Terms } from "../../pricing.ts";
import { termsOf } from "./terms.ts";

export type GetTermsHistoryParameters = { characterId: bigint };

/** Every version of a character's terms, oldest first; prices in microcredits. */
export type GetTermsHistoryReturnType = { termsVersion: bigint; terms: Terms; blockNumber: bigint }[];

/**
 * Every version of a character's terms, from the events that set them: what an audit recomputes costs with.
 *
 * @example
 * ```ts
 * const history = await stelai.characters.getTermsHistory({ characterId: 1n });
 * ```
 */
export async function getTermsHistory(
  client: StelaiClient,
  { characterId }: GetTermsHistoryParameters,
): Promise<GetTermsHistoryReturnType> {
  const query = { address: client.deployment.contracts.Characters, args: { characterId } };
  const [created, changed] = await Promise.all([
    allLogs(client, { ...query, event: charactersCharacterCreatedEvent }),
    allLogs(client, { ...query, event: charactersTermsChangedEvent }),
  ]);
  return [
    ...created.map(({ args, blockNumber }) => ({ termsVersion: 1n, terms: termsOf(args.terms), blockNumber })),
    ...changed.map(({ args, blockNumber }) => {
      return { termsVersion: BigInt(args.version), terms: termsOf(args.terms), blockNumber };
    }),
  ];
}
