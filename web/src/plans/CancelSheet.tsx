import { formatUsd } from "../format/money.ts";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import { PlanSheet } from "./PlanSheet.tsx";
import css from "./Plans.module.css";
import type { Cycle } from "./plans.ts";
import { useAgreed } from "./useAgreed.ts";

/** Lets the plan end with what is paid for. Drawn only while open. */
export function CancelSheet({ cycle, onClose }: { cycle: Cycle; onClose: () => void }) {
  const t = useT();
  const { agreed } = useAgreed();
  return (
    <PlanSheet
      onClose={onClose}
      title={t("plan.sheet.cancel.title")}
      action={t("plan.sheet.cancel.action")}
      pays={0n}
      allowance={null}
      intent={{ id: "plan.intent.cancel" }}
      send={(stelai) => stelai.plans.cancel()}
      after={
        agreed && agreed.allowance > 0n ? (
          <p className={css.muted}>
            {t("plan.sheet.cancel.stays", { allowance: formatUsd(agreed.allowance) })}{" "}
            <Link href="/credits/allowances">{t("plan.sheet.cancel.lower")}</Link>
          </p>
        ) : undefined
      }
      terms={{
        get: t("plan.sheet.cancel.get", { end: formatMoment(Number(cycle.end)) }),
        undo: t("plan.sheet.cancel.undo"),
      }}
    />
  );
}
