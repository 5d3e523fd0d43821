import "../market/words.ts";
import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { Page } from "../app/Page.tsx";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { ActiveFilters } from "../market/ActiveFilters.tsx";
import { Facets } from "../market/Facets.tsx";
import { filterFrom, type MarketFilter, paramsOf } from "../market/filters.ts";
import css from "../market/Market.module.css";
import { useCreatorNames } from "../market/names.ts";
import { Results } from "../market/Results.tsx";
import { Toolbar } from "../market/Toolbar.tsx";
import { useMarket } from "../market/useMarket.ts";
import { useWide } from "../studio/useWide.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

const PATH = "/market";
/** How long typing rests before its words go into the address, in milliseconds: browsers limit how often it may change. */
const REST = 250;

/** What is typed is looked for at once; the address follows when typing rests. */
function useFilter() {
  const [params, setParams] = useSearchParams();
  const inAddress = filterFrom(params);
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(() => {
      // Who has followed a link meanwhile is not brought back.
      if (window.location.pathname !== PATH) return;
      setParams((before) => paramsOf({ ...filterFrom(before), query: typed }), { replace: true });
      setTyped(undefined);
    }, REST);
    return () => clearTimeout(timer);
  }, [typed, setParams]);
  const setFilter = (next: MarketFilter) => {
    setTyped(undefined);
    setParams(paramsOf(next), { replace: true });
  };
  return { filter: { ...inAddress, query: typed ?? inAddress.query }, setFilter, setQuery: setTyped };
}

/** Works that are licensed: search, facets, sort. All of what is chosen is in the address. */
export default function MarketPage() {
  const t = useT();
  const isWide = useWide();
  const { filter, setFilter, setQuery } = useFilter();
  const [isOpen, setOpen] = useState(false);
  const market = useMarket(filter);
  const first = market.data?.pages[0];
  const total = first?.total;
  const names = useCreatorNames(first);
  const facets = <Facets filter={filter} facets={first?.facets} onChange={setFilter} />;
  return (
    <Page title={filter.query ? t("market.results", { query: filter.query }) : t("market.title")}>
      <div className={css.market}>
        {isWide && (
          <aside className={css.side} aria-label={t("market.filters")}>
            {facets}
          </aside>
        )}
        <div className={css.main}>
          <Toolbar
            filter={filter}
            total={total}
            onQuery={setQuery}
            onChange={setFilter}
            onFilters={() => setOpen(true)}
          />
          <ActiveFilters filter={filter} names={names} onChange={setFilter} />
          <Results market={market} filter={filter} onChange={setFilter} />
        </div>
      </div>
      <Dialog
        open={isOpen && !isWide}
        onClose={() => setOpen(false)}
        kind="panel"
        title={t("market.filters")}
        foot={
          <Button variant="primary" wide onClick={() => setOpen(false)}>
            {t("market.showResults", { count: total ?? 0, shown: formatCount(total) })}
          </Button>
        }
      >
        {facets}
      </Dialog>
    </Page>
  );
}
