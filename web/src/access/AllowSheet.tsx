import { type PeriodPlan, PLAN_DAYS } from "@stelai/sdk";
import { useCallback } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { useChainNow } from "../stelai/chainNow.ts";
import { explain } from "../stelai/explain.ts";
import { Hash } from "../ui/Hash.tsx";
import css from "./Access.module.css";
import { RENEWALS } from "./plans.ts";
import { useAllowanceChange, useAllowanceWords } from "./useAllowance.ts";

const credits = (micro: bigint) => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "up" });

export interface AllowSheetProps {
  characterId: bigint;
  name: string;
  plan: PeriodPlan;
  /** Of a renewal, in microcredits. */
  price: bigint;
  onClose: () => void;
}

/** Lets renewals take credits again: what this pass and the others need, for all share one allowance. */
export function AllowSheet({ characterId, name, plan, price, onClose }: AllowSheetProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const renewals = RENEWALS[plan];
  const now = useChainNow();
  const told = useAllowanceWords();
  const { change, isError } = useAllowanceChange({ characterId, plan, price, now });
  const amount = change?.after ?? 0n;
  const words = {
    ...{ name, before: told(change?.before ?? 0n), after: told(amount), price: credits(price) },
    ...{ renewals: Number(renewals), days: Number(PLAN_DAYS[plan]) },
  };
  const allow = useCallback(
    async (run: SigningRun) => {
      await act(run, { id: "allow.intent" }, (stelai) => stelai.access.setAllowance({ amount }));
    },
    [act, amount],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={t("allow.title")}
      action={t("allow.action", words)}
      kind="transaction"
      onSign={allow}
      sending={{ label: t("allow.sending"), seconds: 5 }}
      explain={explain}
      instead={
        !change && (
          <p className={css.note} role="status">
            {t(isError ? "pass.allowanceUnread" : "pass.allowanceReading")}
          </p>
        )
      }
      terms={{
        get: t("allow.get", words),
        now: t("allow.now"),
        atMost: t("allow.atMost", words),
        to: (
          <>
            {t("pass.to")} <Hash value={contracts.CharacterAccess} what={t("pass.to")} />
          </>
        ),
        undo: t("allow.undo"),
        cost: t("pass.cost"),
      }}
    />
  );
}
