import type { WorkHit } from "@stelai/sdk";
import { shorten } from "../format/hash.ts";
import { useT } from "../i18n/react.tsx";
import { Link } from "../ui/Link.tsx";
import { marketHref } from "./filters.ts";
import { useSimilar, useWorksOf } from "./useWork.ts";
import css from "./Work.module.css";
import { WorkGrid } from "./WorkGrid.tsx";

/** A row of a wide page. */
const ROW = 4;

/** Works like this one, and more by who made it; each row only where there is something in it. */
export function MoreWorks({ work: { workId, creator } }: { work: Pick<WorkHit, "workId" | "creator"> }) {
  const t = useT();
  const similar = useSimilar(workId, ROW);
  // One more, since this one is among them.
  const theirs = useWorksOf(creator.address, ROW + 1);
  const others = theirs.data?.works.filter((one) => one.workId !== workId && one.tiers.length > 0).slice(0, ROW) ?? [];
  const name = creator.name ?? shorten(creator.address);
  return (
    <>
      {similar.data && similar.data.length > 0 && (
        <section className={css.wide} aria-labelledby="similar-title">
          <h2 id="similar-title">{t("similar.title")}</h2>
          <WorkGrid works={similar.data} wide />
        </section>
      )}
      {others.length > 0 && (
        <section className={css.wide} aria-labelledby="more-title">
          <div className={css.between}>
            <h2 id="more-title">{t("moreBy.title", { creator: name })}</h2>
            <Link href={marketHref({ creator: [creator.address] })}>{t("moreBy.all", { creator: name })}</Link>
          </div>
          <WorkGrid works={others} by={false} wide />
        </section>
      )}
    </>
  );
}
