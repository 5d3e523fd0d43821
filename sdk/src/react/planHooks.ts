import type { Address } from "viem";
import type {
  GetAllowancesReturnType,
  GetTopUpReturnType,
  GetTopUpStatusReturnType,
  ListAnnouncementsReturnType,
  ListCreditHistoryReturnType,
  QuoteEthParameters,
  QuoteEthReturnType,
} from "../actions/credits/index.ts";
import type {
  CreditPlan,
  GetPlanDetailsReturnType,
  GetSubscriptionReturnType,
  ListPlanDetailsReturnType,
  QuoteUpgradeReturnType,
} from "../actions/plans/index.ts";
import type { Stelai } from "../compose.ts";
import type { Pending } from "./expectations.ts";
import type { Page } from "./passQueries.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";
import { type Input, type TransactionOptions, useTransaction } from "./transaction.ts";

type Credits = Stelai["credits"];
type Plans = Stelai["plans"];

/** Every plan there is, from the chain. */
export function usePlans(options?: QueryOptions): Query<CreditPlan[]> {
  return useStelaiQuery(["plans"], (stelai) => stelai.plans.list(), options);
}

/** An account's plan and whether it will renew, from the chain; null when it never had one. */
export function useSubscription(
  account: Address | undefined,
  options?: QueryOptions,
): Query<Pending<NonNullable<GetSubscriptionReturnType>> | null> {
  return useStelaiQuery(["subscription", account], (stelai) => stelai.plans.getSubscription({ account }), options);
}

/** What an upgrade costs an account now, and grants. */
export function useUpgradeQuote(
  { planId, account }: { planId: bigint | undefined; account: Address | undefined },
  options?: QueryOptions,
): Query<QuoteUpgradeReturnType> {
  return useStelaiQuery(
    ["upgradeQuote", planId, account],
    (stelai) => stelai.plans.quoteUpgrade({ planId: planId ?? 0n, account }),
    options,
  );
}

/** What an account agreed to and paid for plans and top-ups, from the index. */
export function usePlanDetails(account: Address | undefined, options?: QueryOptions): Query<GetPlanDetailsReturnType> {
  return useStelaiQuery(
    ["planDetails", account],
    (stelai, signal) => stelai.plans.getDetails({ account, signal }),
    options,
  );
}

/** The plans with subscribers and price history, from the index. */
export function usePlanOffers(options?: QueryOptions): Query<ListPlanDetailsReturnType> {
  return useStelaiQuery(["planOffers"], (stelai, signal) => stelai.plans.listDetails({ signal }), options);
}

/** What an account agreed to for top-ups, and what of its limit is used, from the chain. */
export function useTopUpAgreement(account: Address | undefined, options?: QueryOptions): Query<GetTopUpReturnType> {
  return useStelaiQuery(["topUp", account], (stelai) => stelai.credits.getTopUp({ account }), options);
}

/** Whether an account would be topped up now, and if not, why. */
export function useTopUpStatus(account: Address | undefined, options?: QueryOptions): Query<GetTopUpStatusReturnType> {
  return useStelaiQuery(["topUpStatus", account], (stelai) => stelai.credits.getTopUpStatus({ account }), options);
}

/** All that changed an account's credits, from the index. */
export function useCreditHistory(
  account: Address | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<ListCreditHistoryReturnType> {
  return useStelaiQuery(
    ["creditHistory", account, after ?? null, limit ?? null],
    (stelai, signal) => stelai.credits.listHistory({ account, after, limit, signal }),
    options,
  );
}

/** What an account lets Stelai's contracts take, from the chain. */
export function useAllowances(
  account: Address | undefined,
  options?: QueryOptions,
): Query<Pending<GetAllowancesReturnType[number]>[]> {
  return useStelaiQuery(["allowances", account], (stelai) => stelai.credits.getAllowances({ account }), options);
}

/** What was announced for Stelai's contracts, from the index. */
export function useAnnouncements(options?: QueryOptions): Query<ListAnnouncementsReturnType> {
  return useStelaiQuery(["announcements"], (stelai, signal) => stelai.credits.listAnnouncements({ signal }), options);
}

/** What credits cost in ETH now. */
export function useEthQuote(
  parameters: QuoteEthParameters | undefined,
  options?: QueryOptions,
): Query<QuoteEthReturnType> {
  const { packageId, quantity = 1n, slippageBps = 50 } = parameters ?? {};
  return useStelaiQuery(
    ["ethQuote", packageId, quantity, slippageBps],
    (stelai) => stelai.credits.quoteEth({ packageId: packageId ?? 0n, quantity, slippageBps }),
    options,
  );
}

/** Pays the first cycle of a plan; `steps` of the result are what the wallet was asked for. */
export function useSubscribeToPlan(options?: TransactionOptions) {
  return useTransaction(
    (stelai, input: Input<Plans["subscribe"]>, onStep) => stelai.plans.subscribe({ onStep, ...input }),
    {
      ...options,
      name: "useSubscribeToPlan",
    },
  );
}

/** Turns the running cycle into one of a larger plan. */
export function useUpgradePlan(options?: TransactionOptions) {
  return useTransaction(
    (stelai, input: Input<Plans["upgrade"]>, onStep) => stelai.plans.upgrade({ onStep, ...input }),
    {
      ...options,
      name: "useUpgradePlan",
    },
  );
}

/** Chooses what the next cycle will be. */
export function useSetPlanRenewal(options?: TransactionOptions) {
  return useTransaction(
    (stelai, input: Input<Plans["setRenewal"]>, onStep) => stelai.plans.setRenewal({ onStep, ...input }),
    {
      ...options,
      name: "useSetPlanRenewal",
    },
  );
}

/** Lets a plan end with what is paid for. */
export function useCancelPlan(options?: TransactionOptions) {
  return useTransaction((stelai, _input: undefined) => stelai.plans.cancel(), { ...options, name: "useCancelPlan" });
}

/** Agrees to automatic top-ups. */
export function useSetTopUp(options?: TransactionOptions) {
  return useTransaction(
    (stelai, input: Input<Credits["setTopUp"]>, onStep) => stelai.credits.setTopUp({ onStep, ...input }),
    {
      ...options,
      name: "useSetTopUp",
    },
  );
}

/** Ends automatic top-ups. */
export function useCancelTopUp(options?: TransactionOptions) {
  return useTransaction((stelai, _input: undefined) => stelai.credits.cancelTopUp(), {
    ...options,
    name: "useCancelTopUp",
  });
}

/** Lets a contract take nothing any more. */
export function useRevokeAllowance(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Credits["revoke"]>) => stelai.credits.revoke(input), {
    ...options,
    name: "useRevokeAllowance",
  });
}

/** Buys credits with ETH. */
export function useBuyWithEth(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Credits["buyWithEth"]>) => stelai.credits.buyWithEth(input), {
    ...options,
    name: "useBuyWithEth",
  });
}
