import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { reviewsScoreOf } from "../../generated/fragments.ts";

export type GetScoreParameters = { characterId: bigint };

export type GetScoreReturnType = {
  count: number;
  /** Of all stars. */
  sum: number;
  /** In hundredths of a star, rounded; 0 without a review. */
  average: number;
};

/**
 * A character's stars as the chain counts them, each review alike. The index weighs them by what was paid
 * (`listReviews`).
 *
 * @example
 * ```ts
 * const { count, average } = await stelai.reviews.getScore({ characterId });
 * ```
 */
export async function getScore(client: StelaiClient, { characterId }: GetScoreParameters): Promise<GetScoreReturnType> {
  const { count, sum } = await readContract(client.publicClient, {
    address: client.deployment.contracts.Reviews,
    abi: [reviewsScoreOf],
    functionName: "scoreOf",
    args: [characterId],
  });
  const average = count === 0n ? 0n : (200n * sum + count) / (2n * count);
  return { count: Number(count), sum: Number(sum), average: Number(average) };
}
