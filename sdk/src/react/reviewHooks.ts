/** Reviews of works, votes on reviews, and what moderators see. */
import type { Address } from "viem";
import type { ListNamesReturnType, ListReportsParameters, ListReportsReturnType } from "../actions/relayer/index.ts";
import type {
  CanReviewWorkReturnType,
  ListWorkReviewsReturnType,
  ReviewOrder,
  ReviewSubject,
} from "../actions/reviews/index.ts";
import type { Stelai } from "../compose.ts";
import type { Votes } from "../wireMarket.ts";
import type { Page } from "./passQueries.ts";
import { useSignedInAccount } from "./peopleQueries.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";
import { type Input, type TransactionOptions, useAction, useTransaction } from "./transaction.ts";

type Relayer = Stelai["relayer"];
type Reviews = Stelai["reviews"];

/** What its licensees say of a work, with its score, from the index. */
export function useWorkReviews(
  workId: bigint | undefined,
  { sort, after, limit }: Page & { sort?: ReviewOrder | undefined } = {},
  options?: QueryOptions,
): Query<ListWorkReviewsReturnType> {
  return useStelaiQuery(
    ["workReviews", workId, sort ?? null, after ?? null, limit ?? null],
    (stelai, signal) => stelai.reviews.listWorkReviews({ workId: workId ?? 0n, sort, after, limit, signal }),
    options,
  );
}

/** Whose review of which work: nothing is asked while either is undefined. */
export type WorkReviewReference = { workId: bigint | undefined; account: Address | undefined };

/** An account's stars for a work; 0 without a review. */
export function useWorkRating({ workId, account }: WorkReviewReference, options?: QueryOptions): Query<number> {
  return useStelaiQuery(
    ["workRating", workId, account],
    (stelai) => stelai.reviews.getWorkRating({ workId: workId ?? 0n, author: account }),
    options,
  );
}

/** Whether an account may review a work, and with which licence, from the chain. */
export function useCanReviewWork(
  { workId, account }: WorkReviewReference,
  options?: QueryOptions,
): Query<CanReviewWorkReturnType> {
  return useStelaiQuery(
    ["canReviewWork", workId, account],
    (stelai) => stelai.reviews.canReviewWork({ workId: workId ?? 0n, author: account }),
    options,
  );
}

/** Who finds which reviews of something helpful; `mine` is for the account signed in. */
export function useVotes(subject: ReviewSubject | undefined, options?: QueryOptions): Query<Votes> {
  const viewer = useSignedInAccount();
  return useStelaiQuery(
    ["votes", subject, viewer ?? null],
    (stelai, signal) => stelai.reviews.getVotes({ subject: subject ?? "work:0", signal }),
    options,
  );
}

/** The names that accounts chose at the operator. */
export function useNames(
  addresses: readonly Address[] | undefined,
  options?: QueryOptions,
): Query<ListNamesReturnType> {
  return useStelaiQuery(
    ["names", addresses?.join(",")],
    (stelai, signal) => stelai.relayer.listNames({ addresses: addresses ?? [], signal }),
    { staleTime: 60_000, ...options },
  );
}

/** The operator's queue of reports, for a moderator who is signed in. */
export function useReports(
  { state, before, limit }: Omit<ListReportsParameters, "signal"> = {},
  options?: QueryOptions,
): Query<ListReportsReturnType> {
  return useStelaiQuery(
    ["reports", state ?? null, before ?? null, limit ?? null, useSignedInAccount()],
    (stelai, signal) => stelai.relayer.listReports({ state, before, limit, signal }),
    options,
  );
}

/** Reviews a work, or changes the wallet's review. */
export function useReviewWork(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["reviewWork"]>) => stelai.reviews.reviewWork(input), {
    ...options,
    name: "useReviewWork",
  });
}

/** Takes the wallet's review of a work back. */
export function useWithdrawWorkReview(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["withdrawWork"]>) => stelai.reviews.withdrawWork(input), {
    ...options,
    name: "useWithdrawWorkReview",
  });
}

/** Answers a review of a work. */
export function useReplyToWorkReview(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Reviews["replyWork"]>) => stelai.reviews.replyWork(input), {
    ...options,
    name: "useReplyToWorkReview",
  });
}

/** Says that a review helped, or takes that back. */
export function useSetHelpful() {
  return useAction((stelai, input: Input<Reviews["setHelpful"]>) => stelai.reviews.setHelpful(input), {
    name: "useSetHelpful",
  });
}

/** Reports something to the operator. */
export function useReport() {
  return useAction((stelai, input: Input<Relayer["report"]>) => stelai.relayer.report(input), { name: "useReport" });
}

/** Closes a report, or opens it again. */
export function useDecideReport() {
  return useAction((stelai, input: Input<Relayer["decideReport"]>) => stelai.relayer.decideReport(input), {
    name: "useDecideReport",
  });
}
