import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import type { HistoryKey } from "./key.ts";
import { readKey, syncEverything, turnOffDeleted, wasDeletedElsewhere } from "./store.ts";
import { DeletedElsewhereError } from "./sync.ts";

const EVERY_MS = 60_000;
const OFF = { key: null, wasDeleted: false };

export interface SyncState {
  /** Conversations at the operator. */
  readonly count: number;
  /** When it was last the same on both sides, in Unix seconds. */
  readonly at: number;
}

export interface History {
  /** Null where synchronising is off in this browser; undefined while that is read. */
  readonly key: HistoryKey | null | undefined;
  /** It is off here because another browser deleted everything. */
  readonly wasDeleted: boolean;
  readonly sync: UseQueryResult<SyncState>;
  /** Reads again whether it is on, and synchronises if so. */
  readonly refresh: () => Promise<void>;
}

/** The synchronised conversations of the account that is signed in, wherever the page shows them. */
export function useHistory(): History {
  const stelai = useStelai();
  const queries = useQueryClient();
  const { address } = useWallet();
  const { status } = useSignIn();
  const isIn = status === "in" && address !== undefined;
  const kept = useQuery({
    queryKey: stelaiKey(stelai, "historyKey", address),
    queryFn: async () => {
      if (!address) return OFF;
      const key = (await readKey(stelai, address)) ?? null;
      return { key, wasDeleted: key === null && (await wasDeletedElsewhere(stelai, address)) };
    },
    enabled: isIn,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const key = isIn ? kept.data?.key : undefined;
  const sync = useQuery({
    queryKey: stelaiKey(stelai, "historySync", address),
    queryFn: async (): Promise<SyncState> => {
      const at = Math.floor(Date.now() / 1000);
      if (!address) return { count: 0, at };
      try {
        return { count: await syncEverything(stelai, address), at };
      } catch (error) {
        if (!(error instanceof DeletedElsewhereError)) throw error;
        await turnOffDeleted(stelai, address);
        await queries.invalidateQueries({ queryKey: stelaiKey(stelai, "historyKey", address) });
        return { count: 0, at };
      }
    },
    enabled: Boolean(key),
    refetchInterval: EVERY_MS,
    staleTime: EVERY_MS / 2,
  });
  const refresh = useCallback(async () => {
    await queries.invalidateQueries({ queryKey: stelaiKey(stelai, "historyKey", address) });
    await queries.invalidateQueries({ queryKey: stelaiKey(stelai, "historySync", address) });
  }, [queries, stelai, address]);
  return { key, wasDeleted: kept.data?.wasDeleted ?? false, sync, refresh };
}
