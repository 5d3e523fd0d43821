import { type Query, type QueryOptions, useStelaiQuery } from "@stelai/sdk/react";
import type { Address } from "viem";

/** An account's bonus credits, in microcredits, and when they lapse, in Unix seconds. */
export function useBonus(
  account: Address | undefined,
  options?: QueryOptions,
): Query<{ balance: bigint; lapsesAt: bigint }> {
  return useStelaiQuery(["bonus", account], (stelai) => stelai.rewards.getBonus({ account }), options);
}
