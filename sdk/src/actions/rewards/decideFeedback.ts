import type { StelaiClient } from "../../client.ts";
import { MODERATION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";

export type DecideFeedbackParameters = {
  id: string;
  /** Accepted feedback is a contribution: who sent it can claim bonus credits for it. */
  accepted: boolean;
  /** To who sent it; none when absent. */
  note?: string | undefined;
};

/**
 * Accepts or declines feedback. Role MODERATOR.
 * @throws NotModeratorError, NotFoundError, NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.rewards.decideFeedback({ id, accepted: true, note: "Thank you: it is mended." });
 * ```
 */
export async function decideFeedback(
  client: StelaiClient,
  { id, accepted, note = "" }: DecideFeedbackParameters,
): Promise<void> {
  const request = { path: `/v1/feedback/${encodeURIComponent(id)}`, method: "POST" } as const;
  await relayerRequest(client, { ...request, body: { accepted, note }, signedIn: true, errors: MODERATION_ERRORS });
}
