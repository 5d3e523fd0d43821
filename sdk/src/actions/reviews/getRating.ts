import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { reviewsRatingOf } from "../../generated/fragments.ts";

export type GetRatingParameters = {
  characterId: bigint;
  /** The wallet itself when absent. */
  author?: Address | undefined;
};

/** 1 to 5 stars; 0 without a review. */
export type GetRatingReturnType = number;

/**
 * An author's stars for a character, from the chain.
 * @throws WalletRequiredError when neither author nor wallet is given.
 *
 * @example
 * ```ts
 * const mine = await stelai.reviews.getRating({ characterId });
 * ```
 */
export async function getRating(client: StelaiClient, parameters: GetRatingParameters): Promise<GetRatingReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.Reviews,
    abi: [reviewsRatingOf],
    functionName: "ratingOf",
    args: [parameters.characterId, parameters.author ?? requireWallet(client).account.address],
  });
}
