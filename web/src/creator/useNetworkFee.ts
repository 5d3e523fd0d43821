import { useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import type { Address, Hex } from "viem";
import { estimateFeesPerGas, estimateGas } from "viem/actions";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** What a wallet would send. */
export interface CallToPrice {
  readonly to: Address;
  readonly data: Hex;
}

/**
 * About what the network will take for a call, in wei of ether, so that the wallet's number is no surprise; undefined
 * while not known.
 */
export function useNetworkFee(call: CallToPrice | undefined): bigint | undefined {
  const { client } = useStelai();
  const { address } = useWallet();
  const { data } = useQuery({
    queryKey: ["networkFee", client.deployment.genesisHash, address, call?.to, call?.data],
    enabled: call !== undefined && address !== undefined,
    queryFn: async () => {
      const [gas, { maxFeePerGas }] = await Promise.all([
        estimateGas(client.publicClient, { ...(address && { account: address }), ...call }),
        estimateFeesPerGas(client.publicClient),
      ]);
      return gas * maxFeePerGas;
    },
  });
  return data;
}
