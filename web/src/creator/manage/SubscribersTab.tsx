import type { Subscriber } from "@stelai/sdk";
import { useStelai, useSubscribers } from "@stelai/sdk/react";
import { Download } from "lucide-react";
import { useId, useState } from "react";
import { formatCount, formatCredits, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { formatMoment } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { download } from "../../statement/download.ts";
import { explain } from "../../stelai/explain.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { cx } from "../../ui/cx.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Hash } from "../../ui/Hash.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Table } from "../../ui/Table.tsx";
import css from "./Manage.module.css";
import { Pager, usePages } from "./Pager.tsx";
import { subscribersCsv } from "./subscribersCsv.ts";

/** On a page, and with one request for a file. */
const SHOWN = 50;
const PAGE = 200;
const shown = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT);

/** Who holds a pass, until when, and what they paid. */
export function SubscribersTab({ characterId, name }: { characterId: bigint; name: string }) {
  const t = useT();
  const heading = useId();
  const pages = usePages();
  const { data, error, refetch } = useSubscribers(
    characterId,
    { after: pages.after, limit: SHOWN },
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
        {t("subscribers.indexDown")}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton height="18rem" />;
  if (data.counts.ever === 0) {
    return (
      <EmptyState title={t("subscribers.empty")}>
        <p>{t("subscribers.emptyText")}</p>
      </EmptyState>
    );
  }
  const { active, renewing, lifetime, ever } = data.counts;
  return (
    <section className={cx(css.section, css.oneLine)} aria-labelledby={heading}>
      <div className={css.head}>
        <h2 id={heading}>{t("manage.subscribers")}</h2>
        <CsvButton characterId={characterId} name={name} />
      </div>
      <dl className={css.facts}>
        <Fact label={t("subscribers.active")} value={active} />
        <Fact label={t("subscribers.renewing")} value={renewing} />
        <Fact label={t("subscribers.lifetime")} value={lifetime} />
        <Fact label={t("subscribers.ever")} value={ever} />
      </dl>
      <Table
        caption={t("subscribers.table")}
        hideCaption
        rows={data.subscribers}
        rowKey={({ account }) => account}
        columns={[
          {
            key: "account",
            label: t("circle.account"),
            cell: ({ account }) => <Hash value={account} what={t("wallet.address")} />,
          },
          { key: "state", label: t("studio.state"), cell: (row) => <PassState {...row} /> },
          {
            key: "until",
            label: t("subscribers.until"),
            cell: (row) =>
              row.lifetime ? t("subscribers.forGood") : row.until > 0n ? formatMoment(Number(row.until)) : "",
          },
          {
            key: "renews",
            label: t("subscribers.renews"),
            cell: ({ mandate, plan, lifetime: isLifetime }) =>
              isLifetime || mandate === 0n
                ? t("subscribers.no")
                : t(plan === "Annual" ? "subscribers.yearly" : "subscribers.monthly", { most: shown(mandate) }),
          },
          { key: "since", label: t("subscribers.since"), cell: ({ since }) => formatMoment(Number(since)) },
          { key: "paid", label: t("subscribers.paid"), end: true, cell: ({ paid }) => shown(paid) },
          { key: "refunded", label: t("subscribers.refunded"), end: true, cell: ({ refunded }) => shown(refunded) },
        ]}
      />
      <Pager pages={pages} next={data.next} />
    </section>
  );
}

function Fact({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}

function PassState({ active }: Subscriber) {
  const t = useT();
  return active ? <Badge tone="live">{t("subscribers.isActive")}</Badge> : <Badge>{t("subscribers.isOver")}</Badge>;
}

/** All of them as a file, however many pages the index has. */
function CsvButton({ characterId, name }: { characterId: bigint; name: string }) {
  const t = useT();
  const stelai = useStelai();
  const [count, setCount] = useState<number>();
  const [isFailed, setFailed] = useState(false);
  const save = async () => {
    setFailed(false);
    setCount(0);
    try {
      const all: Subscriber[] = [];
      let after: string | undefined;
      do {
        const page = await stelai.access.listSubscribers({ characterId, limit: PAGE, after });
        all.push(...page.subscribers);
        setCount(all.length);
        after = page.next ?? undefined;
      } while (after !== undefined);
      download(`${t("subscribers.file", { name })}.csv`, subscribersCsv(all), "text/csv");
    } catch {
      setFailed(true);
    } finally {
      setCount(undefined);
    }
  };
  return (
    <span className={css.row}>
      {isFailed && (
        <span role="alert" className={css.note}>
          {t("subscribers.csvFailed")}
        </span>
      )}
      <Button size="small" icon={Download} disabled={count !== undefined} onClick={() => void save()}>
        {count === undefined ? t("studio.statement.csv") : t("subscribers.csvReading", { count })}
      </Button>
    </span>
  );
}
