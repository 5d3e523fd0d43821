import type { CreditEntry } from "@stelai/sdk";
import type { Address } from "viem";
import { formatCredits, formatUsd, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useNameOfCharacter } from "../people/names.ts";
import { usePlanNames } from "../plans/usePlanNames.ts";
import { Button } from "../ui/Button.tsx";
import { Hash } from "../ui/Hash.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Table } from "../ui/Table.tsx";
import css from "./Credits.module.css";
import { sentenceOf, signed } from "./history.ts";
import { StatementFile } from "./StatementFile.tsx";
import { useHistory } from "./useHistory.ts";

const micro = (amount: bigint) => formatCredits(amount * WEI_PER_MICROCREDIT);

/** Everything that changed an account's credits and bonus, what each was, and the same as a file. */
export function History({ account }: { account: Address }) {
  const t = useT();
  const history = useHistory(account);
  const rows = history.data?.pages.flatMap(({ entries }) => entries) ?? [];
  return (
    <section className={css.section} aria-labelledby="history">
      <h2 id="history">{t("history.title")}</h2>
      {history.isPending ? (
        <Skeleton height="12rem" />
      ) : !history.data ? (
        <p className={css.muted}>{t("history.down")}</p>
      ) : rows.length === 0 ? (
        <p className={css.muted}>{t("history.empty")}</p>
      ) : (
        <>
          <Table
            caption={t("history.title")}
            hideCaption
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                key: "when",
                label: t("history.when"),
                cell: (row) => <span translate="no">{formatMoment(Number(row.at))}</span>,
              },
              { key: "what", label: t("history.what"), cell: (row) => <What entry={row} /> },
              { key: "credits", label: t("history.credits"), end: true, cell: (row) => signed(row.credits, micro) },
              { key: "bonus", label: t("history.bonus"), end: true, cell: (row) => signed(row.bonus, micro) },
              {
                key: "usd",
                label: t("history.usd"),
                end: true,
                cell: (row) => row.usdc !== null && signed(row.usdc, (size) => formatUsd(size)),
              },
              {
                key: "transaction",
                label: t("activity.transaction"),
                cell: (row) => <Hash value={row.transactionHash} what={t("activity.transaction")} />,
              },
            ]}
          />
          {history.isFetchNextPageError && <p role="alert">{t("history.moreFailed")}</p>}
          {history.hasNextPage && (
            <div>
              <Button disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                {t("history.more")}
              </Button>
            </div>
          )}
        </>
      )}
      <StatementFile account={account} />
    </section>
  );
}

/** What an entry was, in words. */
function What({ entry: { kind, about } }: { entry: CreditEntry }) {
  const t = useT();
  const nameOfPlan = usePlanNames();
  const isPass = kind === "Pass" || kind === "PassRefund";
  const character = useNameOfCharacter(isPass ? about.characterId : undefined);
  return t(sentenceOf(kind), {
    character: isPass ? character : "",
    plan: nameOfPlan(about.planId),
    licence: String(about.licenceId ?? ""),
    tab: String(about.tabId ?? ""),
    campaign: String(about.campaignId ?? ""),
    source: about.source ?? "",
  });
}
