import { useBalance, usePackages } from "@stelai/sdk/react";
import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Address } from "viem";
import { TestMoney } from "../credits/TestMoney.tsx";
import { formatCredits, formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { AllowSheet } from "./AllowSheet.tsx";
import css from "./Plans.module.css";
import { cadenceOf } from "./plans.ts";
import { TopUpOffSheet } from "./TopUpOffSheet.tsx";
import { TopUpSheet } from "./TopUpSheet.tsx";
import { usePlans, useSubscription, useTopUp, useTopUpStatus } from "./usePlans.ts";

const usd = (units: bigint | undefined) => formatUsd(units, { rounding: "up" });

/** Automatic top-up: what was agreed to, how far the window is spent, what is in its way, and off again. */
export function TopUps({ account }: { account: Address }) {
  const t = useT();
  const topUp = useTopUp(account);
  const packages = usePackages({ staleTime: 30_000 });
  const plans = usePlans();
  const subscription = useSubscription(account);
  const [sheet, setSheet] = useState<"set" | "off" | "allow">();
  const close = () => setSheet(undefined);
  const agreed = topUp.data?.agreed;
  const window = topUp.data;
  const renews = subscription.data && plans.data?.find((plan) => plan.planId === subscription.data?.renewalPlanId);
  const words = agreed && {
    threshold: formatCredits(agreed.threshold),
    credits: formatCredits(agreed.credits),
    price: usd(agreed.maxPrice),
    cap: formatUsd(agreed.cap),
  };
  return (
    <>
      <div className={css.head}>
        <h2 id="top-up">{t("topUp.title")}</h2>
        {topUp.data && (
          <Badge tone={agreed ? "live" : "plain"} framed={!agreed}>
            {t(agreed ? "topUp.isOn" : "topUp.isOff")}
          </Badge>
        )}
      </div>
      {topUp.isPending ? (
        <Skeleton height="6rem" />
      ) : !topUp.data ? (
        <p className={css.muted}>{t("topUp.unread")}</p>
      ) : (
        <Card className={css.running}>
          {words && agreed && window ? (
            <>
              <p>
                {t("topUp.agreed", words)} {t("topUp.cap", words)}
              </p>
              {window.windowEnd === null ? (
                <p className={css.muted}>{t("topUp.windowNone")}</p>
              ) : (
                <Window spent={window.spent} cap={agreed.cap} end={window.windowEnd} />
              )}
              <Status account={account} maxPrice={agreed.maxPrice} onAllow={() => setSheet("allow")} />
            </>
          ) : (
            <p>{t("topUp.lead")}</p>
          )}
          <div className={css.actions}>
            <Button disabled={!packages.data} onClick={() => setSheet("set")}>
              {t(agreed ? "topUp.change" : "topUp.setUp")}
            </Button>
            {agreed && (
              <Button variant="quiet" onClick={() => setSheet("off")}>
                {t("topUp.off")}
              </Button>
            )}
          </div>
        </Card>
      )}
      {sheet === "set" && topUp.data && packages.data && (
        <TopUpSheet topUp={topUp.data} packages={packages.data} renewal={renewalOf()} onClose={close} />
      )}
      {sheet === "off" && <TopUpOffSheet onClose={close} />}
      {sheet === "allow" && <AllowSheet renewal={renewalOf()} onClose={close} />}
    </>
  );

  /** What a plan's renewals need of the same allowance. */
  function renewalOf() {
    if (!subscription.data || !renews) return undefined;
    return { mandate: subscription.data.mandate, cadence: cadenceOf(renews) };
  }
}

/** How far the running window is spent. */
function Window({ spent, cap, end }: { spent: bigint; cap: bigint; end: bigint }) {
  const t = useT();
  // After a lower limit was set, more may be spent than it allows.
  const share = cap === 0n || spent >= cap ? 100 : Number((spent * 1000n) / cap) / 10;
  const words = { spent: usd(spent), cap: formatUsd(cap), moment: formatMoment(Number(end)) };
  return (
    <div>
      <p className={css.muted}>{t("topUp.window", words)}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> cannot be styled alike in all browsers */}
      <div
        className={css.track}
        role="meter"
        aria-label={t("topUp.windowMeter")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={t("topUp.window", words)}
      >
        <span style={{ inlineSize: `${share}%` }} />
      </div>
    </div>
  );
}

/** What a top-up would do now, and the button that mends what is in its way. */
function Status({ account, maxPrice, onAllow }: { account: Address; maxPrice: bigint; onAllow: () => void }) {
  const t = useT();
  const { data } = useTopUpStatus(account);
  const balance = useBalance(account);
  const subscription = useSubscription(account);
  const topUp = useTopUp(account);
  if (!data || data.status === "NotAgreed") return null;
  const { status, order } = data;
  const end = topUp.data?.windowEnd;
  const text = t(`topUp.status.${status}`, {
    price: usd(order?.price),
    maxPrice: usd(maxPrice),
    balance: formatUsd(balance.data?.reserve, { rounding: "down" }),
    allowance: formatUsd(subscription.data?.allowance, { rounding: "down" }),
    moment: end ? formatMoment(Number(end)) : "",
  });
  if (status === "Due" || status === "BalanceEnough") return <p className={css.muted}>{text}</p>;
  const mends: Partial<Record<typeof status, ReactNode>> = {
    AllowanceTooLow: (
      <Button size="small" onClick={onAllow}>
        {t("plan.mend.allow")}
      </Button>
    ),
    BalanceTooLow: <TestMoney />,
  };
  return (
    <div className={css.notice} role="status">
      <Icon of={TriangleAlert} size={16} />
      <p>{text}</p>
      {mends[status]}
    </div>
  );
}
