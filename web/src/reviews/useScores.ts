import { useIndexer } from "@stelai/sdk/react";
import { useMemo } from "react";

const SCORES = `query Scores {
  characters(where: { reviews_gt: 0 }, limit: 1000) { items { id reviews stars } }
}`;

type Scores = { characters: { items: { id: string; reviews: number; stars: number }[] } };

export interface CardScore {
  readonly count: number;
  /** Hundredths of a star. */
  readonly average: number;
}

/** The score of every character that has one, by its number; asked for once for all cards. Empty while unknown. */
export function useScores(): ReadonlyMap<string, CardScore> {
  const { data } = useIndexer<Scores>(SCORES, {}, { staleTime: 60_000 });
  return useMemo(
    () =>
      new Map(
        data?.characters.items.map(({ id, reviews, stars }) => [
          String(id),
          { count: reviews, average: Math.round((100 * stars) / reviews) },
        ]),
      ),
    [data],
  );
}
