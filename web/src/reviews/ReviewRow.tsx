import { ThumbsUp } from "lucide-react";
import { shorten } from "../format/hash.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Reviews.module.css";
import { Stars } from "./Stars.tsx";
import type { ReviewSubject } from "./subject.ts";
import type { Helpful } from "./useHelpful.ts";
import { type AnyReview, useWords } from "./useReviews.ts";

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

export interface ReviewRowProps {
  review: AnyReview;
  kind: ReviewSubject["kind"];
  isMine: boolean;
  helpful: Helpful;
  /** Told the words that are reported. */
  onReport: (words: string | undefined) => void;
  /** For who may answer it. */
  onReply?: () => void;
}

/** One review: stars, author, words, what was paid, the answer, who finds it helpful. */
export function ReviewRow({ review, kind, isMine, helpful, onReport, onReply }: ReviewRowProps) {
  const t = useT();
  const { author, rating, textURI, paid, isOwn, at, editedAt, reply } = review;
  const words = useWords(textURI);
  const isWork = kind === "work";
  const who = shorten(author);
  const count = helpful.countOf(author);
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
          ? t(isWork ? "workReviews.own" : "reviews.own")
          : t("reviews.paid", { paid: formatCredits(paid * WEI_PER_MICROCREDIT, { rounding: "down" }) })}
        {editedAt !== null && <> · {t("reviews.edited")}</>}
      </p>
      {reply && (
        <div className={css.reply}>
          <p className={css.muted}>
            {t(isWork ? "workReviews.reply" : "reviews.reply", { at: formatDay(Number(reply.at)) })}
          </p>
          <Words textURI={reply.textURI} />
        </div>
      )}
      <div className={css.buttons}>
        <Button
          size="small"
          icon={ThumbsUp}
          variant={helpful.isMine(author) ? "primary" : "secondary"}
          aria-pressed={helpful.isMine(author)}
          aria-label={`${t("helpful.label", { author: who })} · ${count}`}
          // Nobody votes for their own.
          disabled={isMine || helpful.isBusy}
          onClick={() => helpful.toggle(author)}
        >
          {t("helpful.count", { count })}
        </Button>
        {onReply && (
          <Button
            size="small"
            onClick={onReply}
            aria-label={t(reply ? "helpful.changeReplyTo" : "helpful.replyTo", { author: who })}
          >
            {t(reply ? "helpful.changeReply" : "helpful.reply")}
          </Button>
        )}
        {!isMine && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t("report.reviewLabel", { author: who })}
            onClick={() => onReport(words.data)}
          >
            {t("report.review")}
          </Button>
        )}
      </div>
      {helpful.failedFor(author) && (
        <p className={css.muted} role="alert">
          {t("helpful.failed")}
        </p>
      )}
    </li>
  );
}
