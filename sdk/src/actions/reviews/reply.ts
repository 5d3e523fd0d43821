import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { reviewsReply } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type ReplyParameters = {
  characterId: bigint;
  /** Whose review is answered. */
  author: Address;
  /** `ipfs://…` of the text as JSON, at most 256 bytes; empty takes the answer back. */
  textURI: string;
};
export type ReplyReturnType = Sent;

/**
 * Answers a review, or changes the answer. The character's owner.
 * @throws NotCharacterOwnerError, NoReviewError, InvalidTextURIError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.reviews.reply({ characterId, author, textURI: uri })).wait();
 * ```
 */
export async function reply(
  client: StelaiClient,
  { characterId, author, textURI }: ReplyParameters,
): Promise<ReplyReturnType> {
  const address = client.deployment.contracts.Reviews;
  const args = [characterId, author, textURI] as const;
  return send(client, { address, abi: [reviewsReply], functionName: "reply", args }, nothing);
}
