import { useCircle } from "@stelai/sdk/react";
import { useDeferredValue, useEffect, useId, useMemo, useState } from "react";
import type { Address } from "viem";
import { formatCount } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import type { MessageId } from "../../locales/en/index.ts";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { cx } from "../../ui/cx.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Table } from "../../ui/Table.tsx";
import { TextArea } from "../../ui/TextArea.tsx";
import { Choice } from "../Choice.tsx";
import { AllowSheet } from "./AllowSheet.tsx";
import { type BadLine, readAddresses } from "./addresses.ts";
import { type AllowJob, readAllowJob, writeAllowJob } from "./allowJob.ts";
import css from "./Manage.module.css";
import { Pager, usePages } from "./Pager.tsx";

const WHY: Record<BadLine["why"], MessageId> = {
  noAddress: "circle.bad.noAddress",
  notWhole: "circle.bad.notWhole",
  checksum: "circle.bad.checksum",
  zero: "circle.bad.zero",
};
/** So many bad lines are named; who pasted the wrong file sees that with the first ones. */
const NAMED = 100;

/** People on a page of the list. */
const PAGE = 20;

/** Who may use a private character by the owner's word: a list to add to and take from. */
export function AllowList({ characterId, name }: { characterId: bigint; name: string }) {
  const t = useT();
  const heading = useId();
  const [job, setJob] = useState<AllowJob>();
  const [isOpen, setOpen] = useState(false);
  const [pasted, setPasted] = useState("");

  // What was begun before, in this browser, and stopped in between.
  useEffect(() => {
    let gone = false;
    void readAllowJob(characterId).then(
      (found) => !gone && setJob((current) => current ?? found),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [characterId]);

  const begin = (allowed: boolean, accounts: readonly Address[]) => {
    const next = { allowed, accounts, total: accounts.length };
    setJob(next);
    setOpen(true);
    void writeAllowJob(characterId, accounts.length > 1 ? next : undefined).catch(() => undefined);
  };
  const drop = () => {
    setJob(undefined);
    void writeAllowJob(characterId, undefined).catch(() => undefined);
  };
  const isStopped = job !== undefined && !isOpen && job.accounts.length > 0 && job.total > 1;

  return (
    <section className={css.section} aria-labelledby={heading}>
      <h2 id={heading}>{t("circle.list")}</h2>
      <p className={css.note}>{t("circle.listText")}</p>
      {isStopped && (
        <Card className={css.section}>
          <p>
            {t(job.allowed ? "circle.allow.stopped" : "circle.remove.stopped", {
              left: formatCount(job.accounts.length),
              total: formatCount(job.total),
            })}
          </p>
          <div className={css.row}>
            <Button variant="primary" onClick={() => setOpen(true)}>
              {t("circle.goOn")}
            </Button>
            <Button onClick={drop}>{t("circle.drop")}</Button>
          </div>
        </Card>
      )}
      <Paste text={pasted} onText={setPasted} onGo={begin} />
      <People characterId={characterId} onRemove={(account) => begin(false, [account])} />
      {job && isOpen && (
        <AllowSheet
          characterId={characterId}
          name={name}
          job={job}
          onProgress={(rest) => {
            setJob(rest);
            if (rest.accounts.length === 0 && rest.total > 1) setPasted("");
          }}
          onClose={() => {
            setOpen(false);
            setJob((current) => (current && current.accounts.length > 0 && current.total > 1 ? current : undefined));
            if (job.total === 1 && job.accounts.length === 0) setPasted("");
          }}
        />
      )}
    </section>
  );
}

interface PasteProps {
  text: string;
  onText: (text: string) => void;
  onGo: (allowed: boolean, accounts: readonly Address[]) => void;
}

function Paste({ text, onText, onGo }: PasteProps) {
  const t = useT();
  const [allowed, setAllowed] = useState(true);
  // Thousands take a moment: typing goes on meanwhile.
  const settled = useDeferredValue(text);
  const list = useMemo(() => readAddresses(settled), [settled]);
  const count = list.accounts.length;
  return (
    <form
      className={cx(css.section, css.paste)}
      onSubmit={(event) => {
        event.preventDefault();
        if (count > 0 && settled === text) onGo(allowed, list.accounts);
      }}
    >
      <Choice
        label={t("circle.what")}
        value={allowed}
        onChange={setAllowed}
        options={[
          { value: true, label: t("circle.add") },
          { value: false, label: t("circle.take") },
        ]}
      />
      <TextArea
        label={t("circle.addresses")}
        hint={t("circle.addressesHint")}
        value={text}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
      />
      {text.trim() !== "" && (
        <p role="status" className={css.note}>
          {t("circle.read", { count, repeated: list.repeated, bad: list.bad.length })}
        </p>
      )}
      {list.bad.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls
        <ul className={css.bad} tabIndex={0} aria-label={t("circle.badLines")}>
          {list.bad.slice(0, NAMED).map(({ line, text: what, why }) => (
            <li key={`${line} ${what}`}>{t(WHY[why], { line, text: what })}</li>
          ))}
          {list.bad.length > NAMED && <li>{t("circle.badMore", { count: list.bad.length - NAMED })}</li>}
        </ul>
      )}
      <div>
        <Button type="submit" variant="primary" disabled={count === 0}>
          {t(allowed ? "circle.allow.action" : "circle.remove.action", { count })}
        </Button>
      </div>
    </form>
  );
}

function People({ characterId, onRemove }: { characterId: bigint; onRemove: (account: Address) => void }) {
  const t = useT();
  const pages = usePages();
  const { data, error, refetch } = useCircle(
    characterId,
    { after: pages.after, limit: PAGE },
    { refetchInterval: 10_000 },
  );
  if (error && !data) {
    return (
      <ErrorState
        what={t("manage.indexDown")}
        money="notInvolved"
        technical={explain(error).technical ?? error.message}
        actions={<Button onClick={() => void refetch()}>{t("studio.again")}</Button>}
      >
        {t("circle.indexDown")}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton height="8rem" />;
  if (data.allowed.length === 0 && pages.number === 1 && data.next === null) {
    return <p className={css.note}>{t("circle.empty")}</p>;
  }
  return (
    <div className={cx(css.section, css.oneLine)}>
      <Table
        caption={t("circle.people")}
        hideCaption
        rows={data.allowed}
        rowKey={({ account }) => account}
        columns={[
          {
            key: "account",
            label: t("circle.account"),
            cell: ({ account }) => <Hash value={account} what={t("wallet.address")} />,
          },
          { key: "since", label: t("circle.since"), cell: ({ since }) => formatMoment(Number(since)) },
          {
            key: "by",
            label: t("circle.by"),
            cell: ({ byInvite }) => t(byInvite ? "circle.byInvite" : "circle.byYou"),
          },
          {
            key: "actions",
            label: t("studio.actions"),
            cell: ({ account }) => (
              <Button size="small" aria-label={t("circle.removeOne", { account })} onClick={() => onRemove(account)}>
                {t("circle.take")}
              </Button>
            ),
          },
        ]}
      />
      <Pager pages={pages} next={data.next} />
    </div>
  );
}
