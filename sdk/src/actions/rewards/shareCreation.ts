import type { StelaiClient } from "../../client.ts";
import { GENERATION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { ShareRequest } from "../../wireRewards.ts";

/** Exactly one of them. */
export type ShareCreationParameters = ShareRequest;
export type ShareCreationReturnType = { id: string; url: string };

/**
 * Makes an address to send around, with a picture of it where addresses are shown with one. Of a generation its maker only,
 * and its preview is public from then on; the file itself stays as it is.
 * @throws NotSignedInError, NotFoundError, NotOwnerError, GenerationNotFoundError, RateLimitedError.
 *
 * @example
 * ```ts
 * const { url } = await stelai.rewards.share({ workId });
 * ```
 */
export async function shareCreation(
  client: StelaiClient,
  what: ShareCreationParameters,
): Promise<ShareCreationReturnType> {
  const request = { path: "/v1/shares", method: "POST", body: what, signedIn: true } as const;
  return relayerRequest(client, { ...request, errors: GENERATION_ERRORS });
}
