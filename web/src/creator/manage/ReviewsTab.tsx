import type { Review, ReviewOrder } from "@stelai/sdk";
import { stelaiKey, useReviews, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { Star } from "lucide-react";
import { useId, useState } from "react";
import { formatCount } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Select } from "../../ui/Select.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import css from "./Manage.module.css";
import { Pager, usePages } from "./Pager.tsx";
import { ReplySheet } from "./ReplySheet.tsx";
import look from "./Reviews.module.css";

const ORDERS = ["newest", "highest", "lowest", "weight"] as const satisfies readonly ReviewOrder[];
const PAGE = 20;

/** Hundredths of a star as "4.25". */
const stars = (hundredths: number) => (hundredths / 100).toFixed(2);

export interface ReviewsTabProps {
  characterId: bigint;
  name: string;
}

/** What people say of a character, and its creator's answers. */
export function ReviewsTab(props: ReviewsTabProps) {
  const [sort, setSort] = useState<ReviewOrder>("newest");
  // Another order begins at its first page.
  return <Sorted key={sort} {...props} sort={sort} onSort={setSort} />;
}

interface SortedProps extends ReviewsTabProps {
  sort: ReviewOrder;
  onSort: (sort: ReviewOrder) => void;
}

function Sorted({ characterId, name, sort, onSort }: SortedProps) {
  const t = useT();
  const heading = useId();
  const pages = usePages();
  const [replying, setReplying] = useState<Review>();
  const options = { refetchInterval: 10_000 };
  const { data, error, refetch } = useReviews(characterId, { sort, after: pages.after, limit: PAGE }, options);
  if (error && !data) {
    return (
      <ErrorState
        what={t("manage.indexDown")}
        money="notInvolved"
        technical={explain(error).technical ?? error.message}
        actions={<Button onClick={() => void refetch()}>{t("studio.again")}</Button>}
      >
        {t("reviewing.indexDown")}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton height="18rem" />;
  const { count, average, weighted } = data.score;
  if (count === 0) {
    return (
      <EmptyState title={t("reviewing.empty")}>
        <p>{t("reviewing.emptyText")}</p>
      </EmptyState>
    );
  }
  return (
    <section className={css.section} aria-labelledby={heading}>
      <div className={css.head}>
        <h2 id={heading}>{t("manage.reviews")}</h2>
        <div>
          <Select
            label={t("reviewing.order")}
            value={sort}
            options={ORDERS.map((order) => ({ value: order, label: t(`reviewing.order.${order}`) }))}
            onChange={(event) => onSort(ORDERS.find((order) => order === event.target.value) ?? "newest")}
          />
        </div>
      </div>
      <dl className={css.facts}>
        <div>
          <dt>{t("reviewing.weighted")}</dt>
          <dd>
            {stars(weighted)}
            <small>{t("reviewing.weightedText")}</small>
          </dd>
        </div>
        <div>
          <dt>{t("reviewing.average")}</dt>
          <dd>
            {stars(average)}
            <small>{t("reviewing.averageText")}</small>
          </dd>
        </div>
        <div>
          <dt>{t("reviewing.count")}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      </dl>
      <ul className={look.list}>
        {data.reviews.map((review) => (
          <li key={review.author} className={look.review}>
            <p className={look.head}>
              <span role="img" aria-label={t("reviewing.stars", { count: review.rating })} className={look.stars}>
                {Array.from({ length: review.rating }, (_, at) => at).map((at) => (
                  <Icon key={at} of={Star} size={16} />
                ))}
              </span>
              <Hash value={review.author} what={t("wallet.address")} />
              <span className={css.note}>
                {formatMoment(Number(review.at))}
                {review.isOwn && <> · {t("reviewing.own")}</>}
              </span>
            </p>
            {review.textURI && <Words uri={review.textURI} />}
            {review.reply && (
              <div className={look.reply}>
                <p className={css.note}>{t("reviewing.yourReply", { date: formatMoment(Number(review.reply.at)) })}</p>
                <Words uri={review.reply.textURI} />
              </div>
            )}
            <div>
              <Button
                size="small"
                aria-label={t(review.reply ? "reviewing.changeReplyTo" : "reviewing.replyTo", {
                  author: review.author,
                })}
                onClick={() => setReplying(review)}
              >
                {t(review.reply ? "reviewing.changeReply" : "reviewing.reply")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Pager pages={pages} next={data.next} />
      {replying && (
        <ReplySheet
          subject={{ kind: "character", id: characterId, name }}
          review={replying}
          onClose={() => setReplying(undefined)}
        />
      )}
    </section>
  );
}

/** Words of a review or of a reply: somebody's text, shown as text. */
function Words({ uri }: { uri: string }) {
  const t = useT();
  const { data, error } = useReviewText(uri);
  if (error) return <p className={css.note}>{t("reviewing.noText")}</p>;
  if (data === undefined) return <Skeleton height="1.5rem" />;
  return (
    <p className={look.words} translate="no">
      {data}
    </p>
  );
}

/** The words at an address. They never change under it. */
export function useReviewText(uri: string | undefined) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "reviewText", uri),
    enabled: Boolean(uri),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => stelai.reviews.fetchText({ textURI: uri ?? "", signal }),
  });
}
