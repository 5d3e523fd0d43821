import type { CreditPlan, Subscription } from "@stelai/sdk";
import { TriangleAlert } from "lucide-react";
import { TestMoney } from "../credits/TestMoney.tsx";
import { formatUsd, UNKNOWN } from "../format/money.ts";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./Plans.module.css";
import type { PlanAct } from "./planAct.ts";
import { GRACE, standingOf } from "./plans.ts";
import { mendOf, type PlanMend, type PlanProblem } from "./renewal.ts";
import { usePlanName } from "./usePlanNames.ts";

const day = (seconds: bigint) => formatDay(Number(seconds));
const usd = (units: bigint | undefined) => formatUsd(units, { rounding: "up" });

export interface MyPlanProps {
  cycle: Subscription;
  plans: readonly CreditPlan[];
  onAct: (act: PlanAct) => void;
}

/** The plan that runs or waits for its renewal: what comes next, why it would fail, and every way out. */
export function MyPlan({ cycle, plans, onAct }: MyPlanProps) {
  const t = useT();
  const nameOf = usePlanName();
  const now = useChainNow();
  const standing = standingOf(cycle, now);
  const runs = plans.find(({ planId }) => planId === cycle.planId);
  const next = plans.find(({ planId }) => planId === cycle.renewalPlanId);
  if (standing === "none" || !runs) return null;
  if (standing === "ended") return <p className={css.muted}>{t("plan.ended", { day: day(cycle.end) })}</p>;
  const { problem } = cycle;
  const words = {
    plan: nameOf(runs),
    day: day(cycle.end),
    price: usd(cycle.renewalPrice),
    mandate: usd(cycle.mandate),
  };
  return (
    <Card className={css.running}>
      <div className={css.head}>
        <h3>{t(standing === "grace" ? "plan.grace" : "plan.running", words)}</h3>
        <Badge tone={standing === "running" && !problem ? "live" : "held"}>{t("plan.isCurrent")}</Badge>
      </div>
      {standing === "grace" && <p>{t("plan.graceText", { day: day(cycle.end + GRACE) })}</p>}
      {cycle.mandate === 0n ? (
        <p>{t("plan.ends", words)}</p>
      ) : (
        standing === "running" && (
          <p>
            {t(next && next.planId !== runs.planId ? "plan.renewsAs" : "plan.renews", {
              ...words,
              plan: next ? nameOf(next) : UNKNOWN,
            })}
          </p>
        )
      )}
      {problem && <Why problem={problem} cycle={cycle} onAct={onAct} />}
      {standing === "grace" && !problem && <p className={css.muted}>{t("plan.graceDue")}</p>}
      <div className={css.actions}>
        {standing === "grace" && !problem && (
          <Button variant="primary" onClick={() => onAct({ do: "renew" })}>
            {t("plan.renewNow", words)}
          </Button>
        )}
        {cycle.mandate > 0n ? (
          <Button onClick={() => onAct({ do: "cancel" })}>{t("plan.cancel")}</Button>
        ) : cycle.renewalPrice > 0n ? (
          <Button onClick={() => onAct({ do: "resume", planId: cycle.renewalPlanId })}>{t("plan.resume")}</Button>
        ) : (
          <Link href="#plan-list">{t("plan.mend.choose")}</Link>
        )}
      </div>
    </Card>
  );
}

interface WhyProps {
  problem: PlanProblem;
  cycle: Subscription;
  onAct: (act: PlanAct) => void;
}

/** Why the next renewal would fail, and the button that mends it. */
function Why({ problem, cycle, onAct }: WhyProps) {
  const t = useT();
  const { renewalPrice: price, balance, allowance } = cycle;
  const missing = price > balance ? price - balance : 0n;
  const words = {
    price: usd(price),
    mandate: usd(cycle.mandate),
    balance: formatUsd(balance, { rounding: "down" }),
    allowance: formatUsd(allowance, { rounding: "down" }),
    missing: usd(missing),
  };
  const planId = cycle.renewalPlanId;
  const acts: Partial<Record<PlanMend, PlanAct>> = {
    subscribe: { do: "subscribe", planId },
    accept: { do: "accept", planId },
    allow: { do: "allow" },
  };
  const mend = mendOf(problem);
  const act = mend && acts[mend];
  return (
    <div className={css.notice} role="status">
      <Icon of={TriangleAlert} size={16} />
      <p>{t(`plan.why.${problem}`, words)}</p>
      {mend === "choose" ? (
        <Link href="#plan-list">{t("plan.mend.choose")}</Link>
      ) : mend === "fund" ? (
        <Fund missing={usd(missing)} />
      ) : (
        act && (
          <Button size="small" onClick={() => onAct(act)}>
            {t(`plan.mend.${mend}`, words)}
          </Button>
        )
      )}
    </div>
  );
}

/** Where USDC has to go; on a local chain, the button that brings it. */
function Fund({ missing }: { missing: string }) {
  const t = useT();
  return (
    <div>
      <p className={css.muted}>{t("plan.mend.fund", { missing })}</p>
      <TestMoney />
    </div>
  );
}
