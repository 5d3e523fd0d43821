import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { skipToken, useQuery } from "@tanstack/react-query";
import { erc20Abi } from "viem";
import { readContract } from "viem/actions";
import { useWallet } from "../wallet/WalletProvider.tsx";

/**
 * Credits of the connected wallet, in wei of STELAI, as the chain has settled them; undefined while not known. Read anew
 * with everything else after an act.
 */
export function useCreditBalance(): bigint | undefined {
  const stelai = useStelai();
  const { address } = useWallet();
  const { publicClient, deployment } = stelai.client;
  const balance = { abi: erc20Abi, address: deployment.contracts.Stelai, functionName: "balanceOf" } as const;
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "balance", "header", address),
    queryFn: address ? () => readContract(publicClient, { ...balance, args: [address] }) : skipToken,
    refetchInterval: 10_000,
  });
  return data;
}
