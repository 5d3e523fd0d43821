import type { CreditPlan, Subscription } from "@stelai/sdk";
import { AllowSheet } from "./AllowSheet.tsx";
import { CancelSheet } from "./CancelSheet.tsx";
import type { PlanAct } from "./planAct.ts";
import { cadenceOf } from "./plans.ts";
import { RenewalSheet } from "./RenewalSheet.tsx";
import { RenewNowSheet } from "./RenewNowSheet.tsx";
import { SubscribeSheet } from "./SubscribeSheet.tsx";
import { UpgradeSheet } from "./UpgradeSheet.tsx";

export interface PlanSheetsProps {
  act: PlanAct;
  cycle: Subscription | undefined;
  plans: readonly CreditPlan[];
  onClose: () => void;
}

/** The sheet of an act on a plan; none where what it is about is gone. */
export function PlanSheets({ act, cycle, plans, onClose }: PlanSheetsProps) {
  const planOf = (planId: bigint | undefined) => plans.find((plan) => plan.planId === planId);
  const plan = planOf("planId" in act ? act.planId : cycle?.renewalPlanId);
  if (act.do === "subscribe") return plan ? <SubscribeSheet plan={plan} onClose={onClose} /> : null;
  if (!cycle) return null;
  if (act.do === "cancel") return <CancelSheet cycle={cycle} onClose={onClose} />;
  if (!plan) return null;
  const shared = { plan, cycle, onClose };
  switch (act.do) {
    case "upgrade":
      return <UpgradeSheet {...shared} />;
    case "renew":
      return <RenewNowSheet {...shared} />;
    case "allow":
      return <AllowSheet renewal={{ mandate: cycle.mandate, cadence: cadenceOf(plan) }} onClose={onClose} />;
    default:
      return <RenewalSheet kind={act.do} {...shared} />;
  }
}
