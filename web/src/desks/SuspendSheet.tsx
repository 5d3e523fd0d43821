import { useCallback } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import type { Subject } from "./reports.ts";

export interface SuspendSheetProps {
  subject: Subject;
  name: string;
  /** What it becomes. */
  suspended: boolean;
  /** Of a character, public words in the chain's events. */
  reason: string;
  onClose: () => void;
  onDone: () => void;
}

/** Suspends a work or a character, or lifts that. */
export function SuspendSheet({ subject, name, suspended, reason, onClose, onDone }: SuspendSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { of, id } = subject;
  const contract = of === "work" ? contracts.Works : contracts.Characters;
  const sign = useCallback(
    async (run: SigningRun) => {
      const intent = { id: suspended ? "desk.intent.suspend" : "desk.intent.lift", values: { name } } as const;
      await act(run, intent, (stelai) =>
        of === "work"
          ? stelai.works.setSuspended({ workId: id, suspended })
          : stelai.characters.setSuspended({ characterId: id, suspended, reason }),
      );
    },
    [act, of, id, name, suspended, reason],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      onDone={onDone}
      title={t(suspended ? "desk.suspendTitle" : "desk.liftTitle", { name })}
      action={t(suspended ? "desk.suspend" : "desk.lift")}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("desk.deciding"), seconds: 10 }}
      explain={explain}
      terms={{
        get: (
          <>
            <div>{t(suspended ? `desk.suspendGet.${of}` : `desk.liftGet.${of}`)}</div>
            {of === "character" && reason && <div>{t("desk.reasonPublic", { reason })}</div>}
          </>
        ),
        now: t("publish.create.now"),
        to: (
          <>
            {t("publish.create.to")} <Hash value={contract} what={t("publish.create.to")} />
          </>
        ),
        undo: t(suspended ? "desk.suspendUndo" : "desk.liftUndo"),
        cost: t("desk.cost"),
      }}
    />
  );
}
