import type { Notification } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useSignIn } from "../../access/SignInProvider.tsx";
import { useWallet } from "../../wallet/WalletProvider.tsx";
import { type Arrival, newOnes } from "./arrival.ts";

const A_PAGE = 20;
const LOOK_EVERY_MS = 30_000;

function subscribeToVisibility(listener: () => void) {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

export interface FeedControl {
  /** Newest first; undefined while nothing is read. */
  readonly items: readonly Notification[] | undefined;
  /** Those that were unread when one came. */
  readonly fresh: ReadonlySet<string>;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** The feed of the account that is signed in, by pages. What is on the screen is read. */
export function useFeed(): FeedControl {
  const stelai = useStelai();
  const queries = useQueryClient();
  const { address } = useWallet();
  const { status, dropAfter } = useSignIn();
  const [arrival, setArrival] = useState<Arrival>();
  const isSeen = useSyncExternalStore(subscribeToVisibility, () => document.visibilityState === "visible");
  const query = useInfiniteQuery({
    queryKey: stelaiKey(stelai, "mine", address, "feed"),
    queryFn: ({ pageParam }) => stelai.relayer.listNotifications({ before: pageParam, limit: A_PAGE }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: status === "in",
    refetchInterval: LOOK_EVERY_MS,
  });
  const { data, error } = query;
  useEffect(() => {
    if (error) dropAfter(error);
  }, [error, dropAfter]);

  const first = data?.pages[0];
  const newest = first?.notifications[0]?.id;
  const unread = first?.unread ?? 0;
  useEffect(() => {
    if (!isSeen || newest === undefined || unread === 0) return;
    // Older ones that were unread before stay marked as long as one stays.
    setArrival((before) => ({ newest, unread: Math.max(unread, before?.unread ?? 0) }));
    // Not marked now, they are the next time.
    void stelai.relayer
      .markRead({ upTo: newest })
      .then(() => queries.invalidateQueries({ queryKey: stelaiKey(stelai, "mine", address, "unread") }))
      .catch(() => undefined);
  }, [isSeen, newest, unread, stelai, queries, address]);

  const items = data?.pages.flatMap(({ notifications }) => notifications);
  return {
    items,
    fresh: newOnes(items ?? [], arrival),
    error: items ? undefined : error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    again: () => void query.refetch(),
  };
}
