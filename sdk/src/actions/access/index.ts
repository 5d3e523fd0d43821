export * from "./allowanceAfter.ts";
export * from "./buyLifetime.ts";
export * from "./cancelAtPeriodEnd.ts";
export * from "./cancelNow.ts";
export * from "./comparePlans.ts";
export * from "./getAccess.ts";
export * from "./getAllowance.ts";
export * from "./getHarvestable.ts";
export * from "./getIncome.ts";
export * from "./getRenewal.ts";
export * from "./gift.ts";
export * from "./harvest.ts";
export * from "./listPasses.ts";
export * from "./listSubscribers.ts";
export {
  type PeriodPlan,
  PLAN_DAYS,
  PLANS,
  type Plan,
  priceOf,
  RENEWAL_STATUSES,
  type RenewalStatus,
  recordedMonthly,
} from "./plan.ts";
export type { PassBought, PurchaseOptions, RenewalOptions } from "./purchase.ts";
export * from "./refundOn.ts";
export * from "./renew.ts";
export * from "./setAllowance.ts";
export * from "./setRenewal.ts";
export * from "./subscribe.ts";
export * from "./switchPlan.ts";
