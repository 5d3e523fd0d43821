import type { Allowance } from "@stelai/sdk";
import { useCallback } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import type { Agreement } from "./agreements.ts";

export interface RevokeSheetProps {
  allowance: Allowance;
  /** In words. */
  amount: string;
  /** What stops with it. */
  agreements: readonly Agreement[];
  onClose: () => void;
}

/** Takes leave to spend back. Drawn only while open. */
export function RevokeSheet({ allowance, amount, agreements, onClose }: RevokeSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const { contract, asset } = allowance;
  const token = asset === "stelai" ? "Stelai" : "Reserve";
  const name = t(`contract.${contract}`);
  const sign = useCallback(
    async (run: SigningRun) => {
      const intent = { id: "allowances.intent", values: { name } } as const;
      await act(run, intent, (stelai) => stelai.credits.revoke({ contract }));
    },
    [act, contract, name],
  );
  const kinds = [...new Set(agreements.map(({ kind }) => kind))];
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("allowances.intent", { name })}
      action={t("allowances.action", { amount })}
      kind="transaction"
      onSign={sign}
      sending={{ label: t("allowances.sending"), seconds: 5 }}
      explain={explain}
      terms={{
        get: (
          <>
            <div>{t("allowances.get", { name, amount })}</div>
            {kinds.map((kind) => (
              <div key={kind}>{t(`allowances.stops.${kind}`)}</div>
            ))}
          </>
        ),
        now: t("allowances.now"),
        to: (
          <>
            {t(`contract.${token}`)} <Hash value={contracts[token]} what={t(`contract.${token}`)} />
          </>
        ),
        undo: t("allowances.undo"),
        cost: t("allowances.cost"),
      }}
    />
  );
}
