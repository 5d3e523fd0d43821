import { requireWallet, type StelaiClient } from "../../client.ts";
import { creditPlansSetRenewal } from "../../generated/fragments.ts";
import { nothing } from "../../internal/send.ts";
import { type SentInSteps, type StepOptions, sendWithAllowance } from "../../internal/sendBatch.ts";
import { getPlan } from "./listPlans.ts";
import { renewalsAhead, standingNeeds } from "./standing.ts";

export type SetPlanRenewalParameters = StepOptions & {
  /** What the next cycle will be: a smaller plan, another period, or the same. */
  planId: bigint;
  /**
   * The most that each renewal may cost, in reserve units. When absent it is the price now, read in the action: a page must
   * give the price that it showed.
   */
  mandate?: bigint | undefined;
  /** As in `plans.subscribe`. */
  allowance?: bigint | undefined;
};
export type SetPlanRenewalReturnType = SentInSteps<Record<never, never>>;

/**
 * Chooses what the wallet's next cycle will be and the most it may cost: to downgrade, to agree to a higher price, and to come
 * back after `plans.cancel`, while the cycle runs or up to 14 days after its end.
 * @throws NotSubscribedError, UnknownPlanError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.plans.setRenewal({ planId: 1n, mandate: plan.price })).wait();
 * ```
 */
export async function setPlanRenewal(
  client: StelaiClient,
  { planId, onStep, ...given }: SetPlanRenewalParameters,
): Promise<SetPlanRenewalReturnType> {
  const account = requireWallet(client).account.address;
  const { CreditPlans, CreditStore, Reserve } = client.deployment.contracts;
  const [plan, standing] = await Promise.all([getPlan(client, planId), standingNeeds(client, account)]);
  const mandate = given.mandate ?? plan.price;
  const amount = given.allowance ?? renewalsAhead(plan, mandate) + standing.topUps;
  return sendWithAllowance(
    client,
    // What was granted for a year before is enough while it does for the next renewal.
    { token: Reserve, spender: CreditStore, needed: given.allowance ?? mandate + standing.topUps, amount },
    { address: CreditPlans, abi: [creditPlansSetRenewal], functionName: "setRenewal", args: [planId, mandate] },
    nothing,
    { onStep },
  );
}
