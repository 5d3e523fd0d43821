import { useT } from "../i18n/react.tsx";
import { PlanSheet } from "./PlanSheet.tsx";

/** Turns automatic top-ups off. Drawn only while open. */
export function TopUpOffSheet({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <PlanSheet
      onClose={onClose}
      title={t("topUp.off.title")}
      action={t("topUp.off.action")}
      pays={0n}
      allowance={null}
      intent={{ id: "topUp.intent.off" }}
      send={(stelai) => stelai.credits.cancelTopUp()}
      terms={{ get: t("topUp.off.get"), undo: t("topUp.off.undo") }}
    />
  );
}
