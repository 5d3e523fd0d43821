import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { workReviewsRatingOf } from "../../generated/fragments.ts";

export type GetWorkRatingParameters = {
  workId: bigint;
  /** The wallet itself when absent. */
  author?: Address | undefined;
};

/** 1 to 5 stars; 0 without a review. */
export type GetWorkRatingReturnType = number;

/**
 * An author's stars for a work, from the chain.
 * @throws WalletRequiredError when neither author nor wallet is given.
 *
 * @example
 * ```ts
 * const mine = await stelai.reviews.getWorkRating({ workId });
 * ```
 */
export async function getWorkRating(
  client: StelaiClient,
  { workId, author }: GetWorkRatingParameters,
): Promise<GetWorkRatingReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.WorkReviews,
    abi: [workReviewsRatingOf],
    functionName: "ratingOf",
    args: [workId, author ?? requireWallet(client).account.address],
  });
}
