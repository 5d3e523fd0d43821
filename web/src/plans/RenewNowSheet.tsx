import type { CreditPlan, Subscription } from "@stelai/sdk";
import { formatCredits, formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { useChainNow } from "../stelai/chainNow.ts";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { PlanSheet } from "./PlanSheet.tsx";
import { cadenceOf } from "./plans.ts";

export interface RenewNowSheetProps {
  cycle: Subscription;
  /** What it renews as. */
  plan: CreditPlan;
  onClose: () => void;
}

/** Pays the cycle that is due by one's own transaction, without waiting for who does it otherwise. Drawn only while open. */
export function RenewNowSheet({ cycle, plan, onClose }: RenewNowSheetProps) {
  const t = useT();
  const now = useChainNow();
  const { address } = useWallet();
  const words = {
    ...{ price: formatUsd(plan.price, { rounding: "up" }), mandate: formatUsd(cycle.mandate, { rounding: "up" }) },
    ...{ credits: formatCredits(plan.credits), cadence: cadenceOf(plan) },
    end: formatMoment(Number(now) + plan.period),
  };
  return (
    <PlanSheet
      onClose={onClose}
      title={t("plan.sheet.renew.title")}
      action={t("plan.sheet.renew.action", words)}
      pays={plan.price}
      allowance={null}
      intent={{ id: "plan.intent.renew" }}
      send={(stelai) => stelai.plans.renew({ accounts: address ? [address] : [] })}
      terms={{
        get: t("plan.sheet.renew.get", words),
        atMost: t("plan.sheet.renew.atMost", words),
        until: t("plan.sheet.renewal.until"),
        undo: t("plan.sheet.renewal.undoDue"),
      }}
    />
  );
}
