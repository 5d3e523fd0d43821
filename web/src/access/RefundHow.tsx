import type { Pass } from "@stelai/sdk";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatUtcDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import css from "./Access.module.css";
import { refundLines } from "./refundLines.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "down" });

/** How a refund comes about, unfolded on demand: each period that was paid for, by its days. */
export function RefundHow({
  periods,
  refund,
  suspended,
  now,
}: {
  /** Undefined while the index has not told. */
  periods: Pass["periods"] | undefined;
  /** What the chain says comes back, in microcredits. */
  refund: bigint | undefined;
  suspended: boolean;
  now: bigint;
}) {
  const t = useT();
  const lines = periods && refund !== undefined ? refundLines(periods, { refund, suspended, now }) : [];
  return (
    <details className={css.how}>
      <summary>{t("cancel.how")}</summary>
      {lines.map(({ kind, plan, price, until, start, begun, days, rate, back }) => (
        <p key={String(until)}>
          {t(`cancel.how.${kind}`, {
            ...{ plan: t(`pass.plan.${plan}`), price: credits(price), from: formatUtcDay(Number(start)) },
            ...{ begun: Number(begun), left: Number(days - begun), days: Number(days) },
            ...{ rate: credits(rate), back: credits(back), used: credits(price - back) },
          })}
        </p>
      ))}
      <p>{t("cancel.how.rule")}</p>
      {(lines.length === 0 || lines.some(({ plan }) => plan === "Annual")) && <p>{t("cancel.how.year")}</p>}
    </details>
  );
}
