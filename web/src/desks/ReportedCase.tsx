import { NotSignedInError, type QueuedReport } from "@stelai/sdk";
import { useInvalidate, useStelai } from "@stelai/sdk/react";
import { useState } from "react";
import { useSignIn } from "../access/SignInProvider.tsx";
import { formatMoment, formatRelative } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { PreviewMedia } from "../selling/PreviewMedia.tsx";
import { formatSpan } from "../selling/span.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Link } from "../ui/Link.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import css from "./Desks.module.css";
import { plain } from "./plain.ts";
import { ReviewCase } from "./ReviewCase.tsx";
import type { ReportCase } from "./reports.ts";
import { SuspendSheet } from "./SuspendSheet.tsx";
import { useReasonWords } from "./useReasonWords.ts";
import { useReportedWork, useSubjectName, useSubjectOnChain } from "./useSubject.ts";

/** `moderationDecisionSchema.note`. */
const LONGEST_NOTE = 500;

/** One reported thing: what was said of it, how it stands, and what a moderator can do. */
export function ReportedCase({ of, delay }: { of: ReportCase; delay: number }) {
  const t = useT();
  const name = useSubjectName(of.subject);
  const chain = useSubjectOnChain(of.subject);
  const { subject, reports } = of;
  const href = subject.of === "work" ? `/works/${subject.id}` : `/c/${subject.id}`;
  const open = reports.filter(({ state }) => state === "open");
  return (
    <>
      <div className={css.head}>
        <h2>
          {t(`desk.kind.${subject.kind}`)}: <span translate="no">{name}</span>
        </h2>
        <Link href={href}>{t("desk.openSubject")}</Link>
      </div>
      <div className={css.row}>
        {chain.data &&
          (chain.data.isSuspended ? (
            <Badge tone="lost">{t("desk.suspended")}</Badge>
          ) : (
            <Badge tone="live">{t("desk.notSuspended")}</Badge>
          ))}
        {subject.author && (
          <span>
            {t("desk.reviewBy")} <Hash value={subject.author} what={t("desk.account")} />
          </span>
        )}
      </div>
      {subject.kind === "review" && <ReviewCase subject={subject} />}
      {subject.of === "work" && <Preview of={of} />}
      <section className={css.section} aria-labelledby="desk-said">
        <h3 id="desk-said">{t("desk.said")}</h3>
        <ul className={css.reports}>
          {reports.map((report) => (
            <Report key={report.id} report={report} isReview={subject.kind === "review"} />
          ))}
        </ul>
      </section>
      <Decision of={of} open={open} name={name} isSuspended={chain.data?.isSuspended} delay={delay} />
    </>
  );
}

function Preview({ of: { subject } }: { of: ReportCase }) {
  const t = useT();
  const { data, error } = useReportedWork(subject);
  if (error && !data) return <p className={css.warn}>{t("desk.workUnread", { what: String(explain(error).what) })}</p>;
  if (!data) return null;
  return (
    <section className={css.section} aria-labelledby="desk-work">
      <h3 id="desk-work">{t("desk.workTitle")}</h3>
      <div className={css.media}>
        <PreviewMedia of={data} title={data.title} />
      </div>
      {data.description && (
        <p className={css.words} translate="no">
          {plain(data.description)}
        </p>
      )}
    </section>
  );
}

/** One report, and what was decided of it. What reporters and reported wrote is text and nothing else. */
function Report({ report, isReview }: { report: QueuedReport; isReview: boolean }) {
  const t = useT();
  const now = useChainNow();
  const words = useReasonWords();
  const { reason, details, excerpt, reportedAt, state, closedBy, closedAt, note } = report;
  const at = Date.parse(reportedAt) / 1000;
  return (
    <li className={css.report}>
      <div className={css.row}>
        <strong>{words(reason)}</strong>
        <span className={css.note} title={formatMoment(at)}>
          {formatRelative(at, Number(now))}
        </span>
        {state !== "open" && <Badge>{t(`desk.state.${state}`)}</Badge>}
      </div>
      {details && (
        <p className={css.words} translate="no">
          {plain(details)}
        </p>
      )}
      {excerpt && (
        <>
          <span className={css.note}>{t(isReview ? "desk.excerptReview" : "desk.excerpt")}</span>
          <p className={css.words} translate="no">
            {plain(excerpt)}
          </p>
        </>
      )}
      {state !== "open" && closedAt && (
        <p className={css.note}>
          {t("desk.closed", { when: formatMoment(Date.parse(closedAt) / 1000) })}{" "}
          {closedBy && <Hash value={closedBy} what={t("desk.account")} copy={false} />}
          {note && <span translate="no">: {plain(note)}</span>}
        </p>
      )}
    </li>
  );
}

interface DecisionProps {
  of: ReportCase;
  open: readonly QueuedReport[];
  name: string;
  isSuspended: boolean | undefined;
  delay: number;
}

/** Closing the reports about something, with a note; and suspending it, or lifting that. */
function Decision({ of: { subject, reports }, open, name, isSuspended, delay }: DecisionProps) {
  const t = useT();
  const stelai = useStelai();
  const invalidate = useInvalidate();
  const { dropAfter } = useSignIn();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState<QueuedReport["state"]>();
  const [error, setError] = useState<unknown>();
  // What it is to become: the chain says so before the sheet is done.
  const [suspending, setSuspending] = useState<boolean>();
  const close = async (state: QueuedReport["state"]) => {
    setBusy(state);
    setError(undefined);
    try {
      const which = state === "open" ? reports.filter((each) => each.state !== "open") : open;
      for (const { id } of which) await stelai.relayer.decideReport({ id, state, note: note.trim() });
      setNote("");
      await invalidate();
    } catch (problem) {
      if (!(problem instanceof NotSignedInError && dropAfter(problem))) setError(problem);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <div className={css.form}>
      <h3>{t("desk.decide")}</h3>
      <TextArea
        label={t("desk.note")}
        hint={t("desk.noteHint")}
        optional
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={css.row}>
        {open.length > 0 ? (
          <>
            <Button disabled={busy !== undefined} onClick={() => void close("dismissed")}>
              {t("desk.dismiss", { count: open.length })}
            </Button>
            <Button disabled={busy !== undefined} onClick={() => void close("acted")}>
              {t("desk.acted", { count: open.length })}
            </Button>
          </>
        ) : (
          <Button disabled={busy !== undefined} onClick={() => void close("open")}>
            {t("desk.reopen", { count: reports.length })}
          </Button>
        )}
        {subject.kind !== "review" && isSuspended !== undefined && (
          <Button variant={isSuspended ? "secondary" : "danger"} onClick={() => setSuspending(!isSuspended)}>
            {t(isSuspended ? "desk.lift" : "desk.suspend")}
          </Button>
        )}
      </div>
      <p className={css.note} role="status">
        {busy && t("desk.closing")}
      </p>
      <p className={css.note}>{t(subject.kind === "review" ? "desk.reviewText" : `desk.suspendText.${subject.of}`)}</p>
      {delay > 0 && <p className={css.warn}>{t("desk.delay", { delay: formatSpan(BigInt(delay)) })}</p>}
      {error !== undefined && <Failed error={error} />}
      {suspending !== undefined && (
        <SuspendSheet
          {...{ subject, name }}
          suspended={suspending}
          reason={note.trim()}
          onClose={() => setSuspending(undefined)}
          onDone={() => {
            setSuspending(undefined);
            if (suspending && open.length > 0) void close("acted");
          }}
        />
      )}
    </div>
  );
}
