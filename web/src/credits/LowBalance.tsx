import { TriangleAlert } from "lucide-react";
import { formatCredits } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import css from "./Credits.module.css";

export interface LowBalanceProps {
  /** Paid credits and bonus together, in wei of STELAI. */
  left: bigint;
  /** Whether more is bought by itself. */
  hasTopUp: boolean;
}

/** That little is left, and what to do about it. */
export function LowBalance({ left, hasTopUp }: LowBalanceProps) {
  const t = useT();
  return (
    <div className={css.notice} role="status">
      <Icon of={TriangleAlert} size={16} />
      <p>
        {t("credits.low", { balance: formatCredits(left, { rounding: "down" }) })} {!hasTopUp && t("credits.lowHint")}
      </p>
      {!hasTopUp && <ButtonLink href="#top-up">{t("credits.lowTopUp")}</ButtonLink>}
    </div>
  );
}
