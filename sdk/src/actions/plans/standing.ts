import type { Address } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { creditPlansSubscriptionOf, creditPlansTopUpOf } from "../../generated/fragments.ts";
import { chainTime } from "../../internal/authorization.ts";
import { type CreditPlan, getPlan } from "./listPlans.ts";

/** How many windows of 30 days of top-ups, and how many months, an allowance is made for. */
const AHEAD = 12n;
const LAPSE = 14n * 86_400n;
const YEAR = 365 * 86_400;

/** What renewals of a plan need for a year, in reserve units. */
export function renewalsAhead({ period }: Pick<CreditPlan, "period">, mandate: bigint): bigint {
  return period === YEAR ? mandate : mandate * AHEAD;
}

/** What top-ups within a limit of 30 days need for a year, in reserve units. */
export function topUpsAhead(cap: bigint): bigint {
  return cap * AHEAD;
}

/**
 * What the agreements that an account has need for a year, in reserve units: one allowance, to the credit store, serves all of
 * them.
 */
export async function standingNeeds(
  client: StelaiClient,
  account: Address,
): Promise<{ renewals: bigint; topUps: bigint }> {
  const address = client.deployment.contracts.CreditPlans;
  const [running, [agreed], now] = await Promise.all([
    readContract(client.publicClient, {
      ...{ address, abi: [creditPlansSubscriptionOf], functionName: "subscriptionOf", args: [account] },
    }),
    readContract(client.publicClient, {
      ...{ address, abi: [creditPlansTopUpOf], functionName: "topUpOf", args: [account] },
    }),
    chainTime(client),
  ]);
  const renews = running.mandate > 0n && running.end + LAPSE >= now;
  const renewals = renews ? renewalsAhead(await getPlan(client, BigInt(running.renewalPlanId)), running.mandate) : 0n;
  return { renewals, topUps: agreed.credits > 0n ? topUpsAhead(agreed.cap) : 0n };
}
