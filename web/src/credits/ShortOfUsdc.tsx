import "./buyingWords.ts";
import { formatUsd } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import css from "./BuySheet.module.css";
import { TestMoney } from "./TestMoney.tsx";

/** How much USDC is missing, in reserve units; what waits for it goes on by itself. */
export function ShortOfUsdc({ balance, needed }: { balance: bigint; needed: bigint }) {
  const t = useT();
  return (
    <div className={css.short}>
      <p role="status">
        {t("credits.buy.short", {
          balance: formatUsd(balance, { rounding: "down" }),
          needed: formatUsd(needed, { rounding: "up" }),
          missing: formatUsd(needed - balance, { rounding: "up" }),
        })}
      </p>
      <TestMoney />
    </div>
  );
}
