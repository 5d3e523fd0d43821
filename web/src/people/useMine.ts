import type { Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

export interface MineOptions {
  enabled?: boolean;
  /** Milliseconds between readings; none when absent. */
  refetchInterval?: number;
  staleTime?: number;
}

/**
 * What the operator tells only the account itself, read where this browser is signed in as it; nothing is asked
 * otherwise. A sign-in that the operator no longer takes is dropped.
 * @param parts What it is, for the cache; the account is added.
 */
export function useMine<T>(
  parts: readonly string[],
  read: (stelai: Stelai) => Promise<T>,
  { enabled = true, refetchInterval, staleTime = 5_000 }: MineOptions = {},
): UseQueryResult<T> {
  const stelai = useStelai();
  const { address } = useWallet();
  const { status, dropAfter } = useSignIn();
  const query = useQuery({
    queryKey: stelaiKey(stelai, "mine", address, ...parts),
    queryFn: () => read(stelai),
    enabled: enabled && status === "in",
    refetchInterval: refetchInterval ?? false,
    staleTime,
  });
  useEffect(() => {
    if (query.error) dropAfter(query.error);
  }, [query.error, dropAfter]);
  return query;
}
