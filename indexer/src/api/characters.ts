import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, desc, eq, gte, lt, lte, sql } from "ponder";
import { dayOf } from "../chain.ts";
import { vestingByDay } from "../vesting.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { cursorOf, idOf, limitOf, wholeOf } from "./parameters.ts";
import { passIn } from "./passes.ts";
import { reviewsOf } from "./reviews.ts";
import { usage } from "./usage.ts";

export const characters = new Hono();
characters.route("/", reviewsOf("characters"));
characters.route("/", usage);

/**
 * Who holds or held a pass, newest holders first: `{ counts: { active, renewing, lifetime, ever }, subscribers:
 * [{ account, active, lifetime, since, until, plan, mandate, paid, refunded }], next }`. `until` is "0" where no month
 * or year was ever paid for; `plan` is what it renews as, or else the last period's, null when there was none; money in
 * microcredits. `?limit=` (50, at most 200); `?after=` the `next` of the answer before.
 */
characters.get("/:id/subscribers", async (context) => {
  const characterId = idOf(context);
  const limit = limitOf(context, 50, 200);
  const after = cursorOf(context, "after");
  const now = await chainNow();
  const { passHolder } = schema;
  const of = eq(passHolder.characterId, characterId);
  const isActive = sql`(${passHolder.lifetime} OR ${passHolder.until} > ${now}::numeric)`;
  const [[counts], rows] = await Promise.all([
    db
      .select({
        active: sql<number>`count(*) FILTER (WHERE ${isActive})`.mapWith(Number),
        renewing: sql<number>`count(*) FILTER (WHERE ${isActive} AND NOT ${passHolder.lifetime} AND ${
          passHolder.mandate
        } > 0)`.mapWith(Number),
        lifetime: sql<number>`count(*) FILTER (WHERE ${passHolder.lifetime})`.mapWith(Number),
        ever: sql<number>`count(*)`.mapWith(Number),
      })
      .from(passHolder)
      .where(of),
    db
      .select()
      .from(passHolder)
      .where(and(of, after === undefined ? undefined : lt(passHolder.id, after)))
      .orderBy(desc(passHolder.id))
      .limit(limit),
  ]);
  return toJson(context, {
    counts,
    subscribers: rows.map((row) => ({ account: row.account, ...passIn(row, now) })),
    next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  });
});

/**
 * What passes earn, in microcredits, gross: `{ vested, harvested, toCome, sold, refunded, days: [{ day, vests, sold,
 * refunded }] }`. Always `sold = refunded + vested + toCome`; `vested − harvested` is what `harvest` takes now. `days`
 * are UTC days since 1970, without gaps: `?days=` (30, at most 366) until today and as many after it, where `vests` is
 * what the periods that stand bring if nobody cancels.
 */
characters.get("/:id/income", async (context) => {
  const characterId = idOf(context);
  const count = wholeOf(context, "days", 30, 366);
  const today = dayOf(await chainNow());
  const [from, to] = [today - count + 1, today + count];
  const { character, characterDay, vestingDay } = schema;
  const { day, rateChange, atOnce } = vestingDay;
  const [[totals], [sums], changes, sales] = await Promise.all([
    db.select().from(character).where(eq(character.id, characterId)),
    db
      .select({
        vested: sql<string>`coalesce(sum(${atOnce} + ${rateChange} * (${today}::int - ${day} + 1)) FILTER (WHERE ${
          day
        } <= ${today}::int), 0)::text`,
        rateBefore: sql<string>`coalesce(sum(${rateChange}) FILTER (WHERE ${day} < ${from}::int), 0)::text`,
      })
      .from(vestingDay)
      .where(eq(vestingDay.characterId, characterId)),
    db
      .select({ day, rateChange, atOnce })
      .from(vestingDay)
      .where(and(eq(vestingDay.characterId, characterId), gte(day, from), lte(day, to))),
    db
      .select({ day: characterDay.day, sold: characterDay.passesSold, refunded: characterDay.passesRefunded })
      .from(characterDay)
      .where(and(eq(characterDay.characterId, characterId), gte(characterDay.day, from), lte(characterDay.day, today))),
  ]);
  const { passesSold: sold, passesRefunded: refunded, passesHarvested: harvested } = totals ?? NO_INCOME;
  const vested = BigInt(sums?.vested ?? 0);
  const saleOf = new Map(sales.map((sale) => [sale.day, sale]));
  const vesting = vestingByDay(
    BigInt(sums?.rateBefore ?? 0),
    new Map(changes.map((change) => [change.day, change])),
    from,
    to,
  );
  return toJson(context, {
    ...{ vested, harvested, toCome: sold - refunded - vested, sold, refunded },
    days: vesting.map((each) => {
      const sale = saleOf.get(each.day);
      return { ...each, sold: sale?.sold ?? 0n, refunded: sale?.refunded ?? 0n };
    }),
  });
});

const NO_INCOME = { passesSold: 0n, passesRefunded: 0n, passesHarvested: 0n };

/**
 * The allow list and what became of invites, newest first: `{ allowed: [{ account, since, byInvite }], redeemed:
 * [{ invite, account, at }], revoked: [{ invite, at }], generation, next }`. `generation` is the one that an invite
 * must name; invites by it that the chain has not seen are with whoever made them. `?limit=` (50, at most 200) is of
 * all three lists together; `?after=` the `next` of the answer before.
 */
characters.get("/:id/circle", async (context) => {
  const characterId = idOf(context);
  const limit = limitOf(context, 50, 200);
  const after = cursorOf(context, "after");
  const { character, circleMember, invite } = schema;
  const [row] = await db.select().from(character).where(eq(character.id, characterId));
  // Each list could fill the page alone.
  const [members, invites] = await Promise.all([
    db
      .select()
      .from(circleMember)
      .where(
        and(
          eq(circleMember.characterId, characterId),
          eq(circleMember.generation, row?.listGeneration ?? 0n),
          eq(circleMember.allowed, true),
          after === undefined ? undefined : lt(circleMember.id, after),
        ),
      )
      .orderBy(desc(circleMember.id))
      .limit(limit),
    db
      .select()
      .from(invite)
      .where(and(eq(invite.characterId, characterId), after === undefined ? undefined : lt(invite.id, after)))
      .orderBy(desc(invite.id))
      .limit(limit),
  ]);
  const ids = [...members, ...invites].map(({ id }) => id).sort((a, b) => (a < b ? 1 : -1));
  const last = ids.length >= limit ? (ids[limit - 1] ?? null) : null;
  const onPage = ({ id }: { id: string }) => last === null || id >= last;
  const shown = invites.filter(onPage);
  return toJson(context, {
    allowed: members.filter(onPage).map(({ account, since, byInvite }) => ({ account, since, byInvite })),
    redeemed: shown
      .filter(({ state }) => state === "Redeemed")
      .map(({ invite, account, timestamp }) => ({ invite, account, at: timestamp })),
    revoked: shown
      .filter(({ state }) => state === "Revoked")
      .map(({ invite, timestamp }) => ({ invite, at: timestamp })),
    generation: row?.inviteGeneration ?? 0n,
    next: last,
  });
});
