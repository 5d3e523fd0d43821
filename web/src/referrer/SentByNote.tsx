import "../credits/buyingWords.ts";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { useNameOfPerson } from "../people/names.ts";
import { Button } from "../ui/Button.tsx";
import { Link } from "../ui/Link.tsx";
import css from "./SentByNote.module.css";
import type { SentBy } from "./useReferrer.ts";

/** Basis points as percent. */
const percent = (bps: number) => formatCount(bps / 100);

/** Who a first purchase will be linked to, what both get, and the way to leave them out. Nothing where nobody is. */
export function SentByNote({ sentBy }: { sentBy: SentBy }) {
  const t = useT();
  const { referrer, terms, drop } = sentBy;
  const name = useNameOfPerson(referrer);
  if (!referrer) return null;
  const pays = terms && (terms.mine > 0 || terms.theirs > 0);
  return (
    <div className={css.note}>
      <p>
        {pays
          ? t("referrer.sentBy", {
              ...{ name, mine: percent(terms.mine), theirs: percent(terms.theirs) },
              same: terms.mine === terms.theirs ? "yes" : "no",
            })
          : t("referrer.plain", { name })}{" "}
        <Link href={`/people/${referrer}`}>{t("referrer.who")}</Link>
      </p>
      <Button size="small" onClick={drop}>
        {t("referrer.drop")}
      </Button>
    </div>
  );
}
