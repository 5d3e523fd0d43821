import { formatUsd, worth } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import css from "./Amount.module.css";
import { type AmountValue, inWei } from "./Amount.tsx";
import { useCreditRate } from "./CreditRate.ts";

/** What an earning is redeemed for: "$0.80 at the floor of $0.008 a credit". Rounded down. */
export function AtFloor(value: AmountValue) {
  const t = useT();
  const { floor } = useCreditRate();
  const usd = formatUsd(worth(inWei(value), floor), { rounding: "down" });
  return <span className={css.usd}>{t("ui.atFloor", { usd, rate: formatUsd(floor) })}</span>;
}

/** The same in a table, whose words say the rate once ({@link FloorRate}): dollars alone. */
export function UsdAtFloor(value: AmountValue) {
  const { floor } = useCreditRate();
  return <span className={css.usd}>{formatUsd(worth(inWei(value), floor), { rounding: "down" })}</span>;
}

/** The rate at which a table's dollars are told. */
export function FloorRate() {
  const t = useT();
  const { floor } = useCreditRate();
  return t("ui.floorRate", { rate: formatUsd(floor) });
}
