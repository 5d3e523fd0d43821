import type { Pass } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** Every pass of the connected account, from the index: what was paid when, and by whom. */
export function useMyPasses(options: { enabled?: boolean } = {}) {
  const stelai = useStelai();
  const { address } = useWallet();
  const passes = useQuery({
    queryKey: stelaiKey(stelai, "passes", address),
    queryFn: ({ signal }) => stelai.access.listPasses({ account: address, signal }),
    enabled: address !== undefined && options.enabled !== false,
    refetchInterval: 15_000,
  });
  return { ...passes, address };
}

/** The connected account's pass of one character, as the index knows it; undefined until then. */
export function useMyPass(characterId: bigint): { pass: Pass | undefined } {
  const passes = useMyPasses();
  return { pass: passes.data?.find((pass) => pass.characterId === characterId) };
}
