import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Feedback } from "../../wireRewards.ts";

export type ListFeedbackParameters = { signal?: AbortSignal | undefined };
export type ListFeedbackReturnType = Feedback[];

/**
 * What the account that is signed in told the operator, the newest first, and what came of it.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const [newest] = await stelai.rewards.listFeedback();
 * ```
 */
export async function listFeedback(
  client: StelaiClient,
  { signal }: ListFeedbackParameters = {},
): Promise<ListFeedbackReturnType> {
  const request = { path: "/v1/feedback/own", signedIn: true, signal };
  return (await relayerRequest<{ feedback: Feedback[] }>(client, request)).feedback;
}
