import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, desc, eq, gt, max, sql } from "ponder";
import { HALF_LIFE_DAYS, WINDOW_DAYS } from "../search/ranking.ts";
import { toJson } from "./json.ts";
import { limitOf, optionOf } from "./parameters.ts";

export const trending = new Hono();

/**
 * Public characters by recent paid use. With n accounts that paid c credits on a day, by tabs and for passes less that
 * day's refunds, a character scores
 * `Σ n × ln(1 + c / n) × 2^(−age / 3 days)` over 30 days: many people count fully, more money from the same people
 * by its logarithm. Age is counted from the last day on which anything was paid, so that a quiet week changes no
 * order. `?modality=` one of the five; `?limit=` (20, at most 100).
 */
trending.get("/", async (context) => {
  const { character, characterDay } = schema;
  const limit = limitOf(context, 20, 100);
  const modality = optionOf(context, "modality", ["any", ...schema.modality.enumValues]);
  const [{ today } = { today: null }] = await db
    .select({ today: max(characterDay.day) })
    .from(characterDay)
    .where(gt(characterDay.payers, 0));
  if (today === null) return toJson(context, { characters: [] });
  const passes = sql`(${characterDay.passesSold} - ${characterDay.passesRefunded})`;
  const paid = sql`greatest(${characterDay.amount} + ${passes}, 0)`;
  const score = sql<number>`sum(
    ${characterDay.payers} * ln(1 + ${paid}::float8 / 1e6 / ${characterDay.payers})
    * power(2, (${characterDay.day} - ${today}::int)::float8 / ${HALF_LIFE_DAYS}::float8))`;
  const rows = await db
    .select({
      characterId: character.id,
      modality: character.modality,
      score: score.mapWith(Number),
      amount: sql<string>`sum(${characterDay.amount})`,
      inferences: sql<string>`sum(${characterDay.inferences})`,
      passes: sql<string>`sum(${passes})`,
      earned: character.earned,
      passesSold: character.passesSold,
      payers: character.payers,
    })
    .from(characterDay)
    .innerJoin(character, eq(character.id, characterDay.characterId))
    .where(
      and(
        gt(characterDay.day, today - WINDOW_DAYS),
        gt(characterDay.payers, 0),
        eq(character.visibility, "Public"),
        eq(character.suspended, false),
        modality === "any" ? undefined : eq(character.modality, modality),
      ),
    )
    // By each column that is shown: of a replica's views no database knows that the id alone names the others.
    .groupBy(character.id, character.modality, character.earned, character.passesSold, character.payers)
    .orderBy(desc(score), desc(character.id))
    .limit(limit);
  return toJson(context, { characters: rows });
});
