import { lazy, type ReactNode, Suspense } from "react";
import { useSearchParams } from "wouter";
import { WalletGate } from "../../app/WalletGate.tsx";
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
import { LIBRARY_TABS, type LibraryTab, libraryTab, withLibraryTab } from "./tabs.ts";

const Made = lazy(() => import("./Made.tsx"));
const LicenceList = lazy(() => import("../../licences/library/LicenceList.tsx"));

/** What was made, and everything the connected account may use, by how it came to it. */
export function Library() {
  const t = useT();
  const [params, setParams] = useSearchParams();
  const gate = (content: ReactNode) => (
    <WalletGate title={t("library.connectTitle")} text={t("library.connectText")}>
      {content}
    </WalletGate>
  );
  const tabs: Record<LibraryTab, ReactNode> = {
    made: (
      <Suspense fallback={<Skeleton height="60vh" />}>
        <Made />
      </Suspense>
    ),
    licences: gate(
      <Suspense fallback={<Skeleton height="9rem" />}>
        <LicenceList />
      </Suspense>,
    ),
    passes: gate(<Passes />),
    shared: gate(<Shared />),
    gifts: gate(<Given />),
  };
  return (
    <Tabs
      label={t("library.title")}
      value={libraryTab(params)}
      onChange={(tab) => setParams(withLibraryTab(params, tab as LibraryTab), { replace: true })}
      tabs={LIBRARY_TABS.map((id) => ({ id, label: t(`library.${id}`), content: tabs[id] }))}
    />
  );
}

/** What others gave to the account. */
function Given() {
  const { data, address } = useMyPasses();
  return <Gifts gifts={data && address ? giftsOf(data, address) : undefined} />;
}

/** The account's passes, those that run first. */
function Passes() {
  const t = useT();
  const passes = useMyPasses();
  const { address } = passes;
  const failed = passes.error && !passes.data ? explain(passes.error) : undefined;
  const toExplore = (
    <ButtonLink href="/" variant="primary">
      {t("character.toExplore")}
    </ButtonLink>
  );
  if (failed) {
    return (
      <ErrorState
        what={failed.what}
        money="untouched"
        technical={failed.technical}
        actions={<Button onClick={() => void passes.refetch()}>{t("chat.again")}</Button>}
      >
        {t("library.indexDown")}
      </ErrorState>
    );
  }
  if (!passes.data || !address) {
    return (
      <div className={css.rows} aria-busy>
        <Skeleton height="11rem" />
        <Skeleton height="11rem" />
      </div>
    );
  }
  if (passes.data.length === 0) {
    return (
      <EmptyState title={t("library.noPasses")} actions={toExplore}>
        {t("library.noPassesText")}
      </EmptyState>
    );
  }
  return (
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
}
