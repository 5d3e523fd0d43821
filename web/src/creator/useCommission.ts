import { payoutsAbi } from "@stelai/sdk/abis";
import { useReadContract } from "wagmi";
import { useAppConfig } from "../config/ConfigContext.ts";

/** The commission on what characters earn, in ten-thousandths, from the chain; undefined while not known. */
export function useCommission(): number | undefined {
  const { contracts, chain } = useAppConfig();
  const { data } = useReadContract({
    abi: payoutsAbi,
    address: contracts.Payouts,
    functionName: "commissionOf",
    args: [contracts.InferenceMeter],
    chainId: chain.id,
    query: { staleTime: 60_000 },
  });
  return data;
}
