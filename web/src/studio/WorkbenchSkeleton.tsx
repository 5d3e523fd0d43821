import { Skeleton } from "../ui/Skeleton.tsx";
import tiles from "./Tile.module.css";
import css from "./Workbench.module.css";

/** The workbench while its tool is fetched, in its final size. */
export function WorkbenchSkeleton() {
  return (
    <div className={css.bench} aria-busy>
      <div className={css.side}>
        <div className={css.fields}>
          <Skeleton height="2.5rem" />
          <Skeleton height="2.75rem" />
          <Skeleton height="8.5rem" />
          <Skeleton height="16rem" />
        </div>
        <div className={css.foot}>
          <Skeleton height="2.5rem" />
        </div>
      </div>
      <div className={css.results}>
        <ul className={tiles.grid}>
          {[1, 2, 3, 4].map((at) => (
            <li key={at} className={tiles.tile}>
              <div className={tiles.media}>
                <Skeleton height="100%" />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
