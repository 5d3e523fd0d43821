import type { CreditPlan } from "@stelai/sdk";
import { formatCredits, formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { allowanceAfter, neededForYear, neededNext } from "./allowance.ts";
import { PlanSheet } from "./PlanSheet.tsx";
import { type Cycle, cadenceOf, standingOf } from "./plans.ts";
import { useAgreed } from "./useAgreed.ts";
import { usePlanName } from "./usePlanNames.ts";

export interface RenewalSheetProps {
  /** `follow`: the next cycle is that plan; `resume`: it renews again; `accept`: at another price. */
  kind: "follow" | "resume" | "accept";
  plan: CreditPlan;
  cycle: Cycle;
  onClose: () => void;
}

/** Agrees to what the next cycle is, and the most it may cost. Drawn only while open. */
export function RenewalSheet({ kind, plan, cycle, onClose }: RenewalSheetProps) {
  const t = useT();
  const now = useChainNow();
  const nameOf = usePlanName();
  const { agreed, isError } = useAgreed();
  const { planId, price } = plan;
  // Past its end a renewal is due at once.
  const isDue = standingOf(cycle, now) !== "running";
  const needs = { mandate: price, cadence: cadenceOf(plan), cap: agreed?.cap ?? 0n };
  const after = agreed && allowanceAfter(agreed.allowance, { enough: neededNext(needs), wanted: neededForYear(needs) });
  const name = nameOf(plan);
  const words = {
    ...{ plan: name, price: formatUsd(price, { rounding: "up" }), credits: formatCredits(plan.credits) },
    ...{ before: formatUsd(cycle.mandate), cadence: cadenceOf(plan), end: formatMoment(Number(cycle.end)) },
  };
  return (
    <PlanSheet
      onClose={onClose}
      title={t(`plan.sheet.${kind}.title`, words)}
      action={t(`plan.sheet.${kind}.action`, words)}
      pays={0n}
      allowance={agreed && after !== undefined ? { before: agreed.allowance, after } : undefined}
      intent={{ id: "plan.intent.renewal" }}
      send={(stelai, onStep) => stelai.plans.setRenewal({ planId, mandate: price, allowance: after, onStep })}
      hold={isError ? <p>{t("plan.sheet.unread")}</p> : undefined}
      terms={{
        get: t(`plan.sheet.${kind}.get`, words),
        atMost: t(isDue ? "plan.sheet.renewal.atMostDue" : "plan.sheet.renewal.atMost", words),
        until: t("plan.sheet.renewal.until"),
        undo: t(isDue ? "plan.sheet.renewal.undoDue" : "plan.sheet.renewal.undo"),
      }}
    />
  );
}
