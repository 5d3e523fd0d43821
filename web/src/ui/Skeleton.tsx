import css from "./Skeleton.module.css";

/** Holds the final size of what is being loaded, so that nothing moves when it arrives. Sizes are CSS lengths. */
export function Skeleton({ width = "100%", height = "1em" }: { width?: string; height?: string }) {
  return <span className={css.skeleton} style={{ inlineSize: width, blockSize: height }} aria-hidden />;
}
