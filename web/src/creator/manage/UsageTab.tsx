import { isSplit } from "@stelai/sdk";
import { stelaiKey, useStelai, useUsage } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Address } from "viem";
import { characterHref } from "../../explore/links.ts";
import { formatCount, formatCredits, UNKNOWN, WEI_PER_MICROCREDIT } from "../../format/money.ts";
import { formatUtcDay, monthText } from "../../format/time.ts";
import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { BarChart } from "../../ui/BarChart.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Choice } from "../Choice.tsx";
import { type DayOfUse, daysOfUse, unitsText } from "../usage.ts";
import { useCommission } from "../useCommission.ts";
import css from "./Manage.module.css";
import type { ManagedCharacter } from "./managed.ts";

const SPANS = ["7", "30", "90"] as const;
const DAY_SECONDS = 86_400;
const shown = (wei: bigint | undefined) => formatCredits(wei, { rounding: "down" });

/** By which steps a character's payee pays an account; none when it is paid itself. Undefined while not known. */
function useFlows(payee: bigint, account: Address) {
  const stelai = useStelai();
  const { data } = useQuery({
    queryKey: stelaiKey(stelai, "flows", account),
    queryFn: () => stelai.payouts.findFlows({ account }),
    enabled: isSplit(payee),
  });
  return isSplit(payee) ? data : [];
}

/** How a character is used, what that brings day by day, and where it stands. */
export function UsageTab({ character, account }: { character: ManagedCharacter; account: Address }) {
  const t = useT();
  const heading = useId();
  const { characterId, modality, payee } = character;
  const [span, setSpan] = useState<(typeof SPANS)[number]>("30");
  const { data, error, refetch } = useUsage(characterId, Number(span), { refetchInterval: 10_000 });
  const commission = useCommission("InferenceMeter");
  const flows = useFlows(payee, account);
  if (error && !data) {
    return (
      <ErrorState
        what={t("manage.indexDown")}
        money="untouched"
        technical={explain(error).technical ?? error.message}
        actions={<Button onClick={() => void refetch()}>{t("studio.again")}</Button>}
      >
        {t("usage.indexDown")}
      </ErrorState>
    );
  }
  const days =
    data && commission !== undefined && flows ? daysOfUse(data, account, payee, commission, flows) : undefined;
  const net = days?.reduce((sum, day) => sum + day.net, 0n);
  const bars = (value: (day: DayOfUse) => bigint) =>
    (days ?? []).map((day) => ({ label: formatUtcDay(day.day * DAY_SECONDS), value: value(day) }));
  return (
    <div className={css.section}>
      <section className={css.section} aria-labelledby={heading}>
        <h2 id={heading}>{t("usage.tab")}</h2>
        <Choice
          label={t("usage.span")}
          value={span}
          onChange={setSpan}
          options={SPANS.map((value) => ({ value, label: t("usage.span.days", { days: value }) }))}
        />
        {data ? (
          <dl className={css.facts}>
            <Fact label={t("usage.uses")} text={t("usage.usesText")}>
              {formatCount(data.totals.generations)}
            </Fact>
            <Fact label={t("usage.units")} text={t(`usage.units.${modality}`)}>
              {unitsText(modality, data.totals.milliunits)}
            </Fact>
            <Fact label={t("usage.users")} text={t("usage.usersText")}>
              {formatCount(data.totals.users)}
            </Fact>
            <Fact label={t("usage.paid")} text={t("usage.paidText")}>
              {shown(data.totals.paid * WEI_PER_MICROCREDIT)}
            </Fact>
            <Fact label={t("usage.net")} text={t("usage.netText")}>
              {shown(net)}
            </Fact>
            <Rank ranking={data.ranking} />
          </dl>
        ) : (
          <Skeleton height="8rem" />
        )}
        <div className={css.row}>
          <ButtonLink href={`/rankings?make=${modality}`}>{t("usage.rankings")}</ButtonLink>
        </div>
      </section>
      {data?.totals.generations === 0n ? (
        <EmptyState
          title={t("usage.empty")}
          actions={
            <ButtonLink href={characterHref(characterId, modality)}>
              {t(modality === "Chat" ? "manage.open" : "tools.openOne")}
            </ButtonLink>
          }
        >
          <p>{t("usage.emptyText")}</p>
        </EmptyState>
      ) : (
        <>
          <Card>
            {days ? (
              <BarChart
                title={t("usage.chart")}
                bars={bars((day) => day.net)}
                columns={[t("studio.chart.day"), t("studio.chart.net")]}
                format={shown}
              />
            ) : (
              <Skeleton height="15rem" />
            )}
          </Card>
          <Card>
            {days ? (
              <BarChart
                title={t("usage.chartUses")}
                bars={bars((day) => day.uses)}
                columns={[t("studio.chart.day"), t("usage.uses")]}
                format={formatCount}
              />
            ) : (
              <Skeleton height="15rem" />
            )}
          </Card>
        </>
      )}
      <p className={css.note}>{t("usage.passes")}</p>
    </div>
  );
}

function Fact({ label, text, children }: { label: string; text: string; children: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {children}
        <small>{text}</small>
      </dd>
    </div>
  );
}

type Ranking = NonNullable<ReturnType<typeof useUsage>["data"]>["ranking"];

function Rank({ ranking: { rank, previousRank, best } }: { ranking: Ranking }) {
  const t = useT();
  const number = (value: number | null) => (value === null ? UNKNOWN : t("usage.rankNumber", { rank: value }));
  return (
    <Fact
      label={t("usage.rank")}
      text={t("usage.rankText", {
        previous: number(previousRank),
        best: best ? t("usage.rankBest", { rank: best.rank, month: monthText(best.month) }) : UNKNOWN,
      })}
    >
      {rank === null ? t("usage.rankNone") : number(rank)}
    </Fact>
  );
}
