import type { StelaiClient } from "../../client.ts";
import { reviewsReview, reviewsReviewWithReceipt } from "../../generated/fragments.ts";
import { receiptArgument } from "../../internal/receipt.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import type { SignedReceipt } from "../../wire.ts";

export type ReviewParameters = {
  characterId: bigint;
  /** 1 to 5 stars. */
  rating: number;
  /** `ipfs://…` of the text as JSON (`relayer.uploadContent`), at most 256 bytes; none when absent. */
  textURI?: string | undefined;
  /**
   * A receipt of the wallet's own tab for this character, for who paid by the message and never held a pass; the bill
   * and a tab's session have them.
   */
  receipt?: SignedReceipt | undefined;
};
export type ReviewReturnType = Sent;

/**
 * Reviews a character, or changes the wallet's review of it: on the strength of a pass, now or once, or of a receipt.
 * @throws NeverHeldError without either, OwnCharacterError, InvalidRatingError, InvalidTextURIError; of a receipt
 * UnfitReceiptError, OperatorNotListedError, NotPayerError, InvalidReceiptSignatureError; UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.reviews.review({ characterId, rating: 5, textURI: uri })).wait();
 * ```
 */
export async function review(
  client: StelaiClient,
  { characterId, rating, textURI = "", receipt }: ReviewParameters,
): Promise<ReviewReturnType> {
  const address = client.deployment.contracts.Reviews;
  if (!receipt) {
    const args = [characterId, rating, textURI] as const;
    return send(client, { address, abi: [reviewsReview], functionName: "review", args }, nothing);
  }
  const args = [characterId, rating, textURI, receiptArgument(receipt), receipt.signature] as const;
  const abi = [reviewsReviewWithReceipt];
  return send(client, { address, abi, functionName: "reviewWithReceipt", args }, nothing);
}
