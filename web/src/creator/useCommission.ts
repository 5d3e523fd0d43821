import { payoutsAbi } from "@stelai/sdk/abis";
import { useReadContract } from "wagmi";
import { useAppConfig } from "../config/ConfigContext.ts";
import type { ContractName } from "../config/schema.ts";

/**
 * The commission on what characters earn, in ten-thousandths, from the chain; undefined while not known.
 * @param by The contract through which it is earned: by use, by passes, by licences, or by
 * resales.
 */
export function useCommission(
  by: Extract<ContractName, "InferenceMeter" | "CharacterAccess" | "Licenses" | "Resale"> = "InferenceMeter",
): number | undefined {
  const { contracts, chain } = useAppConfig();
  const { data } = useReadContract({
    abi: payoutsAbi,
    address: contracts.Payouts,
    functionName: "commissionOf",
    args: [contracts[by]],
    chainId: chain.id,
    query: { staleTime: 60_000 },
  });
  return data;
}
