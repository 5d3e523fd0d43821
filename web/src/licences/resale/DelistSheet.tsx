import { useCallback } from "react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { SigningSheet } from "../../signing/SigningSheet.tsx";
import type { SigningRun } from "../../signing/terms.ts";
import { useAct } from "../../signing/useAct.ts";
import { explain } from "../../stelai/explain.ts";
import { Hash } from "../../ui/Hash.tsx";
import type { Subject } from "./subject.ts";

/** Takes a listing back. Drawn only while open. */
export function DelistSheet({ subject, what, onClose }: { subject: Subject; what: string; onClose: () => void }) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { token, title } = subject;
  const delist = useCallback(
    async (run: SigningRun) => {
      await act(run, { id: "resale.delist.intent", values: { title } }, (stelai) => stelai.market.delist(token));
    },
    [act, title, token],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("delist.title")}
      action={t("delist.action")}
      kind="transaction"
      onSign={delist}
      sending={{ label: t("delist.sending"), seconds: 5 }}
      explain={explain}
      terms={{
        get: t("delist.get", { what }),
        now: t("delist.now"),
        to: (
          <>
            {t("list.to")} <Hash value={contracts.Resale} what={t("certificate.contract")} />
          </>
        ),
        undo: t("delist.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
