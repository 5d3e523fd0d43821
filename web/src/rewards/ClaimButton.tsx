import type { Sent, Stelai } from "@stelai/sdk";
import { useCallback, useEffect, useRef, useState } from "react";
import { useAppConfig } from "../config/ConfigContext.ts";
import type { Message } from "../i18n/index.ts";
import { useT } from "../i18n/react.tsx";
import { SigningSheet } from "../signing/SigningSheet.tsx";
import type { SigningRun } from "../signing/terms.ts";
import { useAct } from "../signing/useAct.ts";
import { explain } from "../stelai/explain.ts";
import { Button, type ButtonProps } from "../ui/Button.tsx";
import { CountedWait } from "../ui/CountedWait.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Hash } from "../ui/Hash.tsx";
import { canSendOneself } from "./claim.ts";
import css from "./Rewards.module.css";

/** Nobody is asked, so nothing is stopped or answered. */
const unasked = (): SigningRun => ({ signal: new AbortController().signal, signed: () => undefined });

export interface ClaimButtonProps extends Pick<ButtonProps, "variant" | "size"> {
  /** On the button, amount included. */
  action: string;
  /** Where the button's own words do not tell it from the next. */
  label?: string | undefined;
  /** While the operator sends it: "Redeeming". */
  waiting: string;
  /** What comes of it, in words. */
  amount: string;
  intent: Message;
  /** Of the sheet, where it is sent from the wallet. */
  sheet: { readonly title: string; readonly action: string };
  /** Has it sent, by the operator or by the wallet. */
  send: (stelai: Stelai, by: "sponsored" | "wallet") => Promise<Sent>;
  onDone: () => void;
  /** Whether it was asked for already, before a wallet was connected: then it goes on by itself. */
  isAsked?: boolean;
}

/**
 * Takes bonus credits: the operator sends it, the wallet is not asked and no ETH is needed. Where the operator does not,
 * the wallet can, in one transaction. For a connected wallet.
 */
export function ClaimButton({
  action,
  label,
  waiting,
  amount,
  intent,
  sheet,
  send,
  onDone,
  isAsked = false,
  ...look
}: ClaimButtonProps) {
  const t = useT();
  const act = useAct();
  const { contracts } = useAppConfig();
  const [since, setSince] = useState<number>();
  const [error, setError] = useState<unknown>();
  const [isOwn, setOwn] = useState(false);
  const claim = async () => {
    setError(undefined);
    setSince(Date.now());
    try {
      await act(unasked(), intent, (stelai) => send(stelai, "sponsored"));
      onDone();
    } catch (problem) {
      setError(problem);
    } finally {
      setSince(undefined);
    }
  };
  const isBegun = useRef(false);
  const begin = useRef(claim);
  begin.current = claim;
  useEffect(() => {
    if (!isAsked || isBegun.current) return;
    isBegun.current = true;
    void begin.current();
  }, [isAsked]);
  const done = useRef(onDone);
  done.current = onDone;
  const sign = useCallback(
    async (run: SigningRun) => {
      await act(run, intent, (stelai) => send(stelai, "wallet"));
      // Said here, not by the sheet: what shows this button may drop it, sheet and all, once the chain knows of the claim.
      done.current();
    },
    [act, intent, send],
  );
  const explained = error === undefined ? undefined : explain(error);
  return (
    <div className={css.claim}>
      {since === undefined ? (
        <div>
          <Button {...look} aria-label={label} onClick={() => void claim()}>
            {action}
          </Button>
        </div>
      ) : (
        <CountedWait label={waiting} expectedSeconds={5} startedAt={since} />
      )}
      {explained && (
        <ErrorState
          what={explained.what}
          money="untouched"
          technical={explained.technical}
          actions={canSendOneself(error) && <Button onClick={() => setOwn(true)}>{t("claim.self")}</Button>}
        >
          {canSendOneself(error) ? t("claim.selfText") : explained.todo}
        </ErrorState>
      )}
      <SigningSheet
        open={isOwn}
        onClose={() => setOwn(false)}
        onDone={() => {
          setOwn(false);
          setError(undefined);
        }}
        title={sheet.title}
        action={sheet.action}
        kind="transaction"
        onSign={sign}
        sending={{ label: waiting, seconds: 5 }}
        explain={explain}
        terms={{
          get: t("claim.get", { amount }),
          now: t("claim.now"),
          to: (
            <>
              {t("claim.to")} <Hash value={contracts.Rewards} what={t("claim.to")} />
            </>
          ),
          undo: t("claim.undo"),
          cost: t("claim.cost"),
        }}
      />
    </div>
  );
}
