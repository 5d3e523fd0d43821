import { useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import type {
  ListFollowsReturnType,
  ListHistoryReturnType,
  ListKnowledgeReturnType,
  ListNotificationsParameters,
  ListSharedReturnType,
  ListVersionsReturnType,
} from "../actions/relayer/index.ts";
import type { Stelai } from "../compose.ts";
import type { AccountInfo, Notifications, Profile } from "../wire.ts";
import { useStelai } from "./provider.ts";
import { type Query, type QueryOptions, stelaiKey, useStelaiQuery } from "./query.ts";

/**
 * The account that this client speaks for at its relayer; undefined when it speaks for none. `useSignIn`, `useSignOut`
 * and `useInvalidate` have it looked at again: an app that gives a sign-in of before back calls the last.
 */
export function useSignedInAccount(): Address | undefined {
  const stelai = useStelai();
  const { client, relayer } = stelai;
  const look = () => (relayer.isSignedIn() ? (client.signIn.address ?? null) : null);
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "signedIn", client.walletClient?.account?.address),
    queryFn: look,
    // Known at once, so that nothing is drawn for nobody first.
    initialData: look,
  });
  return data ?? undefined;
}

/** Reads what needs a sign-in, anew for each account; nothing while nobody is signed in. */
function useSignedInQuery<data>(
  parts: readonly unknown[],
  read: (stelai: Stelai, signal: AbortSignal) => Promise<data>,
  options?: QueryOptions,
): Query<data> {
  return useStelaiQuery([...parts, useSignedInAccount()], read, options);
}

/** What the operator knows of the account signed in, and how it reaches it. */
export function useAccountInfo(options?: QueryOptions): Query<AccountInfo> {
  return useSignedInQuery(["account"], (stelai) => stelai.relayer.getAccount(), options);
}

/** The private characters that the account signed in may use. */
export function useShared(options?: QueryOptions): Query<ListSharedReturnType> {
  return useSignedInQuery(["shared"], (stelai) => stelai.relayer.listShared(), options);
}

/** Who an account says it is; its `following` is for the account signed in. */
export function useProfile(address: Address | undefined, options?: QueryOptions): Query<Profile> {
  const viewer = useSignedInAccount();
  return useStelaiQuery(
    ["profile", address, viewer ?? null],
    (stelai, signal) => stelai.relayer.getProfile({ address: address ?? "0x", signal }),
    options,
  );
}

/** Whom the account signed in follows. */
export function useFollows(options?: QueryOptions): Query<ListFollowsReturnType> {
  return useSignedInQuery(["follows"], (stelai) => stelai.relayer.listFollows(), options);
}

/** The feed of the account signed in, newest first. */
export function useNotifications(
  { before, limit }: ListNotificationsParameters = {},
  options?: QueryOptions,
): Query<Notifications> {
  return useSignedInQuery(
    ["notifications", before ?? null, limit ?? null],
    (stelai) => stelai.relayer.listNotifications({ before, limit }),
    options,
  );
}

/** The encrypted conversations that the account signed in keeps with the operator. */
export function useHistoryEntries(options?: QueryOptions): Query<ListHistoryReturnType> {
  return useSignedInQuery(["history"], (stelai) => stelai.relayer.listHistory(), options);
}

/** The files that a character answers from, for its owner. */
export function useKnowledge(characterId: bigint | undefined, options?: QueryOptions): Query<ListKnowledgeReturnType> {
  return useSignedInQuery(
    ["knowledge", characterId],
    (stelai) => stelai.relayer.listKnowledge({ characterId: characterId ?? 0n }),
    options,
  );
}

/** How a character changed with this operator, newest first. */
export function useVersions(characterId: bigint | undefined, options?: QueryOptions): Query<ListVersionsReturnType> {
  const viewer = useSignedInAccount();
  return useStelaiQuery(
    ["versions", characterId, viewer ?? null],
    (stelai, signal) => stelai.relayer.listVersions({ characterId: characterId ?? 0n, signal }),
    options,
  );
}
