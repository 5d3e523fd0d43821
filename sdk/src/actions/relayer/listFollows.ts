import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Profile } from "../../wire.ts";

export type ListFollowsReturnType = Profile[];

/**
 * Whom the account follows.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const profiles = await stelai.relayer.listFollows();
 * ```
 */
export async function listFollows(client: StelaiClient): Promise<ListFollowsReturnType> {
  const list = await relayerRequest<{ profiles: Profile[] }>(client, { path: "/v1/follows", signedIn: true });
  return list.profiles;
}
