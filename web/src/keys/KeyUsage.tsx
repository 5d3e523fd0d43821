import type { BudgetKey, BudgetKeyUsage } from "@stelai/sdk";
import { formatCount, formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatUtcDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useNameOfCharacter } from "../people/names.ts";
import { useMine } from "../people/useMine.ts";
import { tabKey } from "../tabs/myTabs.ts";
import { Amount } from "../ui/Amount.tsx";
import { BarChart } from "../ui/BarChart.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Link } from "../ui/Link.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Table } from "../ui/Table.tsx";
import css from "./Keys.module.css";

/** A receipt takes as long as that to show. */
const REFRESH_MS = 5_000;

/** What was charged to a key, by day and by character. Drawn only while open. */
export function KeyUsage({ of, onClose }: { of: BudgetKey; onClose: () => void }) {
  const t = useT();
  const usage = useMine(["budgetKeyUsage", of.id], (stelai) => stelai.budgetKeys.getUsage({ id: of.id }), {
    refetchInterval: REFRESH_MS,
  });
  return (
    <Dialog open onClose={onClose} kind="panel" title={t("keys.usageOf", { name: of.name })}>
      {usage.data ? (
        <Used usage={usage.data} of={of} />
      ) : usage.error ? (
        <Failed error={usage.error} onAgain={() => void usage.refetch()} />
      ) : (
        <Skeleton height="16rem" />
      )}
    </Dialog>
  );
}

function Used({ usage, of: { tab, operator } }: { usage: BudgetKeyUsage; of: BudgetKey }) {
  const t = useT();
  const { requests, amount, days, characters } = usage;
  if (requests === 0) return <p className={css.muted}>{t("keys.usage.none")}</p>;
  return (
    <div className={css.form}>
      <p>
        {t("keys.usage.total", { requests })} · <Amount micro={amount} rounding="up" />
      </p>
      <BarChart
        title={t("keys.usage.days")}
        columns={[t("keys.usage.day"), t("keys.usage.charged")]}
        format={(value) => formatCredits(value * WEI_PER_MICROCREDIT, { rounding: "up" })}
        bars={[...days]
          .reverse()
          .map((one) => ({ label: formatUtcDay(Date.parse(`${one.day}T00:00:00Z`) / 1_000), value: one.amount }))}
      />
      <Table
        caption={t("keys.usage.characters")}
        rows={characters}
        rowKey={({ characterId }) => String(characterId)}
        columns={[
          {
            key: "character",
            label: t("keys.usage.character"),
            cell: ({ characterId }) => <CharacterName id={characterId} />,
          },
          { key: "requests", label: t("keys.usage.requests"), end: true, cell: (row) => formatCount(row.requests) },
          {
            key: "charged",
            label: t("keys.usage.charged"),
            end: true,
            cell: (row) => <Amount micro={row.amount} word={false} rounding="up" />,
          },
        ]}
      />
      {tab && (
        <p>
          <Link href={`/statement?tab=${tabKey(operator, tab.tabId)}`}>{t("keys.usage.statement")}</Link>
        </p>
      )}
    </div>
  );
}

function CharacterName({ id }: { id: bigint }) {
  const name = useNameOfCharacter(id);
  return <Link href={`/c/${id}`}>{name}</Link>;
}
