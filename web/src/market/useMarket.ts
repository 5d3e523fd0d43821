import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type MarketFilter, paramsOf } from "./filters.ts";

/** Rows of four and of two come out even. */
const PAGE = 24;

/** Works of a filter, a page at a time; those of the filter before stay until these are here. */
export function useMarket(filter: MarketFilter) {
  const stelai = useStelai();
  return useInfiniteQuery({
    queryKey: stelaiKey(stelai, "market", paramsOf(filter).toString()),
    queryFn: ({ pageParam, signal }) => {
      const { query, ...facets } = filter;
      return stelai.search.works({
        ...facets,
        q: query,
        // On or off: that works are not for sale themselves is nothing to filter by.
        resale: filter.resale || undefined,
        derivatives: filter.derivatives || undefined,
        ...{ limit: PAGE, offset: pageParam, signal },
      });
    },
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}

export type Market = NonNullable<ReturnType<typeof useMarket>["data"]>["pages"][number];
