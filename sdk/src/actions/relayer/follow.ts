import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type FollowParameters = { address: Address };

/**
 * Follows a creator: what they publish comes as a notification. Twice is once.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.relayer.follow({ address: alice });
 * ```
 */
export async function follow(client: StelaiClient, { address }: FollowParameters): Promise<void> {
  await relayerRequest(client, { path: `/v1/follows/${address}`, method: "PUT", signedIn: true });
}
