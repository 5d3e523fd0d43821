import type { StelaiClient } from "../../client.ts";
import { MODERATION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";
import { queryOf } from "../../internal/indexer.ts";
import type { FeedbackQueue, FeedbackState } from "../../wireRewards.ts";

export type ListFeedbackQueueParameters = {
  /** All when absent. */
  state?: FeedbackState | undefined;
  /** Go on before this `next` of the page before. */
  before?: string | undefined;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};
export type ListFeedbackQueueReturnType = FeedbackQueue;

/**
 * What people told the operator, for who holds the role MODERATOR on the chain, the newest first. Their texts are theirs:
 * show them as text, never as markup.
 * @throws NotModeratorError, NotSignedInError.
 *
 * @example
 * ```ts
 * const { feedback, next } = await stelai.rewards.listFeedbackQueue({ state: "open" });
 * ```
 */
export async function listFeedbackQueue(
  client: StelaiClient,
  { signal, ...filters }: ListFeedbackQueueParameters = {},
): Promise<ListFeedbackQueueReturnType> {
  const path = `/v1/feedback${queryOf(filters)}`;
  return relayerRequest(client, { path, signedIn: true, signal, errors: MODERATION_ERRORS });
}
