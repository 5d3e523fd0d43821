import type { Review, ReviewOrder, SignedReceipt, Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { isAddressEqual } from "viem";
import { useWallet } from "../wallet/WalletProvider.tsx";

const PAGE = 10;

/** What people say of a character, a page at a time. */
export function useReviewPages(characterId: bigint, sort: ReviewOrder) {
  const stelai = useStelai();
  return useInfiniteQuery({
    queryKey: stelaiKey(stelai, "reviews", characterId, sort),
    queryFn: ({ pageParam, signal }) =>
      stelai.reviews.listReviews({
        ...{ characterId, sort, limit: PAGE, signal },
        ...(pageParam === undefined ? {} : { after: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** A character's score and histogram. */
export function useScore(characterId: bigint) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "score", characterId),
    queryFn: async ({ signal }) => (await stelai.reviews.listReviews({ characterId, limit: 1, signal })).score,
    staleTime: 30_000,
  });
}

/** The words behind a review or an answer; they never change under their address. */
export function useWords(textURI: string) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "reviewText", textURI),
    queryFn: ({ signal }) => stelai.reviews.fetchText({ textURI, signal }),
    enabled: textURI !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** On what the account may review: its review that stands, a pass, a receipt of its own tab; or not at all. */
export interface MyReview {
  /** 0 without one. */
  readonly rating: number;
  readonly review: Review | undefined;
  readonly by: "review" | "pass" | "receipt" | "nothing" | "own";
}

/** The newest receipt of a tab of this browser for an answer of the character that cost something. */
export async function receiptFor(
  stelai: Stelai,
  payer: `0x${string}`,
  characterId: bigint,
): Promise<SignedReceipt | undefined> {
  for (const session of await stelai.tab.listSessions({ payer })) {
    const { operator, tabId, account } = session;
    const statement = await stelai.statement
      .getFullStatement({ operator, tabId, sessionKey: account })
      .catch(() => undefined);
    const found = statement?.entries.findLast(
      ({ receipt }) => receipt?.receipt.characterId === characterId && receipt.receipt.amount > 0n,
    );
    if (found?.receipt) return found.receipt;
  }
  return undefined;
}

export function useMyReview(characterId: bigint, owner: `0x${string}`) {
  const stelai = useStelai();
  const { address } = useWallet();
  return useQuery({
    queryKey: stelaiKey(stelai, "myReview", characterId, address),
    queryFn: async ({ signal }): Promise<MyReview> => {
      if (!address || isAddressEqual(address, owner)) {
        return { rating: 0, review: undefined, by: "own" };
      }
      const [rating, held] = await Promise.all([
        stelai.reviews.getRating({ characterId, author: address }),
        stelai.reviews.canReview({ characterId, author: address }),
      ]);
      if (rating > 0) {
        // The newest come first; one's own of long ago is edited by its stars, its words typed anew.
        const page = await stelai.reviews.listReviews({ characterId, limit: 100, signal }).catch(() => undefined);
        const review = page?.reviews.find(({ author }) => isAddressEqual(author, address));
        return { rating, review, by: "review" };
      }
      if (held) return { rating, review: undefined, by: "pass" };
      // Which tabs paid for it is known here; the receipt itself is fetched when it is needed.
      const sessions = await stelai.tab.listSessions({ payer: address });
      const hasPaid = sessions.some((session) => session.agreedTerms(characterId) !== undefined);
      return { rating, review: undefined, by: hasPaid ? "receipt" : "nothing" };
    },
    enabled: address !== undefined,
    staleTime: 15_000,
  });
}
