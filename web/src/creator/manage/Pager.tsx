import { useCallback, useState } from "react";
import { useT } from "../../i18n/react.tsx";
import { Button } from "../../ui/Button.tsx";
import css from "./Manage.module.css";

/** Which page of a list is shown; its way back is remembered, since the index only knows the way on. */
export interface Pages {
  readonly after: string | undefined;
  readonly number: number;
  readonly forward: (next: string) => void;
  readonly back: () => void;
}

export function usePages(): Pages {
  const [trail, setTrail] = useState<readonly string[]>([]);
  const forward = useCallback((next: string) => setTrail((before) => [...before, next]), []);
  const back = useCallback(() => setTrail((before) => before.slice(0, -1)), []);
  return { after: trail.at(-1), number: trail.length + 1, forward, back };
}

/** The ways to the pages before and after; nothing where there is only one. */
export function Pager({ pages, next }: { pages: Pages; next: string | null }) {
  const t = useT();
  if (next === null && pages.number === 1) return null;
  return (
    <nav className={css.row} aria-label={t("manage.pages")}>
      <Button size="small" disabled={pages.number === 1} onClick={pages.back}>
        {t("manage.before")}
      </Button>
      <span className={css.note}>{t("manage.page", { number: pages.number })}</span>
      <Button size="small" disabled={next === null} onClick={() => next !== null && pages.forward(next)}>
        {t("manage.after")}
      </Button>
    </nav>
  );
}
