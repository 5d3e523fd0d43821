import "../feedback/words.ts";
import { type FeedbackQueue, NotModeratorError } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { FEEDBACK_STATES } from "@stelai/sdk/wire";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { Choice } from "../creator/Choice.tsx";
import { formatRelative } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useNameOfPerson } from "../people/names.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Desk } from "./Desk.tsx";
import css from "./Desks.module.css";
import { FeedbackCase } from "./FeedbackCase.tsx";
import { plain } from "./plain.ts";
import { Queue } from "./Queue.tsx";

type Sent = FeedbackQueue["feedback"][number];

const HREF = "/desks/moderator";
/** So many come at a time. */
const PAGE = 50;
/** How much of a text stands in the queue. */
const GLIMPSE = 120;

/** What people told the operator, and what was decided of it. */
export default function FeedbackDesk() {
  const t = useT();
  const stelai = useStelai();
  const [search, setSearch] = useSearchParams();
  const state = FEEDBACK_STATES.find((each) => each === search.get("state")) ?? "open";
  const chosen = search.get("case") ?? undefined;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: stelaiKey(stelai, "feedbackQueue", state),
    queryFn: ({ pageParam, signal }) =>
      stelai.rewards.listFeedbackQueue({ state, limit: PAGE, before: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 15_000,
  });
  const items = data?.pages.flatMap(({ feedback }) => feedback);
  const open = items?.find(({ id }) => id === chosen);
  const to = (values: Record<string, string>) => `${HREF}?${new URLSearchParams({ of: "feedback", ...values })}`;
  const queue = (
    <>
      <Choice
        label={t("feedback.desk.state")}
        value={state}
        onChange={(next) => setSearch({ of: "feedback", state: next })}
        options={FEEDBACK_STATES.map((each) => ({ value: each, label: t(`feedback.desk.${each}`) }))}
      />
      {error && !items ? (
        error instanceof NotModeratorError ? (
          <p className={css.warn}>{t("desk.roleBehind")}</p>
        ) : (
          <Failed error={error} onAgain={() => void refetch()} />
        )
      ) : !items ? (
        <Skeleton height="12rem" />
      ) : items.length === 0 ? (
        <EmptyState title={t("desk.nothing")}>{t(`feedback.desk.none.${state}`)}</EmptyState>
      ) : (
        <>
          <Queue
            label={t("feedback.desk")}
            current={chosen}
            items={items.map((each) => ({
              key: each.id,
              href: to({ state, case: each.id }),
              content: <Item of={each} />,
            }))}
          />
          {hasNextPage && (
            <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t("desk.more")}
            </Button>
          )}
        </>
      )}
    </>
  );
  const content = open ? (
    <FeedbackCase key={open.id} of={open} />
  ) : (
    <p className={css.note}>{t("feedback.desk.elsewhere")}</p>
  );
  return (
    <Desk
      href={to({ state })}
      queue={queue}
      case={chosen === undefined || !items ? undefined : { key: chosen, content }}
    />
  );
}

function Item({ of: { text, about, account, sentAt } }: { of: Sent }) {
  const t = useT();
  const now = useChainNow();
  const name = useNameOfPerson(account);
  const line = plain(text).replace(/\s+/g, " ");
  return (
    <>
      <span className={css.itemTitle}>{t(`feedback.about.${about}`)}</span>
      <span translate="no">{line.length > GLIMPSE ? `${line.slice(0, GLIMPSE)}…` : line}</span>
      <span className={css.note}>
        <span translate="no">{name}</span> · {formatRelative(Date.parse(sentAt) / 1000, Number(now))}
      </span>
    </>
  );
}
