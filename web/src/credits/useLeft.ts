import { useBalance } from "@stelai/sdk/react";
import type { Address } from "viem";
import { WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useBonus } from "./useBonus.ts";

/** What an account has to spend, paid and bonus together, in wei of STELAI; undefined while either is not known. */
export function useLeft(account: Address | undefined): bigint | undefined {
  const balance = useBalance(account);
  const bonus = useBonus(account);
  return balance.data && bonus.data ? balance.data.stelai + bonus.data.balance * WEI_PER_MICROCREDIT : undefined;
}
