import { erc20Abi } from "viem";
import { useReadContract } from "wagmi";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** Credits of the connected wallet, in wei of STELAI, as the chain has settled them; undefined while not known. */
export function useCreditBalance(): bigint | undefined {
  const { contracts, chain } = useAppConfig();
  const { address } = useWallet();
  const { data } = useReadContract({
    abi: erc20Abi,
    address: contracts.Stelai,
    functionName: "balanceOf",
    args: address && [address],
    chainId: chain.id,
    query: { enabled: address !== undefined, refetchInterval: 10_000 },
  });
  return data;
}
