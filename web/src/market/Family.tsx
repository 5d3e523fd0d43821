import { useT } from "../i18n/react.tsx";
import { CreatorLink } from "../people/profile/CreatorLink.tsx";
import { Link } from "../ui/Link.tsx";
import { percentText } from "./offers.ts";
import type { Details } from "./useWork.ts";
import css from "./Work.module.css";
import { useTitleOf } from "./WorkCard.tsx";

/** What a work derives from and what derives from it, with what is owed, in words. */
export function Family({ details: { work, parents, children } }: { details: Details }) {
  const t = useT();
  const titleOf = useTitleOf();
  const { allowsDerivatives, derivativeBps, royaltyBps } = work;
  return (
    <section className={css.section} aria-labelledby="family-title">
      <h2 id="family-title">{t("family.title")}</h2>
      {parents.length > 0 && (
        <>
          <h3>{t("family.parents")}</h3>
          <ul className={css.family}>
            {parents.map((parent) => (
              <li key={String(parent.workId)}>
                <Link href={`/works/${parent.workId}`} translate="no">
                  {titleOf(parent)}
                </Link>{" "}
                <CreatorLink owner={parent.creator.address} name={parent.creator.name ?? undefined} />
                <p className={css.muted}>{t("family.share", { percent: percentText(parent.bps) })}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      {children.length > 0 && (
        <>
          <h3>{t("family.children")}</h3>
          <ul className={css.family}>
            {children.map((child) => (
              <li key={String(child.workId)}>
                <Link href={`/works/${child.workId}`} translate="no">
                  {titleOf(child)}
                </Link>{" "}
                <CreatorLink owner={child.creator.address} name={child.creator.name ?? undefined} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={css.muted}>
        {!allowsDerivatives
          ? t("family.notAllowed")
          : derivativeBps === 0
            ? t("family.allowedFree")
            : t("family.allowed", { percent: percentText(derivativeBps) })}{" "}
        {royaltyBps > 0 && t("family.royalty", { percent: percentText(royaltyBps) })}
      </p>
    </section>
  );
}
