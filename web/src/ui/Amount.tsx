import { decimal } from "../format/decimal.ts";
import { formatCredits, formatUsd, type Rounding, UNKNOWN, WEI_PER_MICROCREDIT, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import css from "./Amount.module.css";
import { type CreditRate, useCreditRate } from "./CreditRate.ts";

/** In wei of STELAI, or in microcredits; undefined is shown as a dash. */
export type AmountValue = { wei: bigint | undefined } | { micro: bigint | undefined };

export type AmountProps = AmountValue & {
  /** Dollars beside it. Default: yes. */
  usd?: boolean;
  /** The word "credits". Default: yes. */
  word?: boolean;
  rounding?: Rounding;
  /** Dollars at what a credit costs, or at what it is redeemed for. Default: `price`. */
  at?: keyof CreditRate;
};

/** The amount in wei of STELAI. */
export function inWei(value: AmountValue): bigint | undefined {
  if ("wei" in value) return value.wei;
  return value.micro === undefined ? undefined : value.micro * WEI_PER_MICROCREDIT;
}

/** Credits with dollars beside: `12.4 credits · $0.12` (UX 1.3). The exact number is in its tooltip. */
export function Amount({ usd = true, word = true, rounding = "nearest", at = "price", ...value }: AmountProps) {
  const t = useT();
  const rate = useCreditRate()[at];
  const wei = inWei(value);
  const shown = formatCredits(wei, { rounding });
  const exact = wei === undefined ? undefined : decimal(wei, 18).replace(/\.?0+$/, "");
  return (
    <span className={css.amount} title={exact}>
      {word && shown !== UNKNOWN ? t("ui.credits", { amount: shown, count: shown === "1" ? 1 : 2 }) : shown}
      {usd && <span className={css.usd}> · {formatUsd(worth(wei, rate), { rounding })}</span>}
    </span>
  );
}
