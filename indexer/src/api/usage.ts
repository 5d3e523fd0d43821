import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, asc, eq, gte, lte, sql } from "ponder";
import { dayOf, monthOf } from "../chain.ts";
import { monthBefore } from "../ranking.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { idOf, wholeOf } from "./parameters.ts";
import { type Standing, standingsIn } from "./standings.ts";

export const usage = new Hono();

/**
 * How a character was used and what that brought, in microcredits, gross: `{ totals: { generations, milliunits, paid,
 * users }, days: [{ day, generations, milliunits, paid, payers, sold, refunded }], ranking: { month, rank, previousRank,
 * best: { month, rank } | null } }`. `paid` is what was settled from tabs, `sold` and `refunded` are passes; own people
 * included, unlike in the ranking. `days` are UTC days since 1970, without gaps, `?days=` (30, at most 366) until
 * today; `totals` are of these days, `users` being different accounts that paid by a tab, and `payers` also those of
 * passes. Ranks are null where it has none; the best is its earliest best.
 */
usage.get("/:id/usage", async (context) => {
  const characterId = idOf(context);
  const count = wholeOf(context, "days", 30, 366);
  const now = await chainNow();
  const today = dayOf(now);
  const from = today - count + 1;
  const { characterDay, line } = schema;
  const [rows, [distinct], ranking] = await Promise.all([
    db
      .select()
      .from(characterDay)
      .where(and(eq(characterDay.characterId, characterId), gte(characterDay.day, from), lte(characterDay.day, today)))
      .orderBy(asc(characterDay.day)),
    db
      .select({ users: sql<number>`count(DISTINCT ${line.payer}) FILTER (WHERE ${line.amount} > 0)`.mapWith(Number) })
      .from(line)
      .where(and(eq(line.characterId, characterId), gte(line.timestamp, BigInt(from) * 86_400n))),
    rankingOf(characterId, monthOf(now)),
  ]);
  const rowOf = new Map(rows.map((row) => [row.day, row]));
  const days = Array.from({ length: count }, (_, index) => {
    const row = rowOf.get(from + index);
    return {
      day: from + index,
      generations: row?.inferences ?? 0n,
      milliunits: row?.milliunits ?? 0n,
      paid: row?.amount ?? 0n,
      payers: row?.payers ?? 0,
      sold: row?.passesSold ?? 0n,
      refunded: row?.passesRefunded ?? 0n,
    };
  });
  const total = (column: "generations" | "milliunits" | "paid") => days.reduce((sum, day) => sum + day[column], 0n);
  return toJson(context, {
    totals: {
      generations: total("generations"),
      milliunits: total("milliunits"),
      paid: total("paid"),
      users: distinct?.users ?? 0,
    },
    days,
    ranking,
  });
});

/** Where a character stands this month, stood in the one before, and stood best. */
async function rankingOf(characterId: bigint, month: string) {
  const { character, payerMonth } = schema;
  const [[row], paidIn] = await Promise.all([
    db.select({ modality: character.modality }).from(character).where(eq(character.id, characterId)),
    db.selectDistinct({ month: payerMonth.month }).from(payerMonth).where(eq(payerMonth.characterId, characterId)),
  ]);
  const months = paidIn.map((each) => each.month);
  const standings = row === undefined ? [] : await standingsIn({ modality: row.modality, months, characterId });
  const rankIn = (wanted: string) => standings.find((standing) => standing.month === wanted)?.rank ?? null;
  const best = standings.reduce<Standing | undefined>(
    (top, standing) => (top === undefined || standing.rank < top.rank ? standing : top),
    undefined,
  );
  return {
    month,
    rank: rankIn(month),
    previousRank: rankIn(monthBefore(month)),
    best: best === undefined ? null : { month: best.month, rank: best.rank },
  };
}
