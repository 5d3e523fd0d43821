import type { CreditPlan } from "@stelai/sdk";
import { formatCredits, UNKNOWN } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { cadenceOf } from "./plans.ts";
import { usePlans } from "./usePlans.ts";

/** How a plan is called: by its credits and its cycle. */
export function usePlanName(): (plan: Pick<CreditPlan, "credits" | "period">) => string {
  const t = useT();
  return (plan) => t(`plan.name.${cadenceOf(plan)}`, { credits: formatCredits(plan.credits) });
}

/** The same by a plan's number; a dash for one that is not known. */
export function usePlanNames(): (planId: bigint | undefined) => string {
  const name = usePlanName();
  const { data } = usePlans();
  return (planId) => {
    const plan = data?.find((one) => one.planId === planId);
    return plan ? name(plan) : UNKNOWN;
  };
}
