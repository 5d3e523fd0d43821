import { useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** What an account has agreed to besides what a sheet is about, in reserve units. */
export interface Agreed {
  /** What the credit store may take now. */
  readonly allowance: bigint;
  /** The most that a window of top-ups may cost; zero without them. */
  readonly cap: bigint;
}

/** Read once, when a sheet opens: what it shows is what it signs. */
export function useAgreed(): { agreed: Agreed | undefined; isError: boolean } {
  const stelai = useStelai();
  const { address } = useWallet();
  const { data, isError } = useQuery({
    // Not a key of the chain's: what the act itself changes must not change what was agreed to.
    queryKey: ["sheet", "agreed", address],
    queryFn: async () => {
      const [allowances, topUp] = await Promise.all([
        stelai.credits.getAllowances({ account: address }),
        stelai.credits.getTopUp({ account: address }),
      ]);
      const allowance = allowances.find(({ contract }) => contract === "CreditStore")?.amount ?? 0n;
      return { allowance, cap: topUp.agreed?.cap ?? 0n };
    },
    enabled: address !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return { agreed: data, isError };
}
