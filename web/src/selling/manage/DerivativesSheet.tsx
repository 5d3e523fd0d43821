import { useCallback } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import type { ManagedWork } from "./useManagedWork.ts";

export interface DerivativesSheetProps {
  work: ManagedWork;
  allowed: boolean;
  /** What those to come owe, in ten-thousandths. */
  bps: number;
  onClose: () => void;
}

/** Changes what works to come may and owe that build on this one. */
export function DerivativesSheet({ work: { workId, title }, allowed, bps, onClose }: DerivativesSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const sign = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "sell.intent.derivatives", values: { title } } as const;
      await act(run, intent, (mine) => mine.works.setDerivatives({ workId, allowed, bps }));
    },
    [act, workId, title, allowed, bps],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("sell.rights.title", { title })}
      action={t("sell.rights.action")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("sell.rights.sending"), seconds: 10 }}
      explain={explain}
      terms={{
        get: allowed ? t("sell.review.derivatives", { percent: String(bps / 100) }) : t("sell.review.noDerivatives"),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contracts.Works} what={t("publish.create.to")} />
          </>
        ),
        undo: t("sell.rights.undo"),
        cost: t("sell.cost", { count: 1 }),
      }}
    />
  );
}
