import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { creditPlansSubscriptionOf, creditPlansUpgrade, creditPlansUpgradedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type SentInSteps, type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { getPlan } from "./listPlans.ts";
import { quoteUpgrade } from "./quoteUpgrade.ts";
import { renewalsAhead, standingNeeds } from "./standing.ts";

export type UpgradePlanParameters = StepOptions & {
  planId: bigint;
  /**
   * The most that the difference may cost, in reserve units. When absent it is what `plans.quoteUpgrade` says now: a page must
   * give what it showed.
   */
  maxPrice?: bigint | undefined;
  /** The most that each renewal may cost from now on; the new plan's price when absent, and 0 where it did not renew. */
  mandate?: bigint | undefined;
  /** As in `plans.subscribe`. */
  allowance?: bigint | undefined;
};

/** The difference; credits in wei of STELAI, price in reserve units. */
export type PlanUpgraded = { account: Address; planId: bigint; formerPlanId: bigint; credits: bigint; price: bigint };
export type UpgradePlanReturnType = SentInSteps<PlanUpgraded>;

/**
 * Turns the wallet's running cycle into one of a larger plan of the same period, which ends when it would have ended.
 * @throws NotSubscribedError, NotAnUpgradeError, PlanNotOfferedError, PriceAboveMaximumError,
 * ERC20InsufficientBalanceError, EnforcedPauseError, UserRejectedError.
 *
 * @example
 * ```ts
 * const { price } = await stelai.plans.quoteUpgrade({ planId: 3n });
 * await (await stelai.plans.upgrade({ planId: 3n, maxPrice: price })).wait();
 * ```
 */
export async function upgradePlan(
  client: StelaiClient,
  { planId, onStep, ...given }: UpgradePlanParameters,
): Promise<UpgradePlanReturnType> {
  const account = requireWallet(client).account.address;
  const { CreditPlans, CreditStore, Reserve } = client.deployment.contracts;
  const [plan, running, standing, quoted] = await Promise.all([
    getPlan(client, planId),
    readContract(client.publicClient, {
      ...{ address: CreditPlans, abi: [creditPlansSubscriptionOf], functionName: "subscriptionOf", args: [account] },
    }),
    standingNeeds(client, account),
    given.maxPrice ?? quoteUpgrade(client, { planId }).then(({ price }) => price),
  ]);
  const mandate = given.mandate ?? (running.mandate > 0n ? plan.price : 0n);
  const amount = given.allowance ?? quoted + renewalsAhead(plan, mandate) + standing.topUps;
  const args = [planId, quoted, mandate] as const;
  return sendWithAllowance(
    client,
    { token: Reserve, spender: CreditStore, needed: amount, amount },
    { address: CreditPlans, abi: [creditPlansUpgrade], functionName: "upgrade", args },
    (receipt) => eventArguments(receipt, CreditPlans, creditPlansUpgradedEvent),
    { onStep },
  );
}
