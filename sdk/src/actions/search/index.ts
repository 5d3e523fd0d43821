export * from "./searchCharacters.ts";
export * from "./searchWorks.ts";
export * from "./similarWorks.ts";
export * from "./trendingWorks.ts";
export type {
  CharacterHit,
  DroppedFilter,
  Person,
  PriceBucket,
  ScoreSummary,
  SearchFacets,
  SearchOrder,
  SearchParameters,
  SearchResult,
  WorkHit,
  WorkModality,
} from "./types.ts";
