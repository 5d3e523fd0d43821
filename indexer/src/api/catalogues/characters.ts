import { db } from "ponder:api";
import schema from "ponder:schema";
import { and, between, eq, gt, gte } from "ponder";
import { dayOf } from "../../chain.ts";
import type { CharacterEntry } from "../../search/characters.ts";
import { type PaidDay, ratedBy, WINDOW_DAYS } from "../../search/ranking.ts";
import { cardOf, personOf } from "../../texts/index.ts";
import type { Score } from "../scores.ts";
import { scoresOf } from "../weighed.ts";

const { character, characterDay } = schema;

/** All that a character's place in the catalogue is made of. */
export type CharacterRows = {
  character: typeof character.$inferSelect;
  score: Score | undefined;
  days: readonly PaidDay[];
};

/** The public characters with ids from `first` to `last`. `now` as {@link chainNow} says it. */
export async function readCharacters(first: bigint, last: bigint, now: bigint): Promise<Map<bigint, CharacterRows>> {
  const isPublic = and(eq(character.visibility, "Public"), eq(character.suspended, false));
  const { day, characterId, payers } = characterDay;
  const [characters, days] = await Promise.all([
    db
      .select()
      .from(character)
      .where(and(between(character.id, first, last), isPublic)),
    db
      .select()
      .from(characterDay)
      .where(and(between(characterId, first, last), gt(payers, 0), gte(day, dayOf(now) - WINDOW_DAYS - 1))),
  ]);
  const scores = await scoresOf(
    "characters",
    characters.filter(({ reviews }) => reviews > 0).map(({ id }) => id),
  );
  const daysOf = Map.groupBy(days, (each) => each.characterId);
  return new Map(
    characters.map((row) => [
      row.id,
      {
        character: row,
        score: scores.get(row.id),
        days: (daysOf.get(row.id) ?? []).map((each) => ({
          day: each.day,
          buyers: each.payers,
          credits: Number(each.amount + each.passesSold - each.passesRefunded) / 1e6,
        })),
      },
    ]),
  );
}

/** What search knows of a character. */
export function characterEntry({ character: row, score, days }: CharacterRows): CharacterEntry {
  const { card } = cardOf(row.metadataURI);
  return {
    ...{ id: Number(row.id), name: card?.name ?? "", tagline: card?.tagline ?? "" },
    ...{ description: card?.description ?? "", tags: card?.tags ?? [], modality: row.modality },
    ...{ creator: row.creator, creatorName: personOf(row.creator).name ?? "", createdAt: Number(row.createdAt) },
    ...{ payers: row.payers, score: ratedBy(score), days },
    ...{ price: Number(row.perInference + row.perUnit), hasPass: row.lifetime + row.monthly + row.annual > 0n },
  };
}

/** A character as search shows it; terms in microcredits. Name, tagline and tags are its creator's words. */
export function characterHit({ character: row, score }: CharacterRows) {
  const { card } = cardOf(row.metadataURI);
  const { lifetime, monthly, annual, perInference, perUnit } = row;
  const { count = 0, average = 0, weighted = 0 } = score ?? {};
  return {
    ...{ characterId: row.id, name: card?.name ?? null, tagline: card?.tagline ?? null },
    ...{ creator: personOf(row.creator), modality: row.modality, tags: card?.tags ?? [], image: card?.image ?? null },
    terms: { lifetime, monthly, annual, perInference, perUnit },
    score: { count, average: count === 0 ? null : average, weighted: count === 0 ? null : weighted },
    ...{ uses: Number(row.inferences), createdAt: row.createdAt },
  };
}
