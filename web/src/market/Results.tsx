import { useT } from "../i18n/react.tsx";
import { explain } from "../stelai/explain.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import { ButtonLink } from "../ui/Link.tsx";
import { activeFilters, type MarketFilter, withoutFacet } from "./filters.ts";
import css from "./Market.module.css";
import type { useMarket } from "./useMarket.ts";
import { WorkGrid } from "./WorkGrid.tsx";

/** What the index calls the filters in `drop`. */
const DROPS = [
  "q",
  "query",
  "modality",
  "tier",
  "licence",
  "price",
  "min",
  "max",
  "rating",
  "creator",
  "tag",
  "resale",
  "derivatives",
] as const;

export interface ResultsProps {
  market: ReturnType<typeof useMarket>;
  filter: MarketFilter;
  onChange: (next: MarketFilter) => void;
}

/** The works that were found, a page at a time; or why there are none, and what to do. */
export function Results({ market, filter, onChange }: ResultsProps) {
  const t = useT();
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage } = market;
  const works = data?.pages.flatMap(({ results }) => results) ?? [];
  if (error && (!data || isPlaceholderData)) {
    const { technical } = explain(error);
    return (
      <ErrorState
        what={t("market.down")}
        money="untouched"
        technical={technical}
        actions={
          <>
            <Button onClick={() => void market.refetch()}>{t("chat.again")}</Button>
            <ButtonLink href="/library">{t("market.toLibrary")}</ButtonLink>
          </>
        }
      />
    );
  }
  if (!data) return <WorkGrid works={[]} waiting={8} />;
  if (works.length === 0) return <Nothing drop={data.pages[0]?.drop ?? []} filter={filter} onChange={onChange} />;
  return (
    <>
      <WorkGrid works={works} busy={isPlaceholderData} waiting={isFetchingNextPage ? 4 : 0} />
      {hasNextPage && (
        <div className={css.more}>
          {error && <p role="alert">{t("market.moreFailed")}</p>}
          <Button disabled={isFetchingNextPage} onClick={() => void market.fetchNextPage()}>
            {t("market.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Nothing({
  drop,
  filter,
  onChange,
}: {
  drop: readonly { facet: string; total: number }[];
  filter: MarketFilter;
  onChange: (next: MarketFilter) => void;
}) {
  const t = useT();
  const isNarrowed = filter.query !== "" || activeFilters(filter).length > 0;
  if (!isNarrowed) {
    return (
      <EmptyState title={t("market.empty")} actions={<ButtonLink href="/studio">{t("market.toStudio")}</ButtonLink>}>
        {t("market.emptyText")}
      </EmptyState>
    );
  }
  const useful = drop.flatMap(({ facet, total }) => {
    const known = DROPS.find((one) => one === facet);
    return known && total > 0 ? [{ facet: known, total }] : [];
  });
  return (
    <EmptyState
      title={t("market.none")}
      actions={
        <div className={css.drops}>
          {useful.map(({ facet, total }) => (
            <Button key={facet} onClick={() => onChange(withoutFacet(filter, facet))}>
              {t("market.drop", { filter: t(`market.dropFacet.${facet}`), total })}
            </Button>
          ))}
          <Button onClick={() => onChange(withoutAll(filter))}>{t("market.clearAll")}</Button>
        </div>
      }
    >
      {t(useful.length > 0 ? "market.noneDrop" : "market.noneWords")}
    </EmptyState>
  );
}

function withoutAll(filter: MarketFilter): MarketFilter {
  return activeFilters(filter).reduce((left, { facet }) => withoutFacet(left, facet), { ...filter, query: "" });
}
