import type { Modality } from "@stelai/sdk";
import { Check, CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useT } from "../../i18n/react.tsx";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/Icon.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import css from "./Stepper.module.css";
import { type StepId, stepName, stepsOf } from "./steps.ts";

export interface StepperProps {
  modality: Modality;
  current: StepId;
  /** Steps on which something is wrong and marked. */
  wrong: ReadonlySet<StepId>;
  /** Steps that were left with nothing wrong on them. */
  done: ReadonlySet<StepId>;
  onStep: (step: StepId) => void;
}

/** Where one is, and the way to any other step: nothing is lost on it. */
export function Stepper({ modality, current, wrong, done, onStep }: StepperProps) {
  const t = useT();
  const steps = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: where one is stays in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each step
  useEffect(() => {
    steps.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  return (
    <nav ref={steps} aria-label={t("publish.steps")} className={css.steps}>
      <ol>
        {stepsOf(modality).map((step, at) => {
          const isWrong = wrong.has(step);
          const isDone = done.has(step) && step !== current;
          return (
            <li key={step}>
              <button
                type="button"
                className={cx(css.step, isWrong && css.wrong)}
                aria-current={step === current ? "step" : undefined}
                onClick={() => onStep(step)}
              >
                <span className={css.mark} aria-hidden>
                  {isWrong ? <Icon of={CircleAlert} size={16} /> : isDone ? <Icon of={Check} size={16} /> : at + 1}
                </span>
                {t(stepName(step, modality))}
                {isWrong && <VisuallyHidden>{t("publish.stepWrong")}</VisuallyHidden>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
