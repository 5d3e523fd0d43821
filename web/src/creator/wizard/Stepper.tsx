import { Check, CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useT } from "../../i18n/react.tsx";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/Icon.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import css from "./Stepper.module.css";

export interface StepperProps<Id extends string> {
  /** What it is the steps of, for a screen reader. */
  label: string;
  steps: readonly { id: Id; name: string }[];
  current: Id;
  /** Steps on which something is wrong and marked. */
  wrong: ReadonlySet<Id>;
  /** Steps that were left with nothing wrong on them. */
  done: ReadonlySet<Id>;
  onStep: (step: Id) => void;
}

/** Where one is, and the way to any other step: nothing is lost on it. */
export function Stepper<Id extends string>({ label, steps, current, wrong, done, onStep }: StepperProps<Id>) {
  const t = useT();
  const row = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: where one is stays in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each step
  useEffect(() => {
    row.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  return (
    <nav ref={row} aria-label={label} className={css.steps}>
      <ol>
        {steps.map(({ id: step, name }, at) => {
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
                {name}
                {isWrong && <VisuallyHidden>{t("publish.stepWrong")}</VisuallyHidden>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
