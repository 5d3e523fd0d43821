import "../credits/buyingWords.ts";
import type { Sent, Stelai } from "@stelai/sdk";
import { useBalance, useInvalidate } from "@stelai/sdk/react";
import { type ReactNode, useCallback } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import { ShortOfUsdc } from "../credits/ShortOfUsdc.tsx";
import { formatUsd } from "../format/money.ts";
import type { Message } from "../i18n/index.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun, SigningTerms } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { Hash } from "../ui/Hash.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { explainPlan, isOutdated } from "./explainPlan.ts";
import css from "./Plans.module.css";
import { type Step, useSteps } from "./useSteps.ts";

/** What the credit store may take before and after, in reserve units. */
export interface AllowanceChange {
  readonly before: bigint;
  readonly after: bigint;
}

export interface PlanSheetProps {
  title: string;
  action: string;
  /** What it pays now, in reserve units; zero where it only agrees to something. */
  pays: bigint;
  /** Undefined while it is read; null where the act needs none. */
  allowance: AllowanceChange | null | undefined;
  intent: Message;
  send: (stelai: Stelai, onStep: (step: Step) => void) => Promise<Sent<unknown>>;
  terms: Pick<SigningTerms, "get" | "undo"> & Partial<Pick<SigningTerms, "now" | "atMost" | "to" | "until">>;
  lead?: ReactNode;
  after?: ReactNode;
  /** In place of the buttons, while something is missing. */
  hold?: ReactNode;
  onClose: () => void;
}

/** What all acts on plans and top-ups have in common: what leaves now, what may be taken, and the steps in the wallet. */
export function PlanSheet({
  title,
  action,
  pays,
  allowance,
  intent,
  send,
  terms,
  lead,
  after,
  hold,
  onClose,
}: PlanSheetProps) {
  const t = useT();
  const act = useAct();
  const invalidate = useInvalidate();
  const { contracts } = useAppConfig();
  const { address } = useWallet();
  const { data } = useBalance(address, { refetchInterval: 5_000 });
  const steps = useSteps(t(pays > 0n ? "plan.sheet.paying" : "plan.sheet.sending"));
  const { onStep } = steps;
  const reserve = data?.reserve;
  const isShort = reserve !== undefined && reserve < pays;
  const raises = allowance && allowance.after > allowance.before;
  const sign = useCallback(
    async (run: SigningRun) => {
      try {
        await act(run, intent, (stelai) => send(stelai, onStep));
      } catch (error) {
        // The sheet then shows what would be agreed to now.
        if (isOutdated(error)) await invalidate();
        throw error;
      }
    },
    [act, intent, invalidate, send, onStep],
  );
  return (
    <SigningSheet
      open
      onClose={onClose}
      title={title}
      action={action}
      kind="transaction"
      onSign={sign}
      sending={{ label: steps.label, seconds: 5 }}
      explain={(error) => explainPlan(error, t)}
      lead={lead}
      after={
        <>
          {raises && (
            <p className={css.muted}>
              {t("plan.sheet.allowance", { before: formatUsd(allowance.before), after: formatUsd(allowance.after) })}
            </p>
          )}
          {after}
        </>
      }
      instead={
        hold ??
        (allowance === undefined ? (
          <p className={css.muted} role="status">
            {t("plan.sheet.reading")}
          </p>
        ) : isShort ? (
          <ShortOfUsdc balance={reserve} needed={pays} />
        ) : undefined)
      }
      terms={{
        now: pays > 0n ? formatUsd(pays) : t("plan.sheet.nothing"),
        to: (
          <>
            {t("plan.sheet.to")} <Hash value={contracts.CreditPlans} what={t("plan.sheet.to")} />
          </>
        ),
        ...terms,
        cost: t("plan.sheet.costSteps", { count: raises ? 2 : 1 }),
        ...(pays > 0n && reserve !== undefined && !isShort
          ? {
              balance: {
                before: formatUsd(reserve, { rounding: "down" }),
                after: formatUsd(reserve - pays, { rounding: "down" }),
              },
            }
          : {}),
      }}
    />
  );
}
