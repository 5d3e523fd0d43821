import { createContext, useContext } from "react";

/**
 * What one credit is worth, in reserve units (USDC, 6 decimals); undefined while it is not known. A charge is told at
 * what a credit costs at most (`price`, of the dearest package), an earning at what it is redeemed for (`floor`).
 */
export interface CreditRate {
  readonly price: bigint | undefined;
  readonly floor: bigint | undefined;
}

const CreditRateContext = createContext<CreditRate>({ price: undefined, floor: undefined });

export const CreditRateProvider = CreditRateContext.Provider;

export function useCreditRate(): CreditRate {
  return useContext(CreditRateContext);
}
