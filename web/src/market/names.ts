import { useMemo } from "react";
import type { Market } from "./useMarket.ts";

/** What creators that are counted or found call themselves, by lower-case address. */
export function useCreatorNames(found: Market | undefined): ReadonlyMap<string, string> {
  return useMemo(() => {
    const people = [...(found?.facets.creator ?? []), ...(found?.results.map(({ creator }) => creator) ?? [])];
    return new Map(people.flatMap(({ address, name }) => (name ? [[address.toLowerCase(), name] as const] : [])));
  }, [found]);
}
