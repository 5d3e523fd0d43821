import { useStelai, useTab } from "@stelai/sdk/react";
import { Download, ShieldCheck } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Address } from "viem";
import { formatUsd, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Amount, inWei } from "../ui/Amount.tsx";
import { Button } from "../ui/Button.tsx";
import { useCreditRate } from "../ui/CreditRate.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { toCsv } from "./csv.ts";
import { download } from "./download.ts";
import { EntryRow } from "./EntryRow.tsx";
import { toFile } from "./file.ts";
import { type Bill, byEntry, entryKey, newestFirst, totalsOf } from "./rows.ts";
import css from "./Statement.module.css";
import { useCharacterName } from "./useCharacterName.ts";
import { type Fetch, useCheck } from "./useCheck.ts";
import { Verdict } from "./Verdict.tsx";

/** Rows shown at first, and how many more each time. */
const PAGE = 100;

export interface StatementViewProps {
  operator: Address;
  tabId: bigint;
  bill: Bill;
  /** The newest statement, for the check. */
  fetch: Fetch;
  /** More to do with it, beside the buttons. */
  actions?: ReactNode;
}

/** A bill: what it comes to, what a check of it says, and every line of it. */
export function StatementView({ operator, tabId, bill: loaded, fetch, actions }: StatementViewProps) {
  const t = useT();
  const { deployment } = useStelai().client;
  const tab = useTab({ operator, tabId });
  const nameOf = useCharacterName();
  const { check, start } = useCheck(operator, tabId, fetch);
  const [shown, setShown] = useState(PAGE);
  const audit = check.at === "done" ? check.audit : undefined;
  const bill = audit?.statement ?? loaded;
  const rows = useMemo(() => newestFirst(bill.entries), [bill]);
  const verdicts = useMemo(() => byEntry(audit?.entries ?? []), [audit]);
  const totals = useMemo(() => totalsOf(bill), [bill]);
  const settled = audit?.totals.settled ?? tab.data?.spent;
  const amounts = { ...totals, settled };
  const { price } = useCreditRate();
  const isRunning = check.at === "loading" || check.at === "checking";
  const name = `stelai-tab-${tabId}`;
  const { chainId, genesisHash, contracts } = deployment;
  const file = { chainId, genesisHash, inferenceMeter: contracts.InferenceMeter, operator, tabId, bill };

  return (
    <>
      <dl className={css.totals}>
        {(["charged", "sealed", "settled"] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`statement.total.${kind}`)}</dt>
            <dd>
              <Amount micro={amounts[kind]} usd={false} />{" "}
              <span className={css.muted}>{formatUsd(worth(inWei({ micro: amounts[kind] }), price))}</span>
            </dd>
          </div>
        ))}
      </dl>
      <div className={css.check}>
        <div className={css.buttons}>
          <Button variant="primary" icon={ShieldCheck} disabled={isRunning} onClick={() => void start()}>
            {t("statement.check")}
          </Button>
          <Button
            icon={Download}
            aria-label={t("statement.exportCsv")}
            onClick={() => download(`${name}.csv`, toCsv(bill.entries, nameOf), "text/csv")}
          >
            {t("statement.csv")}
          </Button>
          <Button
            icon={Download}
            aria-label={t("statement.exportJson")}
            onClick={() => download(`${name}.json`, toFile(file), "application/json")}
          >
            {t("statement.json")}
          </Button>
          {actions}
        </div>
        <Verdict check={check} />
      </div>
      {rows.length === 0 ? (
        <EmptyState
          title={t("statement.emptyTitle")}
          actions={<ButtonLink href="/">{t("character.toExplore")}</ButtonLink>}
        >
          {t("statement.emptyText")}
        </EmptyState>
      ) : (
        <section aria-label={t("statement.entries")}>
          <ul className={css.entries}>
            {rows.slice(0, shown).map((entry) => (
              <EntryRow
                key={entryKey(entry)}
                entry={entry}
                operator={operator}
                verdict={verdicts.get(entryKey(entry))}
                nameOf={nameOf}
              />
            ))}
          </ul>
          {rows.length > shown && (
            <div className={css.more}>
              <Button onClick={() => setShown(shown + PAGE)}>
                {t("statement.more", { count: rows.length - shown })}
              </Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}
