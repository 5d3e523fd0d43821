import type { StelaiClient } from "../../client.ts";
import { reviewsWithdraw } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type WithdrawParameters = { characterId: bigint };
export type WithdrawReturnType = Sent;

/**
 * Takes the wallet's review of a character back.
 * @throws NoReviewError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.reviews.withdraw({ characterId })).wait();
 * ```
 */
export async function withdraw(client: StelaiClient, { characterId }: WithdrawParameters): Promise<WithdrawReturnType> {
  const address = client.deployment.contracts.Reviews;
  const args = [characterId] as const;
  return send(client, { address, abi: [reviewsWithdraw], functionName: "withdraw", args }, nothing);
}
