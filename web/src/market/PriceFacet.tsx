import { type FormEvent, useEffect, useId, useState } from "react";
import { parseCredits } from "../credits/parse.ts";
import { formatCredits, WEI_PER_MICROCREDIT } from "../format/money.ts";
import { useT } from "../i18n/react.tsx";
import { Button } from "../ui/Button.tsx";
import css from "./Facets.module.css";
import { Choice, type FacetsProps, Group } from "./Facets.tsx";
import { creditsText } from "./price.ts";

/** A bound as it is typed; empty for none. */
const typedOf = (micro: bigint | undefined) =>
  micro === undefined ? "" : formatCredits(micro * WEI_PER_MICROCREDIT).replaceAll(",", "");

/** Microcredits of what was typed: undefined for nothing, null for what is no price. */
function readPrice(text: string): bigint | undefined | null {
  if (text.trim() === "") return undefined;
  const wei = parseCredits(text);
  return wei === undefined ? null : wei / WEI_PER_MICROCREDIT;
}

/** How a range of prices is said in a list and on a chip. */
export function usePriceRange(): (min: bigint | undefined, max: bigint | undefined) => string {
  const t = useT();
  return (min, max) => {
    if (min !== undefined && min > 0n && max !== undefined) {
      return t("facet.price.between", { min: creditsText(min), max: creditsText(max) });
    }
    if (max !== undefined) return t("facet.price.atMost", { max: creditsText(max) });
    return t("facet.price.above", { min: creditsText(min ?? 0n) });
  };
}

/** The index counts a bucket below its upper bound; a filter includes its own. */
const upTo = (max: bigint | null) => (max === null ? undefined : max - 1n);

/** Ranges that the index counts, and one of one's own. */
export function PriceFacet({ filter, facets, onChange }: FacetsProps) {
  const t = useT();
  const id = useId();
  const { min, max } = filter;
  const [from, setFrom] = useState(typedOf(min));
  const [to, setTo] = useState(typedOf(max));
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    setFrom(typedOf(min));
    setTo(typedOf(max));
  }, [min, max]);
  const set = (lowest: bigint | undefined, highest: bigint | undefined) =>
    onChange({ ...filter, min: lowest, max: highest });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const [lowest, highest] = [readPrice(from), readPrice(to)];
    setWrong(lowest === null || highest === null);
    if (lowest !== null && highest !== null) set(lowest, highest);
  };
  const buckets = facets?.price ?? [];
  const isAny = min === undefined && max === undefined;
  return (
    <Group title={t("facet.price")}>
      <Choice group={id} checked={isAny} count={undefined} onChange={() => set(undefined, undefined)}>
        {t("facet.price.any")}
      </Choice>
      {buckets.map((bucket) => {
        const lowest = bucket.min > 0n ? bucket.min : undefined;
        const highest = upTo(bucket.max);
        return (
          <Choice
            key={String(bucket.min)}
            group={id}
            checked={!isAny && min === lowest && max === highest}
            count={bucket.count}
            onChange={() => set(lowest, highest)}
          >
            {bucket.max === null
              ? t("facet.price.above", { min: creditsText(bucket.min) })
              : lowest === undefined
                ? t("facet.price.below", { max: creditsText(bucket.max) })
                : t("facet.price.between", { min: creditsText(bucket.min), max: creditsText(bucket.max) })}
          </Choice>
        );
      })}
      <form className={css.range} onSubmit={apply}>
        <input
          inputMode="decimal"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
          placeholder={t("facet.price.from")}
          aria-label={t("facet.price.from")}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          autoComplete="off"
        />
        <input
          inputMode="decimal"
          value={to}
          onChange={(event) => setTo(event.target.value)}
          placeholder={t("facet.price.to")}
          aria-label={t("facet.price.to")}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          autoComplete="off"
        />
        <Button type="submit" size="small">
          {t("facet.price.apply")}
        </Button>
      </form>
      {isWrong && (
        <p className={css.wrong} id={`${id}-wrong`} role="alert">
          {t("facet.price.wrong")}
        </p>
      )}
    </Group>
  );
}
