import { stelaiKey, useOperator, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { readContract } from "viem/actions";
import { useBonus } from "../credits/useBonus.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";

const IS_TRUSTED = {
  type: "function",
  name: "isTrusted",
  inputs: [{ type: "address" }],
  outputs: [{ type: "bool" }],
  stateMutability: "view",
} as const;

/** Bonus that a tab with this operator may be opened with, in microcredits; undefined while that is not known. */
export function useSpendableBonus({ enabled }: { enabled: boolean }): bigint | undefined {
  const stelai = useStelai();
  const { address } = useWallet();
  const operator = useOperator().data?.operator;
  const bonus = useBonus(address, { enabled });
  const { publicClient, deployment } = stelai.client;
  const trusted = useQuery({
    queryKey: stelaiKey(stelai, "trusted", operator),
    queryFn: () =>
      readContract(publicClient, {
        address: deployment.contracts.Rewards,
        abi: [IS_TRUSTED],
        functionName: "isTrusted",
        args: [operator ?? "0x"],
      }),
    enabled: enabled && operator !== undefined,
    staleTime: 60_000,
  });
  if (trusted.data === false) return 0n;
  return trusted.data && bonus.data ? bonus.data.balance : undefined;
}
