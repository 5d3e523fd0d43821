import { X } from "lucide-react";
import { shorten } from "../format/hash.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { type ActiveFilter, activeFilters, type MarketFilter, NOTHING, without } from "./filters.ts";
import css from "./Market.module.css";
import { usePriceRange } from "./PriceFacet.tsx";

/** What a filter that is on is called. */
function useNameOf(filter: MarketFilter, names: ReadonlyMap<string, string>): (one: ActiveFilter) => string {
  const t = useT();
  const range = usePriceRange();
  return ({ facet, value }) => {
    switch (facet) {
      case "modality":
        return t(`work.modality.${value as "Image"}`);
      case "tier":
        return t(`tier.${value as "Personal"}`);
      case "licence":
        return t(`facet.licence.${value as "Dated"}`);
      case "price":
        return range(filter.min, filter.max);
      case "rating":
        return t("facet.rating.atLeast", { stars: Number(value) });
      case "creator":
        return names.get(value.toLowerCase()) ?? shorten(value);
      case "tag":
        return value;
      default:
        return t(`facet.${facet}`);
    }
  };
}

export interface ActiveFiltersProps {
  filter: MarketFilter;
  /** Of creators, by lower-case address. */
  names: ReadonlyMap<string, string>;
  onChange: (next: MarketFilter) => void;
}

/** Every filter that is on as a chip that takes it away. */
export function ActiveFilters({ filter, names, onChange }: ActiveFiltersProps) {
  const t = useT();
  const nameOf = useNameOf(filter, names);
  const active = activeFilters(filter);
  if (active.length === 0) return null;
  return (
    <ul className={css.active} aria-label={t("market.active")}>
      {active.map((one) => {
        const name = nameOf(one);
        const isTheirs = one.facet === "tag" || one.facet === "creator";
        return (
          <li key={`${one.facet}:${one.value}`}>
            <button
              type="button"
              className={css.chip}
              aria-label={t("market.remove", { filter: name })}
              onClick={() => onChange(without(filter, one))}
              {...(isTheirs && { translate: "no" as const })}
            >
              {name}
              <Icon of={X} size={14} />
            </button>
          </li>
        );
      })}
      {active.length > 1 && (
        <li>
          <Button
            size="small"
            variant="quiet"
            onClick={() => onChange({ ...NOTHING, query: filter.query, sort: filter.sort })}
          >
            {t("market.clearAll")}
          </Button>
        </li>
      )}
    </ul>
  );
}
