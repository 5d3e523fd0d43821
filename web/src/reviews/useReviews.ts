import type { ListReviewsReturnType, Review, ReviewOrder, SignedReceipt, Stelai } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { isAddressEqual } from "viem";
import { useWallet } from "../wallet/WalletProvider.tsx";
import type { ReviewSubject } from "./subject.ts";

const PAGE = 10;

/** What a review says, whatever it rests on. */
export type AnyReview = Omit<Review, "byReceipt">;
type AnyPage = Omit<ListReviewsReturnType, "reviews"> & { reviews: AnyReview[] };
type Asked = { sort?: ReviewOrder; after?: string | undefined; limit: number; signal: AbortSignal };

/** Begins the cache's keys of what is known of a subject's reviews. */
const keyOf = ({ kind, id }: ReviewSubject) => [kind, String(id)] as const;

function listOf(stelai: Stelai, { kind, id }: ReviewSubject, asked: Asked): Promise<AnyPage> {
  if (kind === "work") return stelai.reviews.listWorkReviews({ workId: id, ...asked });
  return stelai.reviews.listReviews({ characterId: id, ...asked });
}

/** What people say of a character or a work, a page at a time. */
export function useReviewPages(subject: ReviewSubject, sort: ReviewOrder) {
  const stelai = useStelai();
  return useInfiniteQuery({
    queryKey: stelaiKey(stelai, "reviews", ...keyOf(subject), sort),
    queryFn: ({ pageParam, signal }) => listOf(stelai, subject, { sort, limit: PAGE, signal, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The score and histogram of a character or a work. */
export function useScore(subject: ReviewSubject) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "score", ...keyOf(subject)),
    queryFn: async ({ signal }) => (await listOf(stelai, subject, { limit: 1, signal })).score,
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

/**
 * On what the account may review: its review that stands, a pass, a receipt of its own tab, a licence that was released;
 * or not at all, or not yet.
 */
export interface MyReview {
  /** 0 without one. */
  readonly rating: number;
  readonly review: AnyReview | undefined;
  readonly by: "review" | "pass" | "receipt" | "licence" | "notReleased" | "nothing" | "own";
  /** Of a work, the licence that it rests on; 0 for a review that stands. */
  readonly licenceId?: bigint;
}

/** Whether one may be written or changed. */
export const mayReview = ({ by }: MyReview): boolean =>
  by === "review" || by === "pass" || by === "receipt" || by === "licence";

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

/** One's own review that stands; the newest come first, so one of long ago is edited by its stars, its words typed anew. */
async function standing(stelai: Stelai, subject: ReviewSubject, author: `0x${string}`, signal: AbortSignal) {
  const page = await listOf(stelai, subject, { limit: 100, signal }).catch(() => undefined);
  return page?.reviews.find((one) => isAddressEqual(one.author, author));
}

async function mineOfCharacter(
  stelai: Stelai,
  subject: ReviewSubject,
  author: `0x${string}`,
  signal: AbortSignal,
): Promise<MyReview> {
  const characterId = subject.id;
  const [rating, held] = await Promise.all([
    stelai.reviews.getRating({ characterId, author }),
    stelai.reviews.canReview({ characterId, author }),
  ]);
  if (rating > 0) return { rating, review: await standing(stelai, subject, author, signal), by: "review" };
  if (held) return { rating, review: undefined, by: "pass" };
  // Which tabs paid for it is known here; the receipt itself is fetched when it is needed.
  const sessions = await stelai.tab.listSessions({ payer: author });
  const hasPaid = sessions.some((session) => session.agreedTerms(characterId) !== undefined);
  return { rating, review: undefined, by: hasPaid ? "receipt" : "nothing" };
}

async function mineOfWork(
  stelai: Stelai,
  subject: ReviewSubject,
  author: `0x${string}`,
  signal: AbortSignal,
): Promise<MyReview> {
  const workId = subject.id;
  const [rating, can] = await Promise.all([
    stelai.reviews.getWorkRating({ workId, author }),
    stelai.reviews.canReviewWork({ workId, author }),
  ]);
  const licenceId = can.licenceId ?? 0n;
  if (rating > 0) return { rating, review: await standing(stelai, subject, author, signal), by: "review", licenceId };
  if (can.licenceId !== null) return { rating, review: undefined, by: "licence", licenceId };
  const by = can.why === "notLicensed" ? "nothing" : can.why;
  return { rating, review: undefined, by };
}

/** On what the connected account may review a character or a work. */
export function useMyReview(subject: ReviewSubject) {
  const stelai = useStelai();
  const { address } = useWallet();
  return useQuery({
    queryKey: stelaiKey(stelai, "myReview", ...keyOf(subject), address),
    queryFn: async ({ signal }): Promise<MyReview> => {
      if (!address || isAddressEqual(address, subject.owner)) return { rating: 0, review: undefined, by: "own" };
      return (subject.kind === "work" ? mineOfWork : mineOfCharacter)(stelai, subject, address, signal);
    },
    enabled: address !== undefined,
    staleTime: 15_000,
  });
}
