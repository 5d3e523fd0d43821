import type { CreditPlan } from "@stelai/sdk";
import { formatCredits, formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { allowanceAfter, neededForYear } from "./allowance.ts";
import { PlanSheet } from "./PlanSheet.tsx";
import { type Cycle, cadenceOf } from "./plans.ts";
import { useAgreed } from "./useAgreed.ts";
import { usePlanName } from "./usePlanNames.ts";
import { useUpgradePrice } from "./useUpgradePrice.ts";

/** Turns the running cycle into one of a larger plan: the exact difference, the same end. Drawn only while open. */
export function UpgradeSheet({ plan, cycle, onClose }: { plan: CreditPlan; cycle: Cycle; onClose: () => void }) {
  const t = useT();
  const nameOf = usePlanName();
  const { agreed, isError } = useAgreed();
  const { planId } = plan;
  const quote = useUpgradePrice(planId);
  const renews = cycle.mandate > 0n;
  const mandate = renews ? plan.price : 0n;
  const wanted = (quote?.price ?? 0n) + neededForYear({ mandate, cadence: cadenceOf(plan), cap: agreed?.cap ?? 0n });
  const after = agreed && allowanceAfter(agreed.allowance, { enough: wanted, wanted });
  const name = nameOf(plan);
  const words = {
    ...{ plan: name, price: formatUsd(quote?.price, { rounding: "up" }), credits: formatCredits(quote?.credits) },
    ...{ renewal: formatUsd(plan.price, { rounding: "up" }), cadence: cadenceOf(plan) },
    end: formatMoment(Number(cycle.end)),
  };
  return (
    <PlanSheet
      onClose={onClose}
      title={t("plan.sheet.upgrade.title", words)}
      action={t("plan.sheet.upgrade.action", words)}
      pays={quote?.price ?? 0n}
      allowance={agreed && quote && after !== undefined ? { before: agreed.allowance, after } : undefined}
      intent={{ id: "plan.intent.upgrade" }}
      send={(stelai, onStep) =>
        stelai.plans.upgrade({ planId, maxPrice: quote?.price ?? 0n, mandate, allowance: after, onStep })
      }
      hold={isError ? <p>{t("plan.sheet.unread")}</p> : undefined}
      terms={{
        get: t("plan.sheet.upgrade.get", words),
        now: t("plan.sheet.upgrade.now", words),
        atMost: t(renews ? "plan.sheet.upgrade.atMost" : "plan.sheet.upgrade.atMostOnce", words),
        ...(renews ? { until: t("plan.sheet.renewal.until") } : {}),
        undo: t("plan.sheet.upgrade.undo"),
      }}
    />
  );
}
