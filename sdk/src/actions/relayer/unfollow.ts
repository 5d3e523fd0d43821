import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type UnfollowParameters = { address: Address };

/**
 * Follows a creator no longer.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.relayer.unfollow({ address: alice });
 * ```
 */
export async function unfollow(client: StelaiClient, { address }: UnfollowParameters): Promise<void> {
  await relayerRequest(client, { path: `/v1/follows/${address}`, method: "DELETE", signedIn: true });
}
