import "../rewards/words.ts";
import "./words.ts";
import type { SharedCreation } from "@stelai/sdk";
import { formatDay } from "../format/time.ts";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { Link } from "../ui/Link.tsx";
import { RemoveShare } from "./RemoveShare.tsx";
import css from "./Shares.module.css";
import { useShares } from "./useShares.ts";

/** What the account shares, with the way to end each; nothing where it is not signed in. */
export function SharedLinks() {
  const t = useT();
  const { data, error, refetch } = useShares();
  if (!data && !error) return null;
  return (
    <section className={css.sheet} aria-labelledby="shared-links">
      <h2 id="shared-links">{t("contributions.shared")}</h2>
      <p className={css.muted}>{t(data?.length === 0 ? "contributions.sharedEmpty" : "contributions.sharedText")}</p>
      {data ? (
        <ul className={css.list}>
          {data.map((share) => (
            <SharedLink key={share.id} share={share} />
          ))}
        </ul>
      ) : (
        <Failed error={error} onAgain={() => void refetch()} />
      )}
    </section>
  );
}

function SharedLink({ share: { id, url, kind, title, sharedAt } }: { share: SharedCreation }) {
  const t = useT();
  return (
    <li className={css.item}>
      <span>
        <Link href={url} translate="no">
          {title}
        </Link>{" "}
        <span className={css.muted}>
          {t(`shares.kind.${kind}`)} · {t("shares.since", { day: formatDay(Date.parse(sharedAt) / 1000) })}
        </span>
      </span>
      <RemoveShare id={id} title={title} />
    </li>
  );
}
