import type { ComponentProps } from "react";
import css from "./Card.module.css";
import { cx } from "./cx.ts";

/** A plate with a hairline around it. */
export function Card({ padded = true, className, ...rest }: ComponentProps<"div"> & { padded?: boolean }) {
  return <div {...rest} className={cx(css.card, padded && css.padded, className)} />;
}
