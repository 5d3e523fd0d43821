import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { workReviewsReply } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type ReplyWorkParameters = {
  workId: bigint;
  /** Whose review is answered. */
  author: Address;
  /** `ipfs://…` of the text as JSON, at most 256 bytes; empty takes the answer back. */
  textURI: string;
};
export type ReplyWorkReturnType = Sent;

/**
 * Answers a review of a work, or changes the answer. The work's owner.
 * @throws NotWorkOwnerError, NoReviewError, InvalidTextURIError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.reviews.replyWork({ workId, author, textURI: uri })).wait();
 * ```
 */
export async function replyWork(
  client: StelaiClient,
  { workId, author, textURI }: ReplyWorkParameters,
): Promise<ReplyWorkReturnType> {
  const address = client.deployment.contracts.WorkReviews;
  const args = [workId, author, textURI] as const;
  return send(client, { address, abi: [workReviewsReply], functionName: "reply", args }, nothing);
}
