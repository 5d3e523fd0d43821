import { formatCredits } from "../format/money.ts";
import { formatUtcDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { AtFloor } from "../ui/AtFloor.tsx";
import { BarChart } from "../ui/BarChart.tsx";
import { lastDays } from "./earnings.ts";
import type { CreatorStatement } from "./useCreatorIndex.ts";

const DAYS = 30;
const DAY_SECONDS = 86_400;

/** What was earned on each of the last thirty days, net. @param now Unix seconds of the chain. */
export function EarningsChart({ days, now }: { days: CreatorStatement["days"]; now: bigint }) {
  const t = useT();
  const today = Math.floor(Number(now) / DAY_SECONDS);
  const bars = lastDays(days, today, DAYS).map(({ day, net }) => ({
    label: formatUtcDay(day * DAY_SECONDS),
    value: net,
  }));
  const total = bars.reduce((sum, { value }) => sum + value, 0n);
  return (
    <>
      <BarChart
        title={t("studio.chart")}
        bars={bars}
        columns={[t("studio.chart.day"), t("studio.chart.net")]}
        format={(value) => formatCredits(value, { rounding: "down" })}
      />
      <p>
        {t("studio.chart.total", { amount: formatCredits(total, { rounding: "down" }) })} <AtFloor wei={total} />
      </p>
    </>
  );
}
