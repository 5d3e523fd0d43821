import { type ReactNode, useEffect, useState } from "react";
import { useT } from "../i18n/react.tsx";
import css from "./CountedWait.module.css";

/** Whole seconds since a moment, counted anew each second. @param startedAt Milliseconds, as `Date.now()`. */
export function useSecondsSince(startedAt: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - startedAt) / 1000));
}

export interface CountedWaitProps {
  /** Verb and thing: "Painting". */
  label: string;
  /** How long it usually takes. */
  expectedSeconds: number;
  /** Milliseconds, as `Date.now()`. */
  startedAt: number;
  /** Buttons to choose from once it takes twice as long: wait, stop. */
  choice?: ReactNode;
}

/** A wait in words: verb, thing, expectation; at twice that, a choice (UX 1.4). */
export function CountedWait({ label, expectedSeconds, startedAt, choice }: CountedWaitProps) {
  const t = useT();
  const seconds = useSecondsSince(startedAt);
  const late = seconds >= 2 * expectedSeconds;
  return (
    <div className={css.wait} role="status">
      <span>
        {seconds < expectedSeconds
          ? t("ui.wait.about", { label, seconds: expectedSeconds - seconds })
          : t("ui.wait.longer", { label, seconds: expectedSeconds })}
      </span>
      {late && choice && <span className={css.choice}>{choice}</span>}
    </div>
  );
}
