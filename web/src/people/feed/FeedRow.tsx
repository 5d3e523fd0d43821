import type { Notification } from "@stelai/sdk";
import {
  ArrowLeftRight,
  BadgeCheck,
  CalendarClock,
  CircleCheck,
  Coins,
  Gift,
  Hourglass,
  type LucideIcon,
  MessageSquare,
  PackageCheck,
  Scale,
  ShoppingBag,
  Sparkles,
  Star,
  TriangleAlert,
  Undo2,
  UserPlus,
  Wrench,
} from "lucide-react";
import { lazy, Suspense } from "react";
import { formatMoment, formatRelative } from "../../format/time.ts";
import { T, useT } from "../../i18n/react.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/Icon.tsx";
import { ButtonLink, Link } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useHrefOfCharacter, useNameOfCharacter, useNameOfPerson } from "../names.ts";
import css from "./Feed.module.css";
import { useTitleOfWork } from "./useTitleOfWork.ts";
import { lineOf } from "./words.ts";

const MendRenewal = lazy(() => import("./MendRenewal.tsx"));

const ICONS: Readonly<Record<Notification["kind"], LucideIcon>> = {
  renewal_due: CalendarClock,
  renewed: CircleCheck,
  renewal_failed: TriangleAlert,
  pass_ended: Hourglass,
  gift: Gift,
  invited: UserPlus,
  review: Star,
  reply: MessageSquare,
  payout: Coins,
  character_changed: Wrench,
  character_published: Sparkles,
  work_sold: ShoppingBag,
  licence_delivered: PackageCheck,
  licence_released: BadgeCheck,
  licence_refunded: Undo2,
  licence_disputed: Scale,
  work_resold: ArrowLeftRight,
  work_review: Star,
  work_review_reply: MessageSquare,
  plan_renewed: CircleCheck,
  plan_refused: TriangleAlert,
  topped_up: CircleCheck,
  topup_refused: TriangleAlert,
  balance_low: Coins,
  bonus_granted: Gift,
  bonus_lapsing: Hourglass,
  referral_earned: UserPlus,
  feedback_decided: MessageSquare,
};

/** One notification. */
export function FeedRow({
  notification,
  isNew,
  mends,
}: {
  notification: Notification;
  isNew: boolean;
  /** Whether it is the newest that speaks of this pass: then it offers what mends it. */
  mends: boolean;
}) {
  const t = useT();
  const { characterId, workId, kind } = notification;
  const page = useHrefOfCharacter(characterId ?? undefined);
  const { says, why, person, link, ...line } = lineOf(notification, page);
  const character = useNameOfCharacter(characterId ?? undefined);
  const work = useTitleOfWork(workId);
  const name = useNameOfPerson(person);
  const at = Math.floor(Date.parse(notification.at) / 1000);
  return (
    <li className={cx(css.row, isNew && css.fresh)}>
      <Icon of={ICONS[kind]} />
      <div className={css.words}>
        <p>
          <T
            id={says.id}
            values={{ ...says.values, character, work, person: name }}
            components={{
              character: <Link href={page} translate="no" />,
              work: <Link href={workId === null ? "/market" : `/works/${workId}`} translate="no" />,
              person: person ? <Link href={`/people/${person}`} translate="no" /> : <span translate="no" />,
            }}
          />
        </p>
        {why && <p className={css.muted}>{t(why.id, why.values)}</p>}
        <p className={css.foot}>
          <time className={css.muted} dateTime={notification.at} title={formatMoment(at)}>
            {formatRelative(at, Math.floor(Date.now() / 1000))}
          </time>
          {isNew && <Badge tone="live">{t("feed.new")}</Badge>}
        </p>
        {line.mends && mends && characterId !== null && (
          <Suspense fallback={<Skeleton height="3rem" />}>
            <MendRenewal characterId={characterId} />
          </Suspense>
        )}
      </div>
      {link && (
        <ButtonLink href={link.href} size="small">
          {t(link.label)}
        </ButtonLink>
      )}
    </li>
  );
}

/** The place of rows that are still being fetched. */
export function FeedSkeleton() {
  return (
    <ul className={css.list} aria-busy>
      {Array.from({ length: 6 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike
        <li className={css.row} key={at}>
          <Skeleton width="1.25rem" height="1.25rem" />
          <div className={css.words} style={{ justifyItems: "stretch" }}>
            <Skeleton width="80%" />
            <Skeleton width="6rem" />
          </div>
        </li>
      ))}
    </ul>
  );
}
