import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Page.module.css";

/** While a page's own code is fetched. As tall as a screen, so that the footer does not jump. */
export function PageSkeleton() {
  return (
    <div className={`${css.page} ${css.wide}`} style={{ minBlockSize: "100dvh" }} aria-busy>
      <Skeleton width="16rem" height="2.25rem" />
    </div>
  );
}
