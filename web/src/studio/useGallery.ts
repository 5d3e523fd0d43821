import { type Generation, GenerationNotFoundError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { type GalleryFilter, matches, statusOf } from "./filters.ts";
import { type LiveState, useLive } from "./live.ts";
import type { ToolModel } from "./modalities.ts";
import { ANONYMOUS, keep, kept } from "./stored.ts";
import { merged } from "./tile.ts";
import type { Making } from "./useMaking.ts";

const PAGE = 24;

export interface GalleryData {
  /** Newest first, as narrowed; undefined while the first page is fetched. */
  readonly shown: readonly Generation[] | undefined;
  readonly sending: LiveState["sending"];
  readonly news: Generation | undefined;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly isFetchingMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
  /** Whether the operator could list more to an account that signs in. */
  readonly canSignIn: boolean;
}

/** What this browser made without an account: only who knows an id can read it, and the operator forgets it soon. */
function useAnonymous(): Generation[] {
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "generations", "anonymous"),
    queryFn: async ({ signal }) => {
      const ids = (await kept<string[]>(ANONYMOUS)) ?? [];
      const read = (id: string) =>
        stelai.generate.getGeneration({ id, signal }).catch((error: unknown) => {
          if (error instanceof GenerationNotFoundError || signal.aborted) return undefined;
          throw error;
        });
      const found = (await Promise.all(ids.map(read))).filter((one) => one !== undefined);
      if (found.length < ids.length && !signal.aborted) {
        keep(
          ANONYMOUS,
          found.map(({ id }) => id),
        );
      }
      return found;
    },
    staleTime: 60_000,
  });
  return data ?? NONE;
}

const NONE: Generation[] = [];

/** The generations to show: of the account that is signed in, else of the tab, and what was made for nobody. */
export function useGallery(making: Making, tool: ToolModel | undefined, filter: GalleryFilter): GalleryData {
  const stelai = useStelai();
  const { address } = useWallet();
  const signIn = useSignIn();
  const { live, session } = making;
  const { sending, known, gone, news } = useLive(live);
  const anonymous = useAnonymous();
  const isIn = signIn.status === "in";
  const who = isIn ? address : session ? `${session.operator} ${session.tabId}` : undefined;
  const characterId = filter.of === "tool" ? tool?.stelai.characterId : undefined;
  const [modality, status] = [filter.modality, statusOf(filter)];

  const list = useInfiniteQuery({
    queryKey: stelaiKey(stelai, "generations", who, characterId, modality, status),
    queryFn: ({ pageParam, signal }) =>
      stelai.generate.listGenerations({
        characterId,
        modality,
        status,
        session,
        limit: PAGE,
        before: pageParam,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: who !== undefined && signIn.status !== "loading",
  });

  // What runs on, begun here or elsewhere, is followed.
  const listed = list.data?.pages.flatMap(({ data }) => data);
  useEffect(() => {
    for (const one of [...(listed ?? []), ...anonymous]) live.follow(known.get(one.id) ?? one);
  });

  const shown = useMemo(() => {
    const all = merged([...(listed ?? []), ...anonymous], known, gone);
    return all.filter((one) => matches(one, filter, tool?.id));
  }, [listed, anonymous, known, gone, filter, tool?.id]);

  const isLoading = signIn.status === "loading" || (who !== undefined && list.isPending);
  return {
    shown: isLoading && shown.length === 0 ? undefined : shown,
    sending: sending.filter(({ model }) => filter.of === "all" || model === tool?.id),
    news,
    error: list.error && !list.data ? list.error : undefined,
    hasMore: list.hasNextPage,
    isFetchingMore: list.isFetchingNextPage,
    more: () => void list.fetchNextPage(),
    again: () => void list.refetch(),
    canSignIn: address !== undefined && signIn.status === "out",
  };
}
