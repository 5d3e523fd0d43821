import { Star } from "lucide-react";
import { useT } from "../i18n/react.tsx";
import { cx } from "../ui/cx.ts";
import css from "./Reviews.module.css";

/** A rating as five stars, read as words. */
export function Stars({ rating, size = 14 }: { rating: number; size?: number }) {
  const t = useT();
  return (
    <span className={css.stars} role="img" aria-label={t("reviews.stars", { count: rating })}>
      {[1, 2, 3, 4, 5].map((star) => (
        <Star key={star} size={size} strokeWidth={1.5} className={cx(star <= rating && css.full)} aria-hidden />
      ))}
    </span>
  );
}
