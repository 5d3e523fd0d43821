import "../rankings/words.ts";
import { MODALITIES, type Modality } from "@stelai/sdk";
import { useRanking } from "@stelai/sdk/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { Page } from "../app/Page.tsx";
import { monthText } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { monthAt, monthAway, monthFrom, monthsListed } from "../rankings/months.ts";
import css from "../rankings/Rankings.module.css";
import { formatUtcMoment, Rules } from "../rankings/Rules.tsx";
import { Standings } from "../rankings/Standings.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { Select } from "../ui/Select.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Tabs } from "../ui/Tabs.tsx";

/** In the order of the tabs: tools first, then those one talks to. */
const ORDER: readonly Modality[] = [...MODALITIES.filter((one) => one !== "Chat"), "Chat"];

/** The competition of a month: who was paid for most, by what they make. */
export default function RankingsPage() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const current = monthAt(useChainNow());
  const modality = ORDER.find((one) => one === params.get("make")) ?? "Image";
  const month = monthFrom(params.get("month"), current);
  const set = (name: "make" | "month", value: string) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      next.set(name, value);
      return next;
    });
  return (
    <Page title={t("rankings.title")} lead={t("rankings.lead")}>
      <div className={css.page}>
        <div className={css.months}>
          <IconButton
            label={t("rankings.earlier")}
            icon={ChevronLeft}
            variant="secondary"
            onClick={() => set("month", monthAway(month, -1))}
          />
          <Select
            label={t("rankings.month")}
            value={month}
            options={monthsListed(current, month).map((value) => ({ value, label: monthText(value) }))}
            onChange={(event) => set("month", event.target.value)}
          />
          <IconButton
            label={t("rankings.later")}
            icon={ChevronRight}
            variant="secondary"
            disabled={month >= current}
            onClick={() => set("month", monthAway(month, 1))}
          />
        </div>
        <Tabs
          label={t("rankings.modalities")}
          value={modality}
          onChange={(make) => set("make", make)}
          tabs={ORDER.map((id) => ({
            id,
            label: t(`rankings.modality.${id}`),
            content: <Month key={`${id} ${month}`} modality={id} month={month} isCurrent={month === current} />,
          }))}
        />
      </div>
    </Page>
  );
}

/** How many are shown at first, and at most. */
const FIRST = 20;
const MOST = 100;

function Month({ modality, month, isCurrent }: { modality: Modality; month: string; isCurrent: boolean }) {
  const t = useT();
  const [limit, setLimit] = useState(FIRST);
  const { data, error, refetch } = useRanking({ modality, month, limit }, isCurrent ? { refetchInterval: 15_000 } : {});
  if (error && !data) {
    return (
      <ErrorState
        what={t("rankings.indexDown")}
        money="notInvolved"
        technical={explain(error).technical ?? error.message}
        actions={<Button onClick={() => void refetch()}>{t("rankings.again")}</Button>}
      >
        {t("rankings.indexDownText")}
      </ErrorState>
    );
  }
  if (!data) return <Skeleton height="20rem" />;
  const named = monthText(month);
  return (
    <div className={css.month}>
      <p className={css.note}>
        {data.provisional ? t("rankings.provisional", { end: formatUtcMoment(data.rules.to) }) : t("rankings.final")}
      </p>
      {data.entries.length > 0 ? (
        <Standings
          modality={modality}
          entries={data.entries}
          caption={t(`rankings.caption.${modality}`, { month: named })}
          before={monthText(monthAway(month, -1))}
        />
      ) : isCurrent ? (
        <EmptyState
          title={t("rankings.empty")}
          actions={
            <ButtonLink href={`/publish?make=${modality}`} variant="primary">
              {t("rankings.publish")}
            </ButtonLink>
          }
        >
          {t(`rankings.emptyText.${modality}`)}
        </EmptyState>
      ) : (
        <EmptyState title={t("rankings.emptyPast", { month: named })}>{t("rankings.emptyPastText")}</EmptyState>
      )}
      {data.entries.length === limit && limit < MOST && (
        <div>
          <Button onClick={() => setLimit(MOST)}>{t("rankings.more")}</Button>
        </div>
      )}
      <Rules rules={data.rules} />
    </div>
  );
}
