import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { characterAccessEverHeld } from "../../generated/fragments.ts";

export type CanReviewParameters = {
  characterId: bigint;
  /** The wallet itself when absent. */
  author?: Address | undefined;
};

/** Whether it needs no receipt. */
export type CanReviewReturnType = boolean;

/**
 * Whether an account ever held a pass of a character and so may review it without a receipt.
 * @throws WalletRequiredError when neither author nor wallet is given.
 *
 * @example
 * ```ts
 * const receipt = (await stelai.reviews.canReview({ characterId })) ? undefined : newestReceipt;
 * ```
 */
export async function canReview(client: StelaiClient, parameters: CanReviewParameters): Promise<CanReviewReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.CharacterAccess,
    abi: [characterAccessEverHeld],
    functionName: "everHeld",
    args: [parameters.characterId, parameters.author ?? requireWallet(client).account.address],
  });
}
