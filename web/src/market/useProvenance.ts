import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { readContract } from "viem/actions";
import { checksOf } from "./provenance.ts";
import type { Details } from "./useWork.ts";

const isOperator = {
  type: "function",
  name: "isOperator",
  stateMutability: "view",
  inputs: [
    { name: "characterId", type: "uint256" },
    { name: "operator", type: "address" },
  ],
  outputs: [{ name: "", type: "bool" }],
} as const;

/** Checks where a work comes from, by the chain: what the index says of it is only what is held against it. */
export function useProvenance({ workId, metadata, metadataURI }: Details["work"]) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "workProvenance", String(workId), metadataURI, metadata !== null),
    queryFn: async () => {
      const { publicClient, deployment } = stelai.client;
      const receipt = metadata?.provenance?.receipt?.receipt;
      const [work, isListed] = await Promise.all([
        stelai.works.getWork({ workId }),
        receipt &&
          readContract(publicClient, {
            address: deployment.contracts.Characters,
            abi: [isOperator],
            functionName: "isOperator",
            args: [BigInt(receipt.characterId), receipt.operator],
          }),
      ]);
      return { work, receipt, checks: checksOf(work, metadata, isListed) };
    },
    staleTime: 60_000,
  });
}
