import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Profile } from "../../wire.ts";

export type GetProfileParameters = { address: Address; signal?: AbortSignal | undefined };
export type GetProfileReturnType = Profile;

/**
 * Who an account says it is. Its own words: show them as text, never as markup. `looksLike` names an older account with
 * a name that looks the same.
 *
 * @example
 * ```ts
 * const { name, ens, looksLike, following } = await stelai.relayer.getProfile({ address: alice });
 * ```
 */
export async function getProfile(
  client: StelaiClient,
  { address, signal }: GetProfileParameters,
): Promise<GetProfileReturnType> {
  return relayerRequest(client, { path: `/v1/profiles/${address}`, signedIn: true, signal });
}
