import type { GetWorkDetailsReturnType } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

export type Details = GetWorkDetailsReturnType;

/** A work with its offers, as the index has it. Money is read from the chain when it is paid. */
export function useWork(workId: bigint | undefined) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "work", String(workId)),
    queryFn: ({ signal }) => stelai.works.getDetails({ workId: workId ?? 0n, signal }),
    enabled: workId !== undefined,
    refetchInterval: 15_000,
  });
}

/** A work as the chain has it: what provenance rests on, and whether it exists where the index does not answer. */
export function useWorkOnChain(workId: bigint | undefined, enabled = true) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "workOnChain", String(workId)),
    queryFn: () => stelai.works.getWork({ workId: workId ?? 0n }),
    enabled: enabled && workId !== undefined,
    staleTime: 30_000,
  });
}

/** Works like one. */
export function useSimilar(workId: bigint, limit: number) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "similarWorks", String(workId), limit),
    queryFn: ({ signal }) => stelai.search.similar({ workId, limit, signal }),
    staleTime: 60_000,
  });
}

/** The newest works that an account minted. */
export function useWorksOf(account: `0x${string}`, limit: number) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "worksOf", account.toLowerCase(), limit),
    queryFn: ({ signal }) => stelai.works.listWorks({ account, role: "created", limit, signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}
