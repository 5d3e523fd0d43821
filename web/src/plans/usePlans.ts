import { useStelaiQuery } from "@stelai/sdk/react";
import type { Address } from "viem";

/** Every plan there ever was, from the chain; what is not offered now has a price of zero. */
export function usePlans() {
  return useStelaiQuery(["plans"], (stelai) => stelai.plans.list(), { staleTime: 30_000 });
}

/** An account's subscription from the chain, and what its next renewal is judged by. */
export function useSubscription(account: Address | undefined) {
  return useStelaiQuery(["subscription", account], (stelai) => stelai.plans.getSubscription({ account }), {
    refetchInterval: 10_000,
  });
}

/** What an account agreed to for top-ups, from the chain, and how far the running window is spent. */
export function useTopUp(account: Address | undefined) {
  return useStelaiQuery(["topUp", account], (stelai) => stelai.credits.getTopUp({ account }), {
    refetchInterval: 10_000,
  });
}

/** What a top-up of an account would do now, and at what price. */
export function useTopUpStatus(account: Address | undefined) {
  return useStelaiQuery(["topUpStatus", account], (stelai) => stelai.credits.getTopUpStatus({ account }), {
    refetchInterval: 10_000,
  });
}
