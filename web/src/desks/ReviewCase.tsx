import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useQuery } from "@tanstack/react-query";
import { formatMoment } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import css from "./Desks.module.css";
import { Evidence } from "./Evidence.tsx";
import { readReportedReview } from "./reportedReview.ts";
import { keyOf, type Subject } from "./reports.ts";

/** A reported review itself, fetched by its address: what reporters quote is their word. */
export function ReviewCase({ subject }: { subject: Subject }) {
  const t = useT();
  const stelai = useStelai();
  const { data, error, refetch } = useQuery({
    queryKey: stelaiKey(stelai, "reportedReview", keyOf(subject)),
    queryFn: ({ signal }) => readReportedReview(stelai, subject, signal),
    staleTime: 10_000,
  });
  return (
    <section className={css.section} aria-labelledby="desk-review">
      <h3 id="desk-review">{t("desk.review")}</h3>
      {error && data === undefined ? (
        <Failed error={error} onAgain={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height="6rem" />
      ) : data === null ? (
        <p className={css.note}>{t("desk.reviewGone")}</p>
      ) : (
        <>
          <p>{t("desk.stars", { count: data.rating })}</p>
          {data.editedAt !== null && (
            <p className={css.note}>{t("desk.reviewEdited", { when: formatMoment(Number(data.editedAt)) })}</p>
          )}
          {data.textURI === "" ? (
            <p className={css.note}>{t("desk.reviewNoWords")}</p>
          ) : (
            <Evidence uri={data.textURI} />
          )}
        </>
      )}
    </section>
  );
}
