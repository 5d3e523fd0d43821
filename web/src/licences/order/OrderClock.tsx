import { Hourglass } from "lucide-react";
import { useT } from "../../i18n/react.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { type Clock, formatLeft } from "../clock.ts";
import { momentText } from "../useWords.ts";
import css from "./Order.module.css";

/** What time does to an order, when, and what that means if nobody acts. */
export function OrderClock({ clock, price, bond }: { clock: Clock; price: string; bond: string }) {
  const t = useT();
  const { status, isDue, left, deadline } = clock;
  const values = { price, bond, left: formatLeft(left) };
  return (
    <div className={css.clock}>
      <p className={css.clockWords}>
        <Icon of={Hourglass} size={18} />
        <span>{isDue ? t(`order.due.${status}`, values) : t(`order.clock.${status}`, values)}</span>
      </p>
      <p className={css.muted}>
        {isDue
          ? t("order.due.anyone")
          : `${t("order.clock.at", { at: momentText(deadline) })} ${t(`order.nobody.${status}`, values)}`}
      </p>
    </div>
  );
}
