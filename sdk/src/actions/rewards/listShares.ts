import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { SharedCreation } from "../../wireRewards.ts";

export type ListSharesParameters = { signal?: AbortSignal | undefined };
export type ListSharesReturnType = SharedCreation[];

/**
 * What the account that is signed in shares, the newest first.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const shares = await stelai.rewards.listShares();
 * ```
 */
export async function listShares(
  client: StelaiClient,
  { signal }: ListSharesParameters = {},
): Promise<ListSharesReturnType> {
  return (await relayerRequest<{ shares: SharedCreation[] }>(client, { path: "/v1/shares", signedIn: true, signal }))
    .shares;
}
