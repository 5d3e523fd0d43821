import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { FeedbackSubject } from "../../wireRewards.ts";

export type SendFeedbackParameters = {
  /** 10 to 2,000 characters. */
  text: string;
  about: FeedbackSubject;
};
export type SendFeedbackReturnType = { id: string };

/**
 * Tells the operator what is good, wrong or missing. What a moderator accepts can earn bonus credits
 * (`rewards.listContributions`).
 * @throws NotSignedInError, RateLimitedError, InvalidRequestError.
 *
 * @example
 * ```ts
 * await stelai.rewards.sendFeedback({ text: "The price sheet hides the fee on a phone.", about: "dapp" });
 * ```
 */
export async function sendFeedback(
  client: StelaiClient,
  { text, about }: SendFeedbackParameters,
): Promise<SendFeedbackReturnType> {
  return relayerRequest(client, { path: "/v1/feedback", method: "POST", body: { text, about }, signedIn: true });
}
