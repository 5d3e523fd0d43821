import type { WorkHit } from "@stelai/sdk";
import { cx } from "../ui/cx.ts";
import css from "./WorkCard.module.css";
import { WorkCard, WorkCardSkeleton } from "./WorkCard.tsx";

export interface WorkGridProps {
  works: readonly WorkHit[];
  by?: boolean;
  /** Places of cards at its end that are being fetched. */
  waiting?: number;
  /** What is shown is of before, and its successor on the way. */
  busy?: boolean;
  /** Over the whole width of a page: four in a row. */
  wide?: boolean;
}

/** Works side by side, as many as fit. */
export function WorkGrid({ works, by = true, waiting = 0, busy = false, wide = false }: WorkGridProps) {
  return (
    <ul className={cx(css.grid, wide && css.row)} aria-busy={busy || waiting > 0}>
      {works.map((work) => (
        <li key={String(work.workId)}>
          <WorkCard work={work} by={by} />
        </li>
      ))}
      {Array.from({ length: waiting }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike
        <li key={`waiting-${at}`}>
          <WorkCardSkeleton by={by} />
        </li>
      ))}
    </ul>
  );
}
