import { useT } from "../../i18n/react.tsx";
import { useWords } from "../../reviews/useReviews.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import css from "./Order.module.css";

/** Words on IPFS about a dispute, as their author wrote them. */
export function Said({ title, uri }: { title: string; uri: string }) {
  const t = useT();
  const { data, isError } = useWords(uri);
  return (
    <div className={css.said}>
      <h3>{title}</h3>
      {isError ? (
        <p className={css.muted}>{t("order.wordsFailed")}</p>
      ) : data === undefined ? (
        <Skeleton width="16rem" />
      ) : (
        <p className={css.words} translate="no">
          {data}
        </p>
      )}
    </div>
  );
}
