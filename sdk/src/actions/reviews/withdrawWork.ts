import type { StelaiClient } from "../../client.ts";
import { workReviewsWithdraw } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type WithdrawWorkParameters = { workId: bigint };
export type WithdrawWorkReturnType = Sent;

/**
 * Takes the wallet's review of a work back.
 * @throws NoReviewError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.reviews.withdrawWork({ workId })).wait();
 * ```
 */
export async function withdrawWork(
  client: StelaiClient,
  { workId }: WithdrawWorkParameters,
): Promise<WithdrawWorkReturnType> {
  const address = client.deployment.contracts.WorkReviews;
  return send(client, { address, abi: [workReviewsWithdraw], functionName: "withdraw", args: [workId] }, nothing);
}
