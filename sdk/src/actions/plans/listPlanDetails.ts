import type { StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";

export type ListPlanDetailsParameters = { signal?: AbortSignal | undefined };

/** Credits in microcredits, money in reserve units, times in Unix seconds. */
export type ListPlanDetailsReturnType = {
  plans: {
    planId: bigint;
    credits: bigint;
    /** 0 when it is not offered now. */
    priceUsdc: bigint;
    /** Seconds. */
    period: bigint;
    /** How many have a cycle that runs. */
    subscribers: number;
    /** All it ever cost, the oldest first. */
    prices: { priceUsdc: bigint; at: bigint }[];
  }[];
  packages: { packageId: bigint; credits: bigint; priceUsdc: bigint }[];
  /** Since when this price table stands; null where there is none. */
  packagesAt: bigint | null;
};

/**
 * The plans with their subscribers and price history, and the packages, from the index. Pay by what the chain says:
 * `plans.list`, `credits.getPackages`.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { plans } = await stelai.plans.listDetails();
 * ```
 */
export async function listPlanDetails(
  client: StelaiClient,
  { signal }: ListPlanDetailsParameters = {},
): Promise<ListPlanDetailsReturnType> {
  return indexerRequest(client, {
    ...{ path: "/plans", integers: "planId credits priceUsdc period at packageId packagesAt", signal },
  });
}
