import { lazy, Suspense, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { ReviewList } from "../reviews/ReviewList.tsx";
import type { ReviewSubject } from "../reviews/subject.ts";
import { mayReview, useMyReview, useScore } from "../reviews/useReviews.ts";
import { Button } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Work.module.css";

const ReviewSheet = lazy(() => import("../reviews/ReviewSheet.tsx"));

/** What buyers say of a work, all of it in place, and the way to one's own review, or who can write one. */
export function WorkReviews({ subject }: { subject: ReviewSubject }) {
  const t = useT();
  const { address } = useWallet();
  const score = useScore(subject);
  const mine = useMyReview(subject);
  const [isWriting, setWriting] = useState(false);
  const by = mine.data?.by;
  const mayWrite = mine.data !== undefined && mayReview(mine.data);
  return (
    <section className={css.section} aria-labelledby="reviews-title">
      <h2 id="reviews-title">{t("reviews.title")}</h2>
      {score.isPending ? (
        <Skeleton height="6rem" />
      ) : !score.data ? (
        <p className={css.muted}>{t("reviews.down")}</p>
      ) : score.data.count === 0 ? (
        <p className={css.muted}>{t("workReviews.none")}</p>
      ) : (
        <ReviewList subject={subject} />
      )}
      {mayWrite && (
        <div>
          <Button onClick={() => setWriting(true)}>{t(by === "review" ? "reviews.change" : "reviews.write")}</Button>
        </div>
      )}
      {by === "notReleased" && <p className={css.muted}>{t("workReviews.pending")}</p>}
      {by === "nothing" && <p className={css.muted}>{t("workReviews.notYet")}</p>}
      {!address && <p className={css.muted}>{t("workReviews.connect")}</p>}
      {isWriting && mine.data && (
        <Suspense>
          <ReviewSheet subject={subject} mine={mine.data} onClose={() => setWriting(false)} />
        </Suspense>
      )}
    </section>
  );
}
