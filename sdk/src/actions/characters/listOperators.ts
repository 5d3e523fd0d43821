import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { charactersOperatorListedEvent } from "../../generated/fragments.ts";
import { allLogs } from "../../internal/logs.ts";

export type ListOperatorsParameters = { characterId: bigint };

/** In the order in which they were first listed. */
export type ListOperatorsReturnType = Address[];

/**
 * The operators that may serve a character now, from the chain's events.
 *
 * @example
 * ```ts
 * const operators = await stelai.characters.listOperators({ characterId: 1n });
 * ```
 */
export async function listOperators(
  client: StelaiClient,
  { characterId }: ListOperatorsParameters,
): Promise<ListOperatorsReturnType> {
  const address = client.deployment.contracts.Characters;
  const logs = await allLogs(client, { address, event: charactersOperatorListedEvent, args: { characterId } });
  const listed = new Map(logs.map(({ args }) => [args.operator, args.listed]));
  return [...listed].filter(([, isListed]) => isListed).map(([operator]) => operator);
}
