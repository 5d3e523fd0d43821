import { isAddressEqual } from "viem";
import { T, useT } from "../i18n/react.tsx";
import { useNameOfPerson } from "../people/names.ts";
import { CreatorLink } from "../people/profile/CreatorLink.tsx";
import { Stars } from "../reviews/Stars.tsx";
import { starsText } from "../reviews/text.ts";
import { Link } from "../ui/Link.tsx";
import type { Details } from "./useWork.ts";
import css from "./Work.module.css";

/** Under a work's title: who made it, who owns it where that is somebody else, and its stars. */
export function WorkByline({ work: { creator, owner, score } }: { work: Details["work"] }) {
  const t = useT();
  const isOther = !isAddressEqual(creator.address, owner);
  const ownerName = useNameOfPerson(isOther ? owner : undefined);
  return (
    <span className={css.byline}>
      <CreatorLink owner={creator.address} name={creator.name ?? undefined} />
      {isOther && (
        <span>
          <T
            id="work.owner"
            values={{ owner: ownerName }}
            components={{ person: <Link href={`/people/${owner}`} look="plain" translate="no" /> }}
          />
        </span>
      )}
      {score.weighted !== null && score.count > 0 ? (
        <span className={css.score}>
          <Stars rating={Math.round(score.weighted / 100)} />
          {t("reviews.score", { stars: starsText(score.weighted), count: score.count })}
        </span>
      ) : (
        <span>{t("workReviews.none")}</span>
      )}
    </span>
  );
}
