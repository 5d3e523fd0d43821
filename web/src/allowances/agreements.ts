/** What of an allowance can be taken without its owner, and by what they agreed to. */
import type { GetTopUpReturnType, Pass, Subscription } from "@stelai/sdk";

/** Something agreed to that takes by itself. Reserve units of a plan and of top-ups, microcredits of a pass. */
export type Agreement =
  | { readonly kind: "plan"; readonly planId: bigint; readonly most: bigint; readonly next: bigint }
  /** `most`: what is left of the running window; `cap`: of each. */
  | { readonly kind: "topUps"; readonly most: bigint; readonly cap: bigint; readonly each: bigint }
  | { readonly kind: "pass"; readonly characterId: bigint; readonly most: bigint; readonly next: bigint };

/** What takes USDC: the plan's renewal, and top-ups. @param now Unix seconds. */
export function ofReserve(
  subscription: Pick<Subscription, "renewalPlanId" | "mandate" | "end"> | null,
  { agreed, spent, windowEnd }: GetTopUpReturnType,
  now: bigint,
): Agreement[] {
  const found: Agreement[] = [];
  if (subscription && subscription.mandate > 0n) {
    const { renewalPlanId, mandate, end } = subscription;
    found.push({ kind: "plan", planId: renewalPlanId, most: mandate, next: end });
  }
  if (agreed) {
    const used = windowEnd !== null && now < windowEnd ? spent : 0n;
    const most = agreed.cap > used ? agreed.cap - used : 0n;
    found.push({ kind: "topUps", most, cap: agreed.cap, each: agreed.maxPrice });
  }
  return found;
}

/** What takes credits: the passes that renew. */
export function ofPasses(passes: readonly Pass[]): Agreement[] {
  return passes
    .filter(({ lifetime, mandate }) => !lifetime && mandate > 0n)
    .map(({ characterId, mandate, until }) => ({ kind: "pass", characterId, most: mandate, next: until }));
}

/** The most that can be taken for all of them, each once, as far as the allowance goes. */
export function mostNow(allowance: bigint, agreements: readonly Agreement[]): bigint {
  const all = agreements.reduce((sum, { most }) => sum + most, 0n);
  return all < allowance ? all : allowance;
}
