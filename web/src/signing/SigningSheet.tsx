import { type ReactNode, useCallback, useEffect, useReducer, useRef } from "react";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { CountedWait } from "../ui/CountedWait.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { isAlreadyAsking, isRejected } from "../wallet/errors.ts";
import { walletLink } from "../wallet/reopen.ts";
import { WaitForWallet } from "../wallet/WaitForWallet.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";
import { nextPhase } from "./phase.ts";
import css from "./SigningSheet.module.css";
import { Terms } from "./Terms.tsx";
import type { ExplainedError, SigningRun, SigningTerms } from "./terms.ts";

export interface SigningSheetProps {
  open: boolean;
  /** After it is done or given up. */
  onClose: () => void;
  title: ReactNode;
  terms: SigningTerms;
  /** Above the terms: what can still be chosen. */
  lead?: ReactNode;
  /** Below the terms: what explains them. */
  after?: ReactNode;
  /** In place of the buttons, while something else has to be done first. */
  instead?: ReactNode;
  /** The paying button, price included: "Buy 1,000 · $9.90". */
  action: string;
  /** A signature can be asked for again without harm; a second transaction could be sent twice. */
  kind: "signature" | "transaction";
  /** Asks the wallet, and goes on until it is done. What it throws is explained in place. */
  onSign: (run: SigningRun) => Promise<void>;
  /** After `onSign` has succeeded. Default: close. */
  onDone?: () => void;
  /** Verb and thing once it is signed, and how long that takes: "Buying", 3 seconds. */
  sending: { label: string; seconds: number };
  /** What an error of this act means. Rejections and busy wallets are explained here already. */
  explain: (error: unknown) => ExplainedError;
}

/** Everything that is agreed to, before the wallet is asked; then the wait for it, and what came of it (UX 1.2). */
export function SigningSheet({
  open,
  onClose,
  title,
  terms,
  lead,
  after,
  instead,
  action,
  kind,
  onSign,
  onDone,
  sending,
  explain,
}: SigningSheetProps) {
  const t = useT();
  const wallet = useWallet();
  const [phase, send] = useReducer(nextPhase, { at: "terms" });
  const running = useRef<AbortController>(undefined);
  const runs = useRef(0);

  const ask = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const run = ++runs.current;
    send({ kind: "asked", run, now: Date.now() });
    const signed = () => send({ kind: "signed", run, now: Date.now() });
    void onSign({ signal: controller.signal, signed }).then(
      () => send({ kind: "finished", run }),
      (error: unknown) => send({ kind: "failed", run, error }),
    );
  }, [onSign]);

  const stop = useCallback(() => {
    running.current?.abort();
    send({ kind: "stopped" });
  }, []);

  const done = phase.at === "done";
  const finish = useRef(onClose);
  finish.current = onDone ?? onClose;
  // Once for every run that succeeds, however often the page draws meanwhile.
  useEffect(() => {
    if (done) finish.current();
  }, [done]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what ends while closed is put away too
  useEffect(() => {
    if (!open) send({ kind: "closed" });
  }, [open, phase.at]);

  const link = async () => {
    const address = wallet.connector && (await walletLink(wallet.connector));
    if (address) window.location.assign(address);
  };
  const canLink = wallet.connector?.type === "walletConnect";
  const reopen = canLink ? () => void link() : kind === "signature" ? ask : undefined;

  const failure = phase.at === "failed" ? phase.error : undefined;
  const explained: ExplainedError | undefined =
    phase.at !== "failed"
      ? undefined
      : isRejected(failure)
        ? { what: t("signing.rejected"), money: "untouched" }
        : isAlreadyAsking(failure)
          ? { what: t("wallet.alreadyAsking", { wallet: wallet.name ?? "" }), money: "untouched" }
          : explain(failure);

  return (
    <Dialog
      open={open}
      onClose={() => {
        stop();
        onClose();
      }}
      dismissible={phase.at !== "sending"}
      title={title}
      foot={
        <div className={css.foot}>
          {explained && (
            <ErrorState
              what={explained.what}
              money={explained.money}
              actions={explained.actions}
              technical={explained.technical}
            >
              {explained.todo}
            </ErrorState>
          )}
          {phase.at === "wallet" ? (
            <WaitForWallet walletName={wallet.name ?? t("wallet.yours")} onReopen={reopen} onStop={stop} />
          ) : phase.at === "sending" ? (
            <CountedWait label={sending.label} expectedSeconds={sending.seconds} startedAt={phase.since} />
          ) : instead ? (
            instead
          ) : (
            <div className={css.buttons}>
              <Button variant="primary" onClick={ask}>
                {phase.at === "failed" ? t("signing.again", { action }) : action}
              </Button>
              <Button onClick={onClose}>{t("signing.notNow")}</Button>
            </div>
          )}
        </div>
      }
    >
      {phase.at !== "wallet" && phase.at !== "sending" && lead}
      <Terms terms={terms} />
      {after}
    </Dialog>
  );
}
