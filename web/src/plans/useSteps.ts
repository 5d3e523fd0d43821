import { useState } from "react";
import { useT } from "../i18n/react.tsx";
import { useWallet } from "../wallet/WalletProvider.tsx";

/** One thing that the wallet is asked for, of how many. */
export interface Step {
  readonly kind: "approve" | "call" | "batch";
  readonly index: number;
  readonly count: number;
}

/**
 * What a wait says while a wallet is asked for an allowance first and for the act then.
 * @param label What it says where the wallet is asked once.
 */
export function useSteps(label: string): { label: string; onStep: (step: Step) => void } {
  const t = useT();
  const { name } = useWallet();
  const [step, setStep] = useState<Step>();
  const isOneOfTwo = step !== undefined && step.count > 1;
  return {
    label: isOneOfTwo
      ? t(step.index === 0 ? "plan.step.allow" : "plan.step.act", { wallet: name ?? t("wallet.yours") })
      : label,
    onStep: setStep,
  };
}
