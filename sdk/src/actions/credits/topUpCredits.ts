import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { TopUpNotDueError } from "../../errors/plans.ts";
import { creditPlansToppedUpEvent, creditPlansTopUp } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type Sent, send } from "../../internal/send.ts";
import { TOP_UP_STATUSES } from "../../topUps.ts";
import { getTopUpStatus } from "./getTopUpStatus.ts";

export type TopUpCreditsParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** What was bought; credits in wei of STELAI, money in reserve units, time in Unix seconds. */
export type ToppedUp = {
  account: Address;
  credits: bigint;
  price: bigint;
  /** What the window's top-ups cost with this one, and when it ends. */
  spent: bigint;
  windowEnd: bigint;
};
export type TopUpCreditsReturnType = Sent<ToppedUp>;

/**
 * Tops up an account that agreed to it and whose balance is below its threshold, by the cheapest package that comes to the
 * agreed amount. Anyone may send it; the account pays.
 * @throws TopUpNotDueError, whose `status` says why; UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.credits.topUp({ account })).wait();
 * ```
 */
export async function topUpCredits(
  client: StelaiClient,
  { account = requireWallet(client).account.address }: TopUpCreditsParameters = {},
): Promise<TopUpCreditsReturnType> {
  const { status, order } = await getTopUpStatus(client, { account });
  if (status !== "Due" || order === null) throw new TopUpNotDueError({ status: TOP_UP_STATUSES.indexOf(status) });
  const address = client.deployment.contracts.CreditPlans;
  const args = [account, order.packageId, order.quantity] as const;
  return send(client, { address, abi: [creditPlansTopUp], functionName: "topUp", args }, (receipt) =>
    eventArguments(receipt, address, creditPlansToppedUpEvent),
  );
}
