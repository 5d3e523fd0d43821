import { type Address, zeroAddress } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { creditPlansSubscribe, creditPlansSubscribedEvent } from "../../generated/fragments.ts";
import { eventArguments } from "../../internal/events.ts";
import { type SentInSteps, type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { getPlan } from "./listPlans.ts";
import { renewalsAhead, standingNeeds } from "./standing.ts";

export type SubscribePlanParameters = StepOptions & {
  planId: bigint;
  /**
   * The most that this cycle may cost, in reserve units. When absent it is the price now, read in the action: a page must give
   * the price that it showed, or it sells for one that nobody saw.
   */
  maxPrice?: bigint | undefined;
  /** Whether it renews; yes when absent. */
  renews?: boolean | undefined;
  /** The most that each renewal may cost, in reserve units; `maxPrice` when absent. */
  mandate?: bigint | undefined;
  /** Who sent the buyer; counts only with an account's first purchase. Nobody when absent. */
  referrer?: Address | undefined;
  /**
   * What the credit store may take from now on, this cycle included, in reserve units, set where it is less. When absent: this
   * cycle, and what renewals and agreed top-ups need for a year.
   */
  allowance?: bigint | undefined;
};

/** What was paid; credits in wei of STELAI, price in reserve units, times in Unix seconds. */
export type CyclePaid = {
  account: Address;
  planId: bigint;
  credits: bigint;
  price: bigint;
  start: bigint;
  end: bigint;
};

/** `steps` are what the wallet was asked for. */
export type SubscribePlanReturnType = SentInSteps<CyclePaid>;

/**
 * Pays the first cycle of a plan and agrees to its renewals: in one batch with the allowance where the wallet can (EIP-5792),
 * else the allowance first, where it is too small, then the subscription.
 * @throws PriceAboveMaximumError, PlanNotOfferedError, UnknownPlanError, AlreadySubscribedError,
 * ERC20InsufficientBalanceError, EnforcedPauseError, UserRejectedError, InsufficientEthError.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.plans.subscribe({ planId: 2n, maxPrice: plan.price });
 * const { credits, end } = await wait();
 * ```
 */
export async function subscribePlan(
  client: StelaiClient,
  parameters: SubscribePlanParameters,
): Promise<SubscribePlanReturnType> {
  const { planId, renews = true, referrer = zeroAddress, onStep } = parameters;
  const account = requireWallet(client).account.address;
  const { CreditPlans, CreditStore, Reserve } = client.deployment.contracts;
  const [plan, standing] = await Promise.all([getPlan(client, planId), standingNeeds(client, account)]);
  const maxPrice = parameters.maxPrice ?? plan.price;
  const mandate = renews ? (parameters.mandate ?? maxPrice) : 0n;
  const ahead = renewalsAhead(plan, mandate) + standing.topUps;
  const amount = parameters.allowance ?? maxPrice + ahead;
  const args = [planId, maxPrice, mandate, referrer] as const;
  return sendWithAllowance(
    client,
    { token: Reserve, spender: CreditStore, needed: amount, amount },
    { address: CreditPlans, abi: [creditPlansSubscribe], functionName: "subscribe", args },
    (receipt) => eventArguments(receipt, CreditPlans, creditPlansSubscribedEvent),
    { onStep },
  );
}
