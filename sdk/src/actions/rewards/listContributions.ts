import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Contributions } from "../../wireRewards.ts";

export type ListContributionsParameters = { signal?: AbortSignal | undefined };
/** Amounts in microcredits, times in Unix seconds. */
export type ListContributionsReturnType = Contributions;

/**
 * What the account that is signed in did that this operator's campaign gives bonus credits for, and where each stands.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const { campaign, deeds } = await stelai.rewards.listContributions();
 * const ready = deeds.filter(({ state }) => state === "ready");
 * ```
 */
export async function listContributions(
  client: StelaiClient,
  { signal }: ListContributionsParameters = {},
): Promise<ListContributionsReturnType> {
  return relayerRequest(client, { path: "/v1/contributions", signedIn: true, signal });
}
