import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../i18n/react.tsx";
import css from "./ErrorState.module.css";
import { Icon } from "./Icon.tsx";

/** What became of the money: said with every error, since it is the first thing one wonders. */
export type MoneyOutcome = "untouched" | "gasOnly" | "moved" | "unknown" | "notInvolved";

export interface ErrorStateProps {
  /** What happened, in the reader's words; never a raw revert. */
  what: ReactNode;
  money: MoneyOutcome;
  /** More about it, and what to do. */
  children?: ReactNode;
  /** The buttons that do it. */
  actions?: ReactNode;
  /** For a report: shown only when unfolded. */
  technical?: string | undefined;
}

/** An error, in place, until it is dealt with (UX 1.7). */
export function ErrorState({ what, money, children, actions, technical }: ErrorStateProps) {
  const t = useT();
  return (
    <div className={css.error} role="alert">
      <Icon of={TriangleAlert} />
      <div className={css.what}>{what}</div>
      {money !== "notInvolved" && <div className={css.rest}>{t(`ui.money.${money}`)}</div>}
      {children && <div className={css.rest}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
      {technical && (
        <details className={css.details}>
          <summary>{t("ui.technical")}</summary>
          <pre translate="no">{technical}</pre>
        </details>
      )}
    </div>
  );
}
