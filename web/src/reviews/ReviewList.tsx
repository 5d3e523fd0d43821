import "../market/words.ts";
import type { ReviewOrder } from "@stelai/sdk";
import { lazy, Suspense, useState } from "react";
import { isAddressEqual } from "viem";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Button } from "../ui/Button.tsx";
import { Select } from "../ui/Select.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { ReviewRow } from "./ReviewRow.tsx";
import css from "./Reviews.module.css";
import { Stars } from "./Stars.tsx";
import type { ReviewSubject } from "./subject.ts";
import { shareOf, starsText } from "./text.ts";
import { useHelpful } from "./useHelpful.ts";
import { type AnyReview, useReviewPages } from "./useReviews.ts";

const ReplySheet = lazy(() => import("../creator/manage/ReplySheet.tsx").then((it) => ({ default: it.ReplySheet })));
const ReportDialog = lazy(() => import("../chat/ReportDialog.tsx").then((it) => ({ default: it.ReportDialog })));

const ORDERS: readonly ReviewOrder[] = ["weight", "newest", "highest", "lowest"];

/** What people say: score and histogram, then each review, sorted, a page at a time. */
export function ReviewList({ subject }: { subject: ReviewSubject }) {
  const t = useT();
  const { address } = useWallet();
  const [sort, setSort] = useState<ReviewOrder>("weight");
  const [replying, setReplying] = useState<AnyReview>();
  const [reported, setReported] = useState<{ by: AnyReview["author"]; words: string | undefined }>();
  const pages = useReviewPages(subject, sort);
  const helpful = useHelpful(subject);
  const score = pages.data?.pages[0]?.score;
  const reviews = pages.data?.pages.flatMap((page) => page.reviews) ?? [];
  const isOwner = subject.kind === "work" && address !== undefined && isAddressEqual(address, subject.owner);
  if (!score) {
    return pages.error ? (
      <Failed error={pages.error} onAgain={() => void pages.refetch()} />
    ) : (
      <Skeleton height="10rem" />
    );
  }
  return (
    <div className={css.all}>
      <div>
        <p>{t("reviews.score", { stars: starsText(score.weighted), count: score.count })}</p>
        <p className={css.muted}>{t("reviews.weighed", { stars: starsText(score.average) })}</p>
      </div>
      <ul className={css.histogram}>
        {[5, 4, 3, 2, 1].map((stars) => {
          const count = score.histogram[stars - 1] ?? 0;
          return (
            <li key={stars}>
              <Stars rating={stars} />
              <span className={css.bar} aria-hidden>
                <span style={{ inlineSize: `${shareOf(count, score.histogram)}%` }} />
              </span>
              <span className={css.count}>{count}</span>
            </li>
          );
        })}
      </ul>
      <Select
        label={t("reviews.sort")}
        value={sort}
        onChange={(event) => setSort(event.currentTarget.value as ReviewOrder)}
        options={ORDERS.map((value) => ({ value, label: t(`reviews.sort.${value}`) }))}
      />
      <ul className={css.list} aria-busy={pages.isFetching}>
        {reviews.map((review) => (
          <ReviewRow
            key={review.author}
            review={review}
            kind={subject.kind}
            isMine={address !== undefined && isAddressEqual(address, review.author)}
            helpful={helpful}
            onReport={(words) => setReported({ by: review.author, words })}
            {...(isOwner && { onReply: () => setReplying(review) })}
          />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("reviews.more")}
        </Button>
      )}
      <Suspense>
        {replying && <ReplySheet subject={subject} review={replying} onClose={() => setReplying(undefined)} />}
        {reported && (
          <ReportDialog
            about={{
              ...(subject.kind === "work" ? { workId: subject.id } : { characterId: subject.id }),
              ...{ reviewBy: reported.by, excerpt: reported.words },
            }}
            open
            onClose={() => setReported(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}
