import { useModels } from "@stelai/sdk/react";
import { typicalCost } from "../explore/price.ts";
import { formatCount, formatCredits, formatUsd, WEI_PER_CREDIT, WEI_PER_MICROCREDIT, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { useCreditRate } from "../ui/CreditRate.ts";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Credits.module.css";
import { middle } from "./typical.ts";

const THOUSAND = 1_000n * WEI_PER_CREDIT;

/** What 1,000 credits do, by what this operator's characters ask now. */
export function WhatCreditsDo() {
  const t = useT();
  const { floor } = useCreditRate();
  const models = useModels({ staleTime: 60_000 });
  const costs = models.data?.filter(({ stelai }) => stelai.modality === "Chat" && !stelai.suspended).map(typicalCost);
  const price = costs && middle(costs.filter((cost) => cost > 0n));
  return (
    <section className={css.section} aria-labelledby="does">
      <h2 id="does">{t("credits.what", { credits: formatCredits(THOUSAND) })}</h2>
      <ul className={css.does}>
        {price !== undefined && (
          <li>
            {t("credits.does.chat", {
              count: formatCount(THOUSAND / (price * WEI_PER_MICROCREDIT)),
              price: formatCredits(price * WEI_PER_MICROCREDIT, { rounding: "up" }),
            })}
          </li>
        )}
        {models.isPending && (
          <li>
            <Skeleton width="min(100%, 24rem)" height="1lh" />
          </li>
        )}
        <li>{t("credits.does.free")}</li>
        <li>
          {t("credits.does.back", {
            usd: formatUsd(worth(THOUSAND, floor), { rounding: "down" }),
            floor: formatUsd(floor),
          })}
        </li>
      </ul>
    </section>
  );
}
