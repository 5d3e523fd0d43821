import { lazy, Suspense, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Reviews.module.css";
import { Stars } from "./Stars.tsx";
import type { ReviewSubject } from "./subject.ts";
import { starsText } from "./text.ts";
import { mayReview, useMyReview, useScore } from "./useReviews.ts";

const AllReviews = lazy(() => import("./AllReviews.tsx"));
const ReviewSheet = lazy(() => import("./ReviewSheet.tsx"));

/** What people say of a character in one line, and the way to all of it and to one's own review. */
export function ReviewsSection({ subject }: { subject: ReviewSubject }) {
  const t = useT();
  const { address } = useWallet();
  const score = useScore(subject);
  const mine = useMyReview(subject);
  const [shown, setShown] = useState<"all" | "write">();
  const by = mine.data?.by;
  const mayWrite = mine.data !== undefined && mayReview(mine.data);
  return (
    <section className={css.section} aria-labelledby="reviews-title">
      <h2 id="reviews-title">{t("reviews.title")}</h2>
      {score.isPending ? (
        <Skeleton width="10rem" />
      ) : !score.data ? (
        <p className={css.muted}>{t("reviews.down")}</p>
      ) : score.data.count === 0 ? (
        <p className={css.muted}>{t("reviews.none")}</p>
      ) : (
        <p className={css.score}>
          <Stars rating={Math.round(score.data.weighted / 100)} size={16} />
          <span>{t("reviews.score", { stars: starsText(score.data.weighted), count: score.data.count })}</span>
        </p>
      )}
      <div className={css.buttons}>
        {score.data !== undefined && score.data.count > 0 && (
          <Button size="small" onClick={() => setShown("all")}>
            {t("reviews.read", { count: score.data.count })}
          </Button>
        )}
        {mayWrite && (
          <Button size="small" onClick={() => setShown("write")}>
            {t(by === "review" ? "reviews.change" : "reviews.write")}
          </Button>
        )}
      </div>
      {address !== undefined && by === "nothing" && <p className={css.muted}>{t("reviews.notYet")}</p>}
      <Suspense>
        {shown === "all" && <AllReviews subject={subject} onClose={() => setShown(undefined)} />}
        {shown === "write" && mine.data && (
          <ReviewSheet subject={subject} mine={mine.data} onClose={() => setShown(undefined)} />
        )}
      </Suspense>
    </section>
  );
}
