import { type QueryKey, skipToken, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Stelai } from "../compose.ts";
import type { StelaiError } from "../errors/base.ts";
import { useStelai } from "./provider.ts";

/** What every query hook takes besides its subject. */
export type QueryOptions = {
  enabled?: boolean | undefined;
  /** Milliseconds between refetches; none when absent. */
  refetchInterval?: number | undefined;
  staleTime?: number | undefined;
};

export type Query<data> = UseQueryResult<data, StelaiError>;

/** The key of a query: bigint as text, since keys are hashed as JSON. */
export function stelaiKey(stelai: Stelai, ...parts: readonly unknown[]): QueryKey {
  const { chainId, genesisHash } = stelai.client.deployment;
  const plain = (part: unknown) => (typeof part === "bigint" ? part.toString() : (part ?? null));
  return ["stelai", chainId, genesisHash, ...parts.map(plain)];
}

/** Runs `read` when everything it needs is there: `undefined` among the parts of its key switches it off. */
export function useStelaiQuery<data>(
  parts: readonly unknown[],
  read: (stelai: Stelai, signal: AbortSignal) => Promise<data>,
  { enabled = true, refetchInterval, staleTime }: QueryOptions = {},
): Query<data> {
  const stelai = useStelai();
  const ready = enabled && !parts.includes(undefined);
  return useQuery<data, StelaiError>({
    queryKey: stelaiKey(stelai, ...parts),
    queryFn: ready ? ({ signal }) => read(stelai, signal) : skipToken,
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
    ...(staleTime === undefined ? {} : { staleTime }),
  });
}

/** Drops what is known, so that it is read again: all of it, or one kind (`"balance"`, `"tab"`, …). */
export function useInvalidate(): (...parts: readonly unknown[]) => Promise<void> {
  const stelai = useStelai();
  const queries = useQueryClient();
  return useCallback(
    (...parts) => queries.invalidateQueries({ queryKey: stelaiKey(stelai, ...parts) }),
    [queries, stelai],
  );
}
