import type { AllowanceContract } from "@stelai/sdk";
import { useStelaiQuery } from "@stelai/sdk/react";
import type { Address } from "viem";
import { useMyPasses } from "../access/useMyPasses.ts";
import { useSubscription, useTopUp } from "../plans/usePlans.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { type Agreement, ofPasses, ofReserve } from "./agreements.ts";

/** What an account lets the contracts take, from the chain, those that may take nothing included. */
export function useAllowances(account: Address) {
  return useStelaiQuery(["allowances", account], (stelai) => stelai.credits.getAllowances({ account }), {
    refetchInterval: 15_000,
  });
}

/** What an account agreed to that takes by itself through a contract; undefined while it is not known. */
export function useAgreements(account: Address): {
  of: (contract: AllowanceContract) => readonly Agreement[] | undefined;
  /** Whether the index does not tell of passes. */
  isIndexDown: boolean;
} {
  const now = useChainNow();
  const subscription = useSubscription(account);
  const topUp = useTopUp(account);
  const passes = useMyPasses();
  const reserve =
    subscription.data === undefined || !topUp.data ? undefined : ofReserve(subscription.data, topUp.data, now);
  const known: Partial<Record<AllowanceContract, readonly Agreement[] | undefined>> = {
    CreditStore: reserve,
    CharacterAccess: passes.data && ofPasses(passes.data),
  };
  return {
    // Nothing else takes but in a transaction of one's own.
    of: (contract) => (contract in known ? known[contract] : []),
    isIndexDown: !passes.data && passes.error !== null,
  };
}
