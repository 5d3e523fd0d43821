import { WHOLE_BPS } from "@stelai/sdk";
import { LICENCES } from "@stelai/sdk/licences";
import { Check, X } from "lucide-react";
import { useId } from "react";
import { formatCredits, formatUsd, WEI_PER_MICROCREDIT, worth } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { AtFloor } from "../../ui/AtFloor.tsx";
import { Card } from "../../ui/Card.tsx";
import { useCreditRate } from "../../ui/CreditRate.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Input } from "../../ui/Input.tsx";
import { Select } from "../../ui/Select.tsx";
import { DURATIONS, type DurationId } from "../draft.ts";
import { saleOf } from "../money.ts";
import { offerPrice } from "../problems.ts";
import css from "../Selling.module.css";
import type { TierProps } from "./Step.tsx";

export interface EarningProps {
  /** Ten-thousandths; undefined while not known. */
  commissionBps: number | undefined;
  parentsBps: number;
  /** The seller's share of what is left; undefined while it cannot be read. */
  mineBps: number | undefined;
}

const DURATION_IDS = Object.keys(DURATIONS) as DurationId[];
const DURATION_WORDS = { forever: "sell.forever", month: "sell.month", year: "sell.year" } as const;

/** One tier: whether it is offered, for what, and what it allows. */
export function TierCard({ tier, value, onChange, problem, ...earning }: TierProps & EarningProps) {
  const t = useT();
  const id = useId();
  const { title, may, mayNot } = LICENCES[tier];
  return (
    <Card className={css.tier}>
      <label className={css.tierHead} htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={value.isOn}
          onChange={(event) => onChange({ isOn: event.target.checked })}
        />
        {t(`sell.tier.${tier}`)}
      </label>
      <p className={css.note}>{t(`sell.tierText.${tier}`)}</p>
      {value.isOn && <TierFields {...{ tier, value, onChange, problem }} {...earning} />}
      <details className={css.allows}>
        <summary>{t("sell.allows", { title })}</summary>
        <ul>
          {may.map((words) => (
            <li key={words}>
              <Icon of={Check} size={14} /> {words}
            </li>
          ))}
          {mayNot.map((words) => (
            <li key={words} className={css.not}>
              <Icon of={X} size={14} /> {t("sell.not", { what: words })}
            </li>
          ))}
        </ul>
      </details>
    </Card>
  );
}

/** Price, how many and for how long, and what of it is left for the seller. */
export function TierFields({ tier, value, onChange, problem, ...earning }: TierProps & EarningProps) {
  const t = useT();
  const { price: rate } = useCreditRate();
  const price = offerPrice(value.price);
  const usd = typeof price === "bigint" ? worth(price * WEI_PER_MICROCREDIT, rate) : undefined;
  return (
    <>
      <Input
        label={t("sell.price", { tier: t(`sell.tier.${tier}`) })}
        hint={usd === undefined ? t("sell.priceHint") : t("sell.usd", { usd: formatUsd(usd) })}
        inputMode="decimal"
        autoComplete="off"
        value={value.price}
        error={problem(`price${tier}`)}
        onChange={(event) => onChange({ price: event.target.value })}
      />
      <Earned price={price} {...earning} />
      <Select
        label={t("sell.duration")}
        hint={t("sell.durationHint")}
        value={value.duration}
        options={DURATION_IDS.map((each) => ({ value: each, label: t(DURATION_WORDS[each]) }))}
        onChange={(event) => {
          const duration = DURATION_IDS.find((each) => each === event.target.value);
          if (duration) onChange({ duration });
        }}
      />
      {tier === "Exclusive" ? (
        <p className={css.note}>{t("sell.one")}</p>
      ) : (
        <Input
          label={t("sell.supply")}
          hint={t("sell.supplyHint")}
          optional
          inputMode="numeric"
          autoComplete="off"
          value={value.supply}
          error={problem(`supply${tier}`)}
          onChange={(event) => onChange({ supply: event.target.value })}
        />
      )}
    </>
  );
}

/** "They pay 120, you get 108", with where the rest goes. */
export function Earned({
  price,
  commissionBps,
  parentsBps,
  mineBps,
}: EarningProps & { price: ReturnType<typeof offerPrice> }) {
  const t = useT();
  if (typeof price === "string") return <p className={css.earned}>{t("sell.earnNothing")}</p>;
  if (commissionBps === undefined || mineBps === undefined)
    return <p className={css.earned}>{t("sell.earnUnknown")}</p>;
  const { paid, commission, parents, others, kept } = saleOf(price, commissionBps, parentsBps, mineBps);
  const credits = (wei: bigint) => formatCredits(wei, { rounding: "down" });
  return (
    <div className={css.earned}>
      <strong>{t("sell.earn", { paid: credits(paid), kept: credits(kept) })}</strong>
      <AtFloor wei={kept} />
      <span className={css.note}>
        {t("sell.lessCommission", { amount: credits(commission), percent: String(commissionBps / 100) })}
        {parentsBps > 0 && ` ${t("sell.lessParents", { amount: credits(parents) })}`}
        {mineBps < WHOLE_BPS && ` ${t("sell.lessOthers", { amount: credits(others) })}`}
      </span>
    </div>
  );
}
