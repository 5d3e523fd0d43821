import type { Address } from "viem";
import { getTermsHistory } from "../actions/characters/getTermsHistory.ts";
import type { StelaiClient } from "../client.ts";
import { inferenceMeterSessionKeyRotatedEvent, inferenceMeterTabOpenedEvent } from "../generated/fragments.ts";
import type { Terms } from "../pricing.ts";
import { allLogs } from "./logs.ts";

/** Every session key a tab ever had, from the chain. */
export async function sessionKeysOf(
  client: StelaiClient,
  { operator, tabId }: { operator: Address; tabId: bigint },
): Promise<Address[]> {
  const query = { address: client.deployment.contracts.InferenceMeter, args: { operator, tabId } };
  const [opened, rotated] = await Promise.all([
    allLogs(client, { ...query, event: inferenceMeterTabOpenedEvent }),
    allLogs(client, { ...query, event: inferenceMeterSessionKeyRotatedEvent }),
  ]);
  return [...opened, ...rotated].map(({ args }) => args.sessionKey);
}

/** Finds the terms that a character had at a version; undefined when it never had it. */
export type TermsLookup = (characterId: bigint, version: bigint) => Promise<Terms | undefined>;

/** The terms a character had at a version, from the chain's events, read once a character. */
export function termsLookup(client: StelaiClient): TermsLookup {
  const histories = new Map<bigint, ReturnType<typeof getTermsHistory>>();
  return async (characterId, version) => {
    const history = histories.get(characterId) ?? getTermsHistory(client, { characterId });
    histories.set(characterId, history);
    return (await history).find(({ termsVersion }) => termsVersion === version)?.terms;
  };
}
