import { Circle, CircleCheck, CircleDot } from "lucide-react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { useT } from "../../i18n/react.tsx";
import { cx } from "../../ui/cx.ts";
import { Hash } from "../../ui/Hash.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import type { Step } from "../steps.ts";
import { momentText } from "../useWords.ts";
import css from "./Order.module.css";

const ICONS = { done: CircleCheck, now: CircleDot, ahead: Circle } as const;

/** The stages of an order, from payment to its end: what is passed with its time and transaction. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  const t = useT();
  const { explorerUrl } = useAppConfig().chain;
  return (
    <ol className={css.steps} aria-label={t("order.steps")}>
      {steps.map(({ kind, at, time, transaction }) => (
        <li key={kind} className={cx(css.step, css[at])} {...(at === "now" && { "aria-current": "step" as const })}>
          <Icon of={ICONS[at]} size={18} />
          <span className={css.stepWord}>
            {t(`order.step.${kind}`)}
            <VisuallyHidden>, {t(`order.step.${at}`)}</VisuallyHidden>
          </span>
          {time !== undefined && <span className={css.muted}>{momentText(time)}</span>}
          {transaction && (
            <Hash
              value={transaction}
              what={t("order.transaction")}
              href={explorerUrl && `${explorerUrl}/tx/${transaction}`}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
