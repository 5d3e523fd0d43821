import type { Model, Review, ReviewOrder } from "@stelai/sdk";
import { useState } from "react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Select } from "../ui/Select.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Reviews.module.css";
import { Stars } from "./Stars.tsx";
import { shareOf, starsText } from "./text.ts";
import { useReviewPages, useWords } from "./useReviews.ts";

const ORDERS: readonly ReviewOrder[] = ["weight", "newest", "highest", "lowest"];

/** An author's words, as text; the place of them while they are fetched. */
function Words({ textURI }: { textURI: string }) {
  const t = useT();
  const words = useWords(textURI);
  if (textURI === "") return null;
  if (words.data !== undefined) {
    return (
      <p className={css.words} translate="no">
        {words.data}
      </p>
    );
  }
  if (words.isError) return <p className={css.muted}>{t("reviews.wordsGone")}</p>;
  return <Skeleton height="3rem" />;
}

function Row({ review }: { review: Review }) {
  const t = useT();
  const { author, rating, textURI, paid, isOwn, at, editedAt, reply } = review;
  return (
    <li className={css.review}>
      <div className={css.who}>
        <Stars rating={rating} />
        <Hash value={author} what={t("wallet.address")} copy={false} />
        <span className={css.muted} translate="no">
          {formatDay(Number(editedAt ?? at))}
        </span>
      </div>
      <Words textURI={textURI} />
      <p className={css.muted}>
        {isOwn
          ? t("reviews.own")
          : t("reviews.paid", { paid: formatCredits(paid * WEI_PER_MICROCREDIT, { rounding: "down" }) })}
        {editedAt !== null && <> · {t("reviews.edited")}</>}
      </p>
      {reply && (
        <div className={css.reply}>
          <p className={css.muted}>{t("reviews.reply", { at: formatDay(Number(reply.at)) })}</p>
          <Words textURI={reply.textURI} />
        </div>
      )}
    </li>
  );
}

/** Every review of a character: its histogram, sorted, a page at a time. Drawn only while open. */
export default function AllReviews({ model, onClose }: { model: Model; onClose: () => void }) {
  const t = useT();
  const [sort, setSort] = useState<ReviewOrder>("weight");
  const pages = useReviewPages(model.stelai.characterId, sort);
  const score = pages.data?.pages[0]?.score;
  const reviews = pages.data?.pages.flatMap((page) => page.reviews) ?? [];
  const failed = pages.error && !pages.data ? explain(pages.error) : undefined;
  return (
    <Dialog open onClose={onClose} kind="panel" title={t("reviews.of", { name: model.stelai.card?.name ?? model.id })}>
      <div className={css.all}>
        {failed && (
          <ErrorState
            what={failed.what}
            money="notInvolved"
            technical={failed.technical}
            actions={<Button onClick={() => void pages.refetch()}>{t("chat.again")}</Button>}
          />
        )}
        {!score && !failed && <Skeleton height="10rem" />}
        {score && (
          <>
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
                <Row key={review.author} review={review} />
              ))}
            </ul>
            {pages.hasNextPage && (
              <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t("reviews.more")}
              </Button>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
