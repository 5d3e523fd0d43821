import { Search, SlidersHorizontal, X } from "lucide-react";
import { useRef } from "react";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { activeFilters, type MarketFilter, SORTS, type Sort } from "./filters.ts";
import css from "./Market.module.css";

export interface ToolbarProps {
  filter: MarketFilter;
  /** How many works there are; undefined while that is not known. */
  total: number | undefined;
  /** What is typed, letter by letter. */
  onQuery: (query: string) => void;
  onChange: (next: MarketFilter) => void;
  onFilters: () => void;
}

/** What is searched while one types, the order, and how much was found. */
export function Toolbar({ filter, total, onQuery, onChange, onFilters }: ToolbarProps) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  // What the index does when no order is asked for.
  const standard: Sort = filter.query === "" ? "trending" : "relevance";
  const sorts = SORTS.filter((sort) => sort !== "relevance" || filter.query !== "");
  const sort = filter.sort !== undefined && sorts.includes(filter.sort) ? filter.sort : standard;
  return (
    <>
      <div className={css.tools}>
        <search className={css.search}>
          <Icon of={Search} size={18} />
          <input
            ref={input}
            type="search"
            value={filter.query}
            onChange={(event) => onQuery(event.target.value)}
            placeholder={t("market.searchHint")}
            aria-label={t("market.search")}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={200}
          />
          {filter.query !== "" && (
            <IconButton
              label={t("market.clear")}
              icon={X}
              onClick={() => {
                onQuery("");
                input.current?.focus();
              }}
            />
          )}
        </search>
        <Button className={css.open} icon={SlidersHorizontal} onClick={onFilters}>
          {t("market.filtersOn", { count: activeFilters(filter).length })}
        </Button>
        <label className={css.order}>
          <span>{t("market.sort")}</span>
          <select
            value={sort}
            aria-label={t("market.sort")}
            onChange={(event) => {
              const chosen = event.target.value as Sort;
              onChange({ ...filter, sort: chosen === standard ? undefined : chosen });
            }}
          >
            {sorts.map((one) => (
              <option key={one} value={one}>
                {t(one === "-price" ? "market.sort.priceDown" : `market.sort.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div role="status">
        <h2 className={css.found}>
          {total === undefined ? t("market.works") : t("market.found", { count: total, shown: formatCount(total) })}
        </h2>
      </div>
    </>
  );
}
