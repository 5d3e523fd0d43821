import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { creditPlansPlanCount, creditPlansPlanOf } from "../../generated/fragments.ts";

/** What a billing cycle sells. */
export type CreditPlan = {
  planId: bigint;
  /** What a cycle grants, in wei of STELAI; all that is not used stays the subscriber's. */
  credits: bigint;
  /** What a cycle costs, in reserve units (USDC: 6 decimals); 0 when it is not offered now. */
  price: bigint;
  /** How long a cycle lasts, in seconds: 30 or 365 days. */
  period: number;
};

export type ListPlansReturnType = CreditPlan[];

/**
 * Every plan there is, those that are not offered any more included, from the chain.
 *
 * @example
 * ```ts
 * const offered = (await stelai.plans.list()).filter(({ price }) => price > 0n);
 * ```
 */
export async function listPlans(client: StelaiClient): Promise<ListPlansReturnType> {
  const address = client.deployment.contracts.CreditPlans;
  const count = await readContract(client.publicClient, {
    address,
    abi: [creditPlansPlanCount],
    functionName: "planCount",
  });
  const ids = Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
  return Promise.all(ids.map((planId) => getPlan(client, planId)));
}

/** A plan. @throws UnknownPlanError */
export async function getPlan(client: StelaiClient, planId: bigint): Promise<CreditPlan> {
  const plan = await readContract(client.publicClient, {
    address: client.deployment.contracts.CreditPlans,
    abi: [creditPlansPlanOf],
    functionName: "planOf",
    args: [planId],
  });
  return { planId, ...plan };
}
