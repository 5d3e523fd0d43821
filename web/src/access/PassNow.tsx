import { Gift } from "lucide-react";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import css from "./AccessPanel.module.css";
import type { AccessAct } from "./AccessSheets.tsx";
import { otherPlan, plansOf, type Sold } from "./plans.ts";
import { RenewalNotice } from "./RenewalNotice.tsx";
import type { MyAccess } from "./useMyAccess.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

/** What the account has now, and every way on or out, one level deep (UX 1.8). */
export function PassNow({
  sold,
  mine,
  gifted = false,
  plain = false,
  onAct,
}: {
  sold: Sold;
  mine: MyAccess;
  /** Whether somebody else paid for some of it. */
  gifted?: boolean;
  /** Without a frame of its own. */
  plain?: boolean;
  onAct: (act: AccessAct) => void;
}) {
  const t = useT();
  const { access, renewal } = mine;
  if (!access || (!access.active && access.until === 0n)) return null;
  if (access.lifetime) {
    return (
      <div className={plain ? css.plain : css.now}>
        <p>
          <Badge tone="live">{t("access.lifetime")}</Badge>
        </p>
        {access.refundable > 0n && (
          <>
            <p className={css.muted}>{t("access.stillRefundable", { refund: credits(access.refundable) })}</p>
            <Button size="small" onClick={() => onAct({ do: "cancel" })}>
              {t("access.getBack")}
            </Button>
          </>
        )}
      </div>
    );
  }
  const until = formatMoment(Number(access.until));
  const { renewalPlan, mandate } = access;
  const plans = plansOf(sold.terms);
  const other = otherPlan(renewalPlan);
  return (
    <div className={plain ? css.plain : css.now}>
      <p className={css.state}>
        <Badge tone={access.active ? "live" : "lost"}>
          {t(access.active ? "access.until" : "access.ended", { until })}
        </Badge>
        {gifted && <Badge icon={Gift}>{t("access.gift")}</Badge>}
      </p>
      {access.active && (
        <p className={css.muted}>
          {mandate > 0n
            ? t("access.renews", { at: until, price: credits(renewal?.price ?? mandate), mandate: credits(mandate) })
            : t("access.endsThen")}
        </p>
      )}
      {renewal && <RenewalNotice sold={sold} access={access} renewal={renewal} onAct={onAct} />}
      {access.active && (
        <div className={css.buttons}>
          {plans.includes(other) && mandate > 0n && (
            <Button size="small" onClick={() => onAct({ do: "switch", plan: other })}>
              {t(`access.switch.${other}`)}
            </Button>
          )}
          {mandate > 0n ? (
            <Button size="small" onClick={() => onAct({ do: "end" })}>
              {t("access.end")}
            </Button>
          ) : (
            plans.includes(renewalPlan) && (
              <Button size="small" onClick={() => onAct({ do: "renew", plan: renewalPlan })}>
                {t("access.renewAgain")}
              </Button>
            )
          )}
          <Button size="small" onClick={() => onAct({ do: "cancel" })}>
            {t("access.cancel", {
              refund: formatCredits(access.refundable * WEI_PER_MICROCREDIT, { rounding: "down" }),
            })}
          </Button>
        </div>
      )}
    </div>
  );
}
