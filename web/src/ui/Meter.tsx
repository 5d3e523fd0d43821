import type { ReactNode } from "react";
import { formatCredits } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { type AmountValue, inWei } from "./Amount.tsx";
import css from "./Meter.module.css";

export interface MeterProps {
  label: string;
  /** Spent for good. */
  used: AmountValue;
  /** Set aside for what is running now. */
  held: AmountValue;
  /** The most that can ever be spent. */
  cap: AmountValue;
  /** At the right, in place of what is left. */
  note?: ReactNode;
}

/** Share of `cap` in thousandths; exact integers, so that no float decides. */
function share(part: bigint, cap: bigint): number {
  return cap === 0n ? 0 : Number((part * 1000n) / cap) / 10;
}

/** One line that tells how far a tab is spent: used in ink, held in ochre. */
export function Meter({ label, used, held, cap, note }: MeterProps) {
  const t = useT();
  const [spent, reserved, most] = [inWei(used), inWei(held), inWei(cap)];
  const known = spent !== undefined && reserved !== undefined && most !== undefined;
  const left = known ? most - spent - reserved : undefined;
  return (
    <div className={css.meter}>
      <div className={css.words}>
        <span>
          {t("ui.meter.used", { label, used: formatCredits(spent, { rounding: "up" }), cap: formatCredits(most) })}
          {reserved !== undefined && reserved > 0n && (
            <span className={css.held}>
              {" "}
              {t("ui.meter.held", { held: formatCredits(reserved, { rounding: "up" }) })}
            </span>
          )}
        </span>
        <span>{note ?? t("ui.meter.left", { left: formatCredits(left, { rounding: "down" }) })}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> has one value, this has two */}
      <div
        className={css.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? share(spent, most) : 0}
        aria-valuetext={t("ui.meter.used", { label, used: formatCredits(spent), cap: formatCredits(most) })}
      >
        {known && (
          <>
            <span className={css.used} style={{ inlineSize: `${share(spent, most)}%` }} />
            <span className={css.reserved} style={{ inlineSize: `${share(reserved, most)}%` }} />
          </>
        )}
      </div>
    </div>
  );
}
