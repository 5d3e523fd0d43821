import "./words.ts";
import type { WorkHit } from "@stelai/sdk";
import { BadgeCheck, Star } from "lucide-react";
import type { ReactNode } from "react";
import { shorten } from "../format/hash.ts";
import { useT } from "../i18n/react.tsx";
import { starsText } from "../reviews/text.ts";
import { Badge } from "../ui/Badge.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { creditsText } from "./price.ts";
import css from "./WorkCard.module.css";
import { WorkMedia } from "./WorkMedia.tsx";

export interface WorkCardProps {
  work: WorkHit;
  /** Who made it; not where that is said already. */
  by?: boolean;
  /** Where it leads. Default: the work's page. */
  href?: string;
  /** In place of the price, where the list is about something else. */
  note?: ReactNode;
}

/** A work's title as its creator wrote it; its number while that is not known. */
export function useTitleOf(): (work: { title: string | null; workId: bigint }) => string {
  const t = useT();
  return ({ title, workId }) => title ?? t("work.untitled", { id: String(workId) });
}

/** The total that a buyer pays for the cheapest licence; before the click it is said that there is none. */
function Price({ work: { from, tiers, resale, isTaken } }: { work: WorkHit }) {
  const t = useT();
  if (from !== null) {
    return (
      <span className={css.price}>
        {t(tiers.length > 1 ? "work.priceFrom" : "work.price", { price: creditsText(from) })}
      </span>
    );
  }
  if (resale !== null)
    return <span className={css.price}>{t("work.priceItself", { price: creditsText(resale) })}</span>;
  if (isTaken) return <Badge tone="held">{t("work.taken")}</Badge>;
  return <span className={css.none}>{t("work.notSold")}</span>;
}

/** A work in a list: preview, title, who made it, what it costs in all, its score. */
export function WorkCard({ work, by = true, href, note }: WorkCardProps) {
  const t = useT();
  const title = useTitleOf()(work);
  const { creator, score, workId, isProven } = work;
  return (
    <article className={css.card}>
      <WorkMedia work={work} title={title} />
      <div className={css.words}>
        <Link href={href ?? `/works/${workId}`} look="plain" className={css.title} translate="no">
          {title}
        </Link>
        {by && (
          <span className={css.by}>
            <Link href={`/people/${creator.address}`} look="plain" translate="no">
              {creator.name ?? shorten(creator.address)}
            </Link>
            {isProven && (
              <span className={css.proven} role="img" aria-label={t("work.proven")} title={t("work.proven")}>
                <Icon of={BadgeCheck} size={14} />
              </span>
            )}
          </span>
        )}
      </div>
      <div className={css.foot}>
        {note ?? <Price work={work} />}
        {score.average !== null && score.count > 0 && (
          <span
            className={css.score}
            role="img"
            aria-label={t("reviews.scoreOf", { stars: starsText(score.average), count: score.count })}
          >
            <Icon of={Star} size={14} />
            {t("reviews.scoreShort", { stars: starsText(score.average), count: score.count })}
          </span>
        )}
      </div>
    </article>
  );
}

/** The place of a card whose work is still being fetched. */
export function WorkCardSkeleton({ by = true }: { by?: boolean }) {
  return (
    <div className={css.card} aria-hidden>
      <span className={css.media}>
        <Skeleton height="100%" />
      </span>
      <span className={css.words}>
        <Skeleton width="70%" height="1.3125rem" />
        {by && <Skeleton width="50%" height="1.3125rem" />}
      </span>
      <span className={css.foot}>
        <Skeleton width="40%" height="1.3125rem" />
      </span>
    </div>
  );
}
