import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import type { ChangedShare } from "../parents.ts";
import css from "../Selling.module.css";

export interface SharesChangedProps {
  changes: readonly ChangedShare[];
  /** Agrees to what they ask now. */
  onTake: () => void;
}

/** That works it builds on ask for another share than was shown, and the question whether that is fine. */
export function SharesChanged({ changes, onTake }: SharesChangedProps) {
  const t = useT();
  return (
    <div className={css.lost} role="alert">
      <div className={css.warn}>
        <p>{t("sell.shareChanged")}</p>
        <ul>
          {changes.map(({ workId, title, before, now }) => (
            <li key={workId}>
              {t("sell.shareChangedOf", { title, before: String(before / 100), now: String(now / 100) })}
            </li>
          ))}
        </ul>
      </div>
      <Button onClick={onTake}>{t("sell.shareTake")}</Button>
    </div>
  );
}
