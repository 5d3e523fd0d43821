import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Address } from "viem";

/** An account's credits and bonus, change by change, the newest first; older ones by `fetchNextPage`. */
export function useHistory(account: Address) {
  const stelai = useStelai();
  return useInfiniteQuery({
    queryKey: stelaiKey(stelai, "history", account),
    queryFn: ({ pageParam, signal }) =>
      stelai.credits.listHistory({ account, limit: 25, signal, ...(pageParam && { after: pageParam }) }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 10_000,
  });
}
