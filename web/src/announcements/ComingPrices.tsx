import "./words.ts";
import { usePackages } from "@stelai/sdk/react";
import { CalendarClock } from "lucide-react";
import { exactUsd } from "../format/exactUsd.ts";
import { formatCredits, WEI_PER_CREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { cadenceOf } from "../plans/plans.ts";
import { usePlans } from "../plans/usePlans.ts";
import { Icon } from "../ui/Icon.tsx";
import css from "./Announcements.module.css";
import { type BuyersChange, forBuyers, upcoming } from "./changes.ts";
import { type Announced, useAnnouncements } from "./useAnnouncements.ts";

/** Prices that were announced and do not hold yet: from when, and what they become. Nothing where none are. */
export function ComingPrices() {
  const { data: announcements } = useAnnouncements();
  const packages = usePackages({ refetchInterval: 15_000 });
  const plans = usePlans();
  // Said beside the prices of now; where the index or the chain does not tell, those alone stand, and they hold.
  if (!announcements || !packages.data || !plans.data) return null;
  const standing = { packages: packages.data, plans: plans.data };
  const coming = upcoming(announcements)
    .map((of) => ({ of, changes: forBuyers(of.call, standing) }))
    .filter(({ changes }) => changes.length > 0);
  if (coming.length === 0) return null;
  return (
    <div className={css.coming}>
      {coming.map(({ of, changes }) => (
        <Coming key={`${of.operationId} ${of.scheduledAt}`} of={of} changes={changes} />
      ))}
    </div>
  );
}

function Coming({ of, changes }: { of: Announced; changes: readonly BuyersChange[] }) {
  const t = useT();
  return (
    <div className={css.one}>
      <Icon of={CalendarClock} size={18} />
      <div>
        <p>
          {of.state === "waiting"
            ? t("announcements.from", { when: formatMoment(Number(of.readyAt)) })
            : t("announcements.due", { until: formatMoment(Number(of.expiresAt)) })}
        </p>
        <ul className={css.changes}>
          {changes.map((change) => (
            <li key={`${change.credits} ${change.period} ${change.after}`}>
              <ChangeLine of={change} />
            </li>
          ))}
        </ul>
        <p className={css.muted}>{t("announcements.until")}</p>
      </div>
    </div>
  );
}

function ChangeLine({ of: { credits, before, after, period } }: { of: BuyersChange }) {
  const t = useT();
  const cycle = period !== undefined && cadenceOf({ period });
  const kind = cycle || (credits === WEI_PER_CREDIT ? "single" : "package");
  const what = t(`announcements.${kind}`, { credits: formatCredits(credits) });
  if (before === undefined) return t("announcements.begins", { what, price: exactUsd(after ?? 0n) });
  if (after === undefined) return t("announcements.ends", { what, price: exactUsd(before) });
  return t("announcements.changes", { what, before: exactUsd(before), after: exactUsd(after) });
}
