import {
  type QueryKey,
  skipToken,
  type UseQueryResult,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback } from "react";
import type { Stelai } from "../compose.ts";
import type { StelaiError } from "../errors/base.ts";
import { CHANGES, INDEX_KINDS, type MutationName, QUERY_KINDS } from "./changes.ts";
import { useStelai } from "./provider.ts";

/** What every query hook takes besides its subject. */
export type QueryOptions = {
  enabled?: boolean | undefined;
  /** Milliseconds between refetches; none when absent. */
  refetchInterval?: number | undefined;
  staleTime?: number | undefined;
};

/** A query of TanStack Query whose failure is a StelaiError. */
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
  const known = !parts.includes(undefined);
  return useQuery<data, StelaiError>({
    queryKey: stelaiKey(stelai, ...parts),
    // One that is switched off may share its key with one that is not: both have to know how it is read.
    queryFn: known ? ({ signal }) => read(stelai, signal) : skipToken,
    enabled: enabled && known,
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

/** The key of a mutation of this package, by its hook. */
export function mutationKey(stelai: Stelai, name: MutationName): QueryKey {
  return stelaiKey(stelai, "mutation", name);
}

/**
 * Reads again what a mutation may have changed (`CHANGES`): what the chain and the operator say is waited for, what the index
 * says is not, since it may be behind or away. Queries under keys of an app's own are read again, too.
 */
export function useInvalidateAfter(): (name: MutationName | undefined) => Promise<void> {
  const stelai = useStelai();
  const queries = useQueryClient();
  return useCallback(
    async (name) => {
      const queryKey = stelaiKey(stelai);
      const changed: ReadonlySet<unknown> | undefined = name && new Set(CHANGES[name]);
      const isChanged = (kind: unknown) => !changed || changed.has(kind) || !QUERY_KINDS.has(String(kind));
      const kindOf = (key: QueryKey) => key[queryKey.length];
      const isIndexed = (key: QueryKey) => INDEX_KINDS.has(String(kindOf(key)));
      const read = (indexed: boolean) =>
        queries.invalidateQueries({
          queryKey,
          predicate: (query) => isChanged(kindOf(query.queryKey)) && isIndexed(query.queryKey) === indexed,
        });
      void read(true);
      await read(false);
    },
    [queries, stelai],
  );
}

/**
 * What of a mutation is on its way, wherever it was started: its parameters, to be shown as pending beside what is settled.
 *
 * @example
 * ```tsx
 * const ending = usePending<{ characterId: bigint }>("useCancelAtPeriodEnd");
 * const isEnding = ending.some((one) => one.characterId === characterId); // "ends on 4 May: not confirmed yet"
 * ```
 */
export function usePending<parameters = unknown>(name: MutationName): readonly parameters[] {
  const stelai = useStelai();
  return useMutationState({
    filters: { mutationKey: mutationKey(stelai, name), status: "pending" },
    select: ({ state }) => state.variables as parameters,
  });
}
