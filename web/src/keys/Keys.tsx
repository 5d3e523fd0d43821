import { Plus } from "lucide-react";
import { useT } from "../i18n/react.tsx";
import { Failed } from "../people/Failed.tsx";
import { useMine } from "../people/useMine.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { KeyList } from "./KeyList.tsx";
import css from "./Keys.module.css";
import { Snippets } from "./Snippets.tsx";
import { isCurrent } from "./states.ts";

/** How soon what a program spent elsewhere is seen here. */
const REFRESH_MS = 5_000;
/** In the place of a key in the words about it. */
const EXAMPLE = "sk-stelai-…";

/** The account's API keys, those that ended among them, and how a program uses one. */
export function Keys({ onMake }: { onMake: () => void }) {
  const t = useT();
  const keys = useMine(["budgetKeys"], (stelai) => stelai.budgetKeys.list(), { refetchInterval: REFRESH_MS });
  if (keys.error && !keys.data) return <Failed error={keys.error} onAgain={() => void keys.refetch()} />;
  if (!keys.data) return <KeysSkeleton />;
  const current = keys.data.filter(isCurrent);
  const past = keys.data.filter((key) => !isCurrent(key));
  const changed = () => void keys.refetch();
  const make = (
    <Button variant="primary" icon={Plus} onClick={onMake}>
      {t("keys.new")}
    </Button>
  );
  return (
    <div className={css.page}>
      {current.length === 0 ? (
        <EmptyState title={t("keys.none")} actions={make}>
          {t("keys.noneText")}
        </EmptyState>
      ) : (
        <section className={css.section} aria-labelledby="keys-current">
          <div className={css.top}>
            <h2 id="keys-current">{t("keys.current")}</h2>
            {make}
          </div>
          <KeyList keys={current} onChanged={changed} />
        </section>
      )}
      <section className={css.section} aria-labelledby="keys-use">
        <h2 id="keys-use">{t("keys.use.title")}</h2>
        <p className={css.muted}>{t("keys.use.text")}</p>
        <Snippets apiKey={EXAMPLE} />
      </section>
      {past.length > 0 && (
        <section className={css.section} aria-labelledby="keys-past">
          <h2 id="keys-past">{t("keys.past")}</h2>
          <KeyList keys={past} onChanged={changed} />
        </section>
      )}
    </div>
  );
}

/** Their place while it is not known what they are. */
export function KeysSkeleton() {
  return (
    <div className={css.page}>
      <Skeleton height="9rem" />
      <Skeleton height="9rem" />
    </div>
  );
}
