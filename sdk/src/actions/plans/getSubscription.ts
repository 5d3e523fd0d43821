import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import {
  creditPlansRenewalsOf,
  creditPlansSubscriptionOf,
  creditStorePaused,
  stelaiAllowance,
  stelaiBalanceOf,
} from "../../generated/fragments.ts";
import { type RenewalStatus, renewalStatusOf } from "../access/plan.ts";
import { getPlan } from "./listPlans.ts";

export type GetSubscriptionParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** Credits in wei of STELAI, money in reserve units, times in Unix seconds. */
export type Subscription = {
  /** What the running cycle is, or the last one was. */
  planId: bigint;
  start: bigint;
  /** When it ends; for 14 days more it can be renewed. */
  end: bigint;
  /** What this cycle granted and cost so far. */
  granted: bigint;
  paid: bigint;
  /** What the next cycle will be, and what that costs now; 0 when it is not offered. */
  renewalPlanId: bigint;
  renewalPrice: bigint;
  /** The most that a renewal may cost; 0 when it does not renew. */
  mandate: bigint;
  /** What a renewal would do in this block. */
  status: RenewalStatus;
  /** Why it would fail as things stand, even before it is due; null when nothing is in its way or it does not renew. */
  problem: Exclude<RenewalStatus, "Due" | "NotDue" | "NotRenewing" | "Suspended" | "NotAllowed"> | null;
  /** What the account has, and lets the credit store take for plans, top-ups and purchases together. */
  balance: bigint;
  allowance: bigint;
};

/** Null when the account never had one. */
export type GetSubscriptionReturnType = Subscription | null;

/**
 * An account's plan, and whether it will renew: judged from the chain as the contract will when it is due, so that it can be
 * mended in time.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const subscription = await stelai.plans.getSubscription({ account });
 * if (subscription?.problem) warn(subscription.problem);
 * ```
 */
export async function getSubscription(
  client: StelaiClient,
  { account = requireWallet(client).account.address }: GetSubscriptionParameters = {},
): Promise<GetSubscriptionReturnType> {
  const { CreditPlans, CreditStore, Reserve } = client.deployment.contracts;
  const plans = { address: CreditPlans } as const;
  const reserve = { address: Reserve } as const;
  const read = client.publicClient;
  const [running, [found], paused, balance, allowance] = await Promise.all([
    readContract(read, {
      ...{ ...plans, abi: [creditPlansSubscriptionOf], functionName: "subscriptionOf", args: [account] },
    }),
    readContract(read, { ...plans, abi: [creditPlansRenewalsOf], functionName: "renewalsOf", args: [[account]] }),
    readContract(read, { address: CreditStore, abi: [creditStorePaused], functionName: "paused" }),
    readContract(read, { ...reserve, abi: [stelaiBalanceOf], functionName: "balanceOf", args: [account] }),
    readContract(read, { ...reserve, abi: [stelaiAllowance], functionName: "allowance", args: [account, CreditStore] }),
  ]);
  if (running.planId === 0) return null;
  const { start, end, granted, paid, mandate } = running;
  const renewalPlanId = BigInt(running.renewalPlanId);
  const { price } = await getPlan(client, renewalPlanId);
  const status = renewalStatusOf(found ?? 0);
  /** In the contract's order: the first that holds is why. */
  const predicted = () => {
    if (status === "NotRenewing") return null;
    if (status === "Lapsed") return status;
    if (paused) return "Paused";
    if (price === 0n) return "NotOffered";
    if (price > mandate) return "PriceAboveMandate";
    if (balance < price) return "BalanceTooLow";
    return allowance < price ? "AllowanceTooLow" : null;
  };
  return {
    ...{ planId: BigInt(running.planId), start, end, granted, paid },
    ...{ renewalPlanId, renewalPrice: price, mandate, status, problem: predicted(), balance, allowance },
  };
}
