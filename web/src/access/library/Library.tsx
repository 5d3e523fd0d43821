import { useT } from "../../i18n/react.tsx";
import { explain } from "../../stelai/explain.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ButtonLink } from "../../ui/Link.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { useMyPasses } from "../useMyPasses.ts";
import { Gifts } from "./Gifts.tsx";
import { giftsOf } from "./gifts.ts";
import css from "./Library.module.css";
import { PassRow } from "./PassRow.tsx";
import { Shared } from "./Shared.tsx";

/** Everything the connected account may use, by how it came to it. */
export function Library() {
  const t = useT();
  const passes = useMyPasses();
  const { address } = passes;
  const failed = passes.error && !passes.data ? explain(passes.error) : undefined;
  const toExplore = (
    <ButtonLink href="/" variant="primary">
      {t("character.toExplore")}
    </ButtonLink>
  );
  const whatPasses = failed ? (
    <ErrorState
      what={failed.what}
      money="untouched"
      technical={failed.technical}
      actions={<Button onClick={() => void passes.refetch()}>{t("chat.again")}</Button>}
    >
      {t("library.indexDown")}
    </ErrorState>
  ) : !passes.data || !address ? (
    <div className={css.rows} aria-busy>
      <Skeleton height="11rem" />
      <Skeleton height="11rem" />
    </div>
  ) : passes.data.length === 0 ? (
    <EmptyState title={t("library.noPasses")} actions={toExplore}>
      {t("library.noPassesText")}
    </EmptyState>
  ) : (
    <ul className={css.rows}>
      {[...passes.data]
        .sort((a, b) => Number(b.active) - Number(a.active) || Number(b.until - a.until))
        .map((pass) => (
          <li key={String(pass.characterId)}>
            <PassRow pass={pass} />
          </li>
        ))}
    </ul>
  );
  return (
    <Tabs
      label={t("library.title")}
      tabs={[
        { id: "passes", label: t("library.passes"), content: whatPasses },
        { id: "shared", label: t("library.shared"), content: <Shared /> },
        {
          id: "gifts",
          label: t("library.gifts"),
          content: <Gifts gifts={passes.data && address ? giftsOf(passes.data, address) : undefined} />,
        },
      ]}
    />
  );
}
