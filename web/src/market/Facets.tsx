import { type ReactNode, useId } from "react";
import { shorten } from "../format/hash.ts";
import { formatCount } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { MADE_MODALITIES } from "../studio/modalities.ts";
import css from "./Facets.module.css";
import { LICENCE_KINDS, type MarketFilter, toggled } from "./filters.ts";
import { TIERS } from "./offers.ts";
import { PriceFacet } from "./PriceFacet.tsx";
import type { Market } from "./useMarket.ts";

export interface FacetsProps {
  filter: MarketFilter;
  /** Undefined while they are not known: choices stay, counts are left out. */
  facets: Market["facets"] | undefined;
  onChange: (next: MarketFilter) => void;
}

interface ChoiceProps {
  /** One of several that exclude each other. */
  group?: string;
  checked: boolean;
  count: number | undefined;
  onChange: () => void;
  children: ReactNode;
}

/** One value of a facet and how many works it would leave. */
export function Choice({ group, checked, count, onChange, children }: ChoiceProps) {
  return (
    <label className={css.choice}>
      <input type={group ? "radio" : "checkbox"} name={group} checked={checked} onChange={onChange} />
      <span className={css.value}>{children}</span>
      {count !== undefined && <span className={css.count}>{formatCount(count)}</span>}
    </label>
  );
}

export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css.group}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** Values that are on stay in the list when the index no longer counts them among the most frequent. */
function withChosen<T>(
  counted: readonly T[],
  chosen: readonly string[],
  keyOf: (one: T) => string,
  of: (key: string) => T,
) {
  const known = new Set(counted.map((one) => keyOf(one).toLowerCase()));
  return [...counted, ...chosen.filter((key) => !known.has(key.toLowerCase())).map(of)];
}

/** Everything that the market can be narrowed to, with how many works each choice leaves. */
export function Facets({ filter, facets, onChange }: FacetsProps) {
  const t = useT();
  const id = useId();
  const set = (changes: Partial<MarketFilter>) => onChange({ ...filter, ...changes });
  const creators = withChosen(
    facets?.creator ?? [],
    filter.creator,
    ({ address }) => address,
    (address) => ({ address: address as `0x${string}`, name: null, count: 0 }),
  );
  const tags = withChosen(
    facets?.tag ?? [],
    filter.tag,
    ({ tag }) => tag,
    (tag) => ({ tag, count: 0 }),
  );
  return (
    <div className={css.facets}>
      <Group title={t("facet.modality")}>
        {MADE_MODALITIES.map((one) => (
          <Choice
            key={one}
            checked={filter.modality.includes(one)}
            count={facets?.modality[one]}
            onChange={() => onChange(toggled(filter, "modality", one))}
          >
            {t(`work.modality.${one}`)}
          </Choice>
        ))}
      </Group>
      <Group title={t("facet.tier")}>
        {TIERS.map((one) => (
          <Choice
            key={one}
            checked={filter.tier.includes(one)}
            count={facets?.tier[one]}
            onChange={() => onChange(toggled(filter, "tier", one))}
          >
            {t(`tier.${one}`)}
          </Choice>
        ))}
      </Group>
      <PriceFacet filter={filter} facets={facets} onChange={onChange} />
      <Group title={t("facet.licence")}>
        <Choice
          group={`${id}-licence`}
          checked={filter.licence === undefined}
          count={undefined}
          onChange={() => set({ licence: undefined })}
        >
          {t("facet.licence.any")}
        </Choice>
        {LICENCE_KINDS.map((one) => (
          <Choice
            key={one}
            group={`${id}-licence`}
            checked={filter.licence === one}
            count={facets?.licence[one]}
            onChange={() => set({ licence: one })}
          >
            {t(`facet.licence.${one}`)}
          </Choice>
        ))}
      </Group>
      <Group title={t("facet.rating")}>
        <Choice
          group={`${id}-rating`}
          checked={filter.rating === undefined}
          count={undefined}
          onChange={() => set({ rating: undefined })}
        >
          {t("facet.rating.any")}
        </Choice>
        {([4, 3, 2, 1] as const).map((stars) => (
          <Choice
            key={stars}
            group={`${id}-rating`}
            checked={filter.rating === stars}
            count={facets?.rating.find(({ atLeast }) => atLeast === stars)?.count}
            onChange={() => set({ rating: stars })}
          >
            {t("facet.rating.atLeast", { stars })}
          </Choice>
        ))}
      </Group>
      {tags.length > 0 && (
        <Group title={t("facet.tag")}>
          {tags.map(({ tag, count }) => (
            <Choice
              key={tag}
              checked={filter.tag.includes(tag)}
              count={count}
              onChange={() => onChange(toggled(filter, "tag", tag))}
            >
              <span translate="no">{tag}</span>
            </Choice>
          ))}
        </Group>
      )}
      {creators.length > 0 && (
        <Group title={t("facet.creator")}>
          {creators.map(({ address, name, count }) => (
            <Choice
              key={address}
              checked={filter.creator.some((one) => one.toLowerCase() === address.toLowerCase())}
              count={count}
              onChange={() => {
                const isOn = filter.creator.find((one) => one.toLowerCase() === address.toLowerCase());
                onChange(toggled(filter, "creator", isOn ?? address));
              }}
            >
              <span translate="no">{name ?? shorten(address)}</span>
            </Choice>
          ))}
        </Group>
      )}
      <Group title={t("facet.more")}>
        {(["resale", "derivatives"] as const).map((one) => (
          <Choice key={one} checked={filter[one]} count={undefined} onChange={() => set({ [one]: !filter[one] })}>
            {t(`facet.${one}`)}
          </Choice>
        ))}
      </Group>
    </div>
  );
}
