import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { clock } from "../studio/players/waveform.ts";
import { Link } from "../ui/Link.tsx";
import { marketHref } from "./filters.ts";
import { sizeText } from "./size.ts";
import type { Details } from "./useWork.ts";
import css from "./Work.module.css";

/** A work's own words, its tags, and what the file is. */
export function WorkAbout({ work }: { work: Details["work"] }) {
  const t = useT();
  const { description, tags, metadata, fetched, sold, createdAt, modality } = work;
  const file = metadata?.file;
  return (
    <>
      <section className={css.section} aria-labelledby="about-title">
        <h2 id="about-title">{t("work.about")}</h2>
        {fetched !== "fetched" && (
          <p className={css.muted} role="status">
            {t(`work.${fetched}`)}
          </p>
        )}
        {description && (
          <p className={css.description} translate="no">
            {description}
          </p>
        )}
        {tags.length > 0 && (
          <ul className={css.tags} aria-label={t("work.tags")}>
            {tags.map((tag) => (
              <li key={tag}>
                <Link href={marketHref({ tag: [tag] })} look="plain" translate="no">
                  {tag}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={css.section} aria-labelledby="file-title">
        <h2 id="file-title">{t("work.facts")}</h2>
        <dl className={css.facts}>
          <dt>{t("work.fact.type")}</dt>
          <dd>
            {t(`work.modality.${modality}`)}
            {file && <span translate="no"> · {file.mediaType}</span>}
          </dd>
          {file && (
            <>
              <dt>{t("work.fact.size")}</dt>
              <dd translate="no">{sizeText(file.bytes)}</dd>
            </>
          )}
          {file?.width !== undefined && file.height !== undefined && (
            <>
              <dt>{t("work.fact.pixels")}</dt>
              <dd translate="no">
                {file.width} × {file.height}
              </dd>
            </>
          )}
          {file?.seconds !== undefined && (
            <>
              <dt>{t("work.fact.length")}</dt>
              <dd translate="no">{clock(file.seconds)}</dd>
            </>
          )}
          <dt>{t("work.fact.made")}</dt>
          <dd>{formatDay(Number(createdAt))}</dd>
        </dl>
        <p className={css.muted}>{t("work.sold", { count: sold })}</p>
        <p className={css.muted}>{t("work.fact.previewOnly")}</p>
      </section>
    </>
  );
}
