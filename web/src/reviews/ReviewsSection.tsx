import type { Model } from "@stelai/sdk";
import { lazy, Suspense, useState } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import css from "./Reviews.module.css";
import { Stars } from "./Stars.tsx";
import { starsText } from "./text.ts";
import { useMyReview, useScore } from "./useReviews.ts";

const AllReviews = lazy(() => import("./AllReviews.tsx"));
const ReviewSheet = lazy(() => import("./ReviewSheet.tsx"));

/** What people say of a character in one line, and the way to all of it and to one's own review. */
export function ReviewsSection({ model }: { model: Model }) {
  const t = useT();
  const { address } = useWallet();
  const { characterId, owner } = model.stelai;
  const score = useScore(characterId);
  const mine = useMyReview(characterId, owner);
  const [shown, setShown] = useState<"all" | "write">();
  const by = mine.data?.by;
  const mayWrite = by === "review" || by === "pass" || by === "receipt";
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
        {shown === "all" && <AllReviews model={model} onClose={() => setShown(undefined)} />}
        {shown === "write" && mine.data && mayWrite && (
          <ReviewSheet model={model} mine={mine.data} onClose={() => setShown(undefined)} />
        )}
      </Suspense>
    </section>
  );
}
