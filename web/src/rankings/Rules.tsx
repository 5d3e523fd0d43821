import type { GetRankingReturnType } from "@stelai/sdk";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import css from "./Rankings.module.css";

/** A moment as day and time in UTC, as the months of the rankings are counted. */
export function formatUtcMoment(seconds: bigint, locale = "en"): string {
  const options = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, options).format(Number(seconds) * 1_000);
}

const shown = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT);

/** How a month was counted, in words, with the numbers that the index counted by. */
export function Rules({ rules }: { rules: GetRankingReturnType["rules"] }) {
  const t = useT();
  const { from, to, payerCap, ownPeople, tieBreak } = rules;
  return (
    <section className={css.rules} aria-labelledby="rules">
      <h2 id="rules">{t("rankings.rules")}</h2>
      <ul>
        <li>{t("rankings.rule.what", { from: formatUtcMoment(from), to: formatUtcMoment(to) })}</li>
        <li>{t("rankings.rule.cap", { cap: shown(payerCap) })}</li>
        <li>{t("rankings.rule.own", { amount: shown(ownPeople) })}</li>
        {tieBreak.map((each) => (
          <li key={each}>{t(`rankings.rule.${each}`)}</li>
        ))}
        <li>{t("rankings.rule.public")}</li>
        <li>{t("rankings.rule.limits")}</li>
      </ul>
    </section>
  );
}
