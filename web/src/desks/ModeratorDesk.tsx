import { NotModeratorError, type QueuedReport } from "@stelai/sdk";
import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { Choice } from "../creator/Choice.tsx";
import { SignInGate } from "../creator/manage/SignInGate.tsx";
import { formatRelative } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Desk, RoleNote } from "./Desk.tsx";
import css from "./Desks.module.css";
import { Queue } from "./Queue.tsx";
import { ReportedCase } from "./ReportedCase.tsx";
import { casesOf, openOf, type QueueOrder, type ReportCase } from "./reports.ts";
import { useReasonWords } from "./useReasonWords.ts";
import { useRole } from "./useRole.ts";
import { useSubjectName } from "./useSubject.ts";

const FeedbackDesk = lazy(() => import("./FeedbackDesk.tsx"));

const HREF = "/desks/moderator";
type State = QueuedReport["state"];
const STATES: readonly State[] = ["open", "acted", "dismissed"];
/** So many reports come at a time. */
const PAGE = 100;

/** What people reported, by what it is about; and what was decided of it, which stays. */
export function ModeratorDesk() {
  const t = useT();
  const held = useRole("MODERATOR");
  if (!held) return <Skeleton height="16rem" />;
  if (!held.isMember) return <EmptyState title={t("desk.noRole")}>{t("desk.readOnly.MODERATOR")}</EmptyState>;
  return (
    <SignInGate title="desk.reports" why="desk.signIn">
      <Waiting delay={held.delay} />
    </SignInGate>
  );
}

/** Reports, or feedback: one queue at a time. */
function Waiting({ delay }: { delay: number }) {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const of = search.get("of") === "feedback" ? "feedback" : "reports";
  return (
    <div className={css.page}>
      <Choice
        label={t("desk.queue")}
        value={of}
        onChange={(next) => setSearch(next === "feedback" ? { of: next } : {})}
        options={[
          { value: "reports", label: t("desk.reports") },
          { value: "feedback", label: t("desk.feedback") },
        ]}
      />
      {of === "reports" ? (
        <Reports delay={delay} />
      ) : (
        <Suspense fallback={<Skeleton height="12rem" />}>
          <FeedbackDesk />
        </Suspense>
      )}
    </div>
  );
}

function Reports({ delay }: { delay: number }) {
  const t = useT();
  const stelai = useStelai();
  const [search] = useSearchParams();
  const state = STATES.find((each) => each === search.get("state")) ?? "open";
  const chosen = search.get("case") ?? undefined;
  const [order, setOrder] = useState<QueueOrder>("most");
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: stelaiKey(stelai, "moderation", state),
    queryFn: ({ pageParam, signal }) => stelai.relayer.listReports({ state, limit: PAGE, before: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 15_000,
  });
  const cases = useMemo(
    () =>
      casesOf(
        (data?.pages ?? []).flatMap(({ reports }) => reports),
        order,
      ),
    [data, order],
  );
  const open = cases.find(({ key }) => key === chosen);
  const to = (values: Record<string, string>) => `${HREF}?${new URLSearchParams(values)}`;
  const [, setSearch] = useSearchParams();
  const queue = (
    <>
      <RoleNote of="MODERATOR" held={{ isMember: true, delay }} />
      <Choice
        label={t("desk.state")}
        value={state}
        onChange={(next) => setSearch({ state: next })}
        options={STATES.map((each) => ({ value: each, label: t(`desk.state.${each}`) }))}
      />
      <Choice
        label={t("desk.order")}
        value={order}
        onChange={setOrder}
        options={[
          { value: "most", label: t("desk.order.most") },
          { value: "oldest", label: t("desk.order.oldest") },
        ]}
      />
      {error && !data ? (
        error instanceof NotModeratorError ? (
          <p className={css.warn}>{t("desk.roleBehind")}</p>
        ) : (
          <Failed error={error} onAgain={() => void refetch()} />
        )
      ) : !data ? (
        <Skeleton height="12rem" />
      ) : cases.length === 0 ? (
        <EmptyState title={t("desk.nothing")}>{t(`desk.none.${state}`)}</EmptyState>
      ) : (
        <>
          <Queue
            label={t("desk.reports")}
            current={chosen}
            items={cases.map((each) => ({
              key: each.key,
              href: to({ state, case: each.key }),
              content: <ReportItem of={each} />,
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
    <ReportedCase key={open.key} of={open} delay={delay} />
  ) : (
    <p className={css.note}>{t("desk.caseElsewhere")}</p>
  );
  return (
    <Desk
      href={to({ state })}
      queue={queue}
      case={chosen === undefined || !data ? undefined : { key: chosen, content }}
    />
  );
}

function ReportItem({ of }: { of: ReportCase }) {
  const t = useT();
  const now = useChainNow();
  const name = useSubjectName(of.subject);
  const words = useReasonWords();
  const reasons = [...new Set(of.reports.map(({ reason }) => words(reason)))];
  return (
    <>
      <span className={css.itemTitle}>
        {t(`desk.kind.${of.subject.kind}`)}: <span translate="no">{name}</span>
      </span>
      <span className={css.note}>{t("desk.count", { count: openOf(of) || of.reports.length })}</span>
      <span className={css.note}>
        {reasons.join(", ")} · {formatRelative(Date.parse(of.since) / 1000, Number(now))}
      </span>
    </>
  );
}
