import type { Notification } from "@stelai/sdk";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import { Failed } from "../Failed.tsx";
import css from "./Feed.module.css";
import { FeedRow, FeedSkeleton } from "./FeedRow.tsx";
import { useFeed } from "./useFeed.ts";

/** What tells of a renewal: of each pass, only the newest says what to do. */
const OF_RENEWALS: readonly Notification["kind"][] = ["renewal_due", "renewed", "renewal_failed", "pass_ended"];

function newestOfEachPass(items: readonly Notification[]): ReadonlySet<string> {
  const newest = new Map<string, string>();
  for (const { id, kind, characterId } of items) {
    const pass = String(characterId);
    if (OF_RENEWALS.includes(kind) && !newest.has(pass)) newest.set(pass, id);
  }
  return new Set(newest.values());
}

/** Everything that the account is told, newest first. */
export function Feed() {
  const t = useT();
  const { items, fresh, error, hasMore, isLoadingMore, more, again } = useFeed();
  if (error) return <Failed error={error} onAgain={again} />;
  if (!items) return <FeedSkeleton />;
  if (items.length === 0) {
    return (
      <EmptyState title={t("feed.empty")} actions={<ButtonLink href="/">{t("feed.emptyExplore")}</ButtonLink>}>
        {t("feed.emptyText")}
      </EmptyState>
    );
  }
  const mending = newestOfEachPass(items);
  return (
    <>
      <ul className={css.list}>
        {items.map((notification) => (
          <FeedRow
            key={notification.id}
            notification={notification}
            isNew={fresh.has(notification.id)}
            mends={mending.has(notification.id)}
          />
        ))}
      </ul>
      <div className={css.more}>
        {hasMore ? (
          <Button onClick={more} disabled={isLoadingMore}>
            {t("feed.more")}
          </Button>
        ) : (
          <p className={css.muted}>{t("feed.end")}</p>
        )}
      </div>
    </>
  );
}
