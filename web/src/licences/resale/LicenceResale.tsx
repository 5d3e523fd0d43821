import { useT } from "../../i18n/react.tsx";
import { useChainNow } from "../../stelai/chainNow.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { type Licence, whyLocked } from "../facts.ts";
import { creditsText, momentText, useLicenceWords } from "../useWords.ts";
import { OwnerActs } from "./OwnerActs.tsx";
import css from "./Resale.module.css";
import { useListing } from "./subject.ts";

/** For its holder: whether a licence is for sale, and what can be done about it. */
export default function LicenceResale({ licence }: { licence: Licence }) {
  const t = useT();
  const now = useChainNow();
  const { licenceId, workId } = licence;
  const token = { licenceId };
  const listing = useListing(token);
  const { title } = useLicenceWords()(licence, now);
  const locked = whyLocked(licence, now);
  return (
    <section className={css.section} aria-labelledby="resale">
      <h2 id="resale">{t("resale.title")}</h2>
      {locked ? (
        <p className={css.muted}>{t(`resale.locked.${locked}`)}</p>
      ) : listing.data === undefined ? (
        <Skeleton height="4rem" />
      ) : (
        <>
          <p>
            {listing.data
              ? t("resale.listedFor", {
                  price: creditsText(listing.data.price),
                  until: momentText(listing.data.until),
                })
              : t("resale.notListed")}
          </p>
          <OwnerActs subject={{ token, workId, title }} listed={listing.data?.price} />
        </>
      )}
    </section>
  );
}
