import type { Address, Hash } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest, queryOf } from "../../internal/indexer.ts";

export type GetPlanDetailsParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
  /** The most payments, and top-ups, that are listed. */
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** Credits in microcredits, money in reserve units, times in Unix seconds. */
export type GetPlanDetailsReturnType = {
  subscription: {
    planId: bigint;
    renewalPlanId: bigint;
    start: bigint;
    end: bigint;
    /** Until when it can be renewed after its end. */
    renewableUntil: bigint;
    /** What this cycle granted and cost so far. */
    granted: bigint;
    paidUsdc: bigint;
    /** The most that a renewal may cost; 0 when it does not renew. */
    mandateUsdc: bigint;
    isRunning: boolean;
  } | null;
  /** The newest first. */
  payments: {
    kind: string;
    planId: bigint;
    /** Of an upgrade; else null. */
    formerPlanId: bigint | null;
    credits: bigint;
    priceUsdc: bigint;
    at: bigint;
    transactionHash: Hash;
  }[];
  topUp: { threshold: bigint; credits: bigint; maxPriceUsdc: bigint; capUsdc: bigint } | null;
  topUps: { credits: bigint; priceUsdc: bigint; at: bigint; transactionHash: Hash }[];
  /** What the running window of top-ups cost, and when it ends; null when none runs. */
  window: { spentUsdc: bigint; endsAt: bigint | null };
};

/**
 * What an account agreed to and paid for plans and top-ups, from the index. What would happen now, `plans.getSubscription`
 * says.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { payments } = await stelai.plans.getDetails();
 * ```
 */
export async function getPlanDetails(
  client: StelaiClient,
  { account = requireWallet(client).account.address, limit, signal }: GetPlanDetailsParameters = {},
): Promise<GetPlanDetailsReturnType> {
  const integers =
    "planId renewalPlanId start end renewableUntil granted paidUsdc mandateUsdc formerPlanId credits priceUsdc at " +
    "threshold maxPriceUsdc capUsdc spentUsdc endsAt";
  return indexerRequest(client, { path: `/accounts/${account}/plan${queryOf({ limit })}`, integers, signal });
}
