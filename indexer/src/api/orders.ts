import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, eq, sql } from "ponder";
import { endOf, isLicenceListed } from "../market.ts";
import { textsOf } from "../texts/index.ts";
import { chainNow } from "./clock.ts";
import { toJson } from "./json.ts";
import { limitOf, optionOf, orderCursorOf } from "./parameters.ts";

const { licence, licenceStatus, listing, offer, work } = schema;

type Condition = ReturnType<typeof and>;
type Key = ReturnType<typeof sql>;

/** The newest licence first. */
const BY_ID = [sql`${licence.id} DESC`];

/**
 * Orders, each of which is its licence, as all routes tell them: `{ licenceId, offerId, workId, title, preview, tier,
 * price, commissionBps, duration, expiry, termsHash, holder, payer, seller, attestor, status, boughtAt, since, deadline,
 * then, bond, evidenceURI, listing: { price, until } | null, moves }`. Money is microcredits, `duration` seconds (0: for
 * ever), times Unix seconds; `expiry` is the right's last second (0: never), `deadline` the last one before anyone may
 * end the order as `then` says (`Refunded` or `Released`); both null of one at its end. `holder` of a refunded one is
 * its last; `bond` and `evidenceURI` are of one that is or was disputed; `listing` is one that can be bought now.
 */
export async function ordersWhere(condition: Condition, limit: number, order: readonly Key[] = BY_ID) {
  const { suspended, metadataURI, contentHash, modality } = work;
  const facts = { metadataURI, contentHash, modality };
  const [now, rows] = await Promise.all([
    chainNow(),
    db
      .select({ licence, offer, listing, suspended, facts })
      .from(licence)
      .innerJoin(offer, eq(offer.id, licence.offerId))
      .innerJoin(work, eq(work.id, licence.workId))
      .leftJoin(listing, and(eq(listing.collection, "Licenses"), eq(listing.tokenId, licence.id)))
      .where(condition)
      .orderBy(...order)
      .limit(limit),
  ]);
  return rows.map((row) => {
    const { metadata } = textsOf(row.facts);
    const { offerId, workId, tier, price, commissionBps, expiry, holder, payer, seller } = row.licence;
    const { status, since, bond, evidenceURI, moves } = row.licence;
    const isListed = row.listing !== null && !row.suspended && isLicenceListed(row.listing, row.licence, now);
    return {
      ...{ licenceId: row.licence.id, offerId, workId, title: metadata?.title ?? null },
      ...{ preview: metadata?.preview ?? null, tier, price, commissionBps, duration: row.offer.duration, expiry },
      ...{ termsHash: row.offer.termsHash, holder, payer, seller, attestor: row.offer.attestor, status },
      ...{ boughtAt: row.licence.timestamp, since, deadline: row.licence.dueAt, bond, evidenceURI, moves },
      // biome-ignore lint/suspicious/noThenProperty: the wire's name of it, whose value is a word and no function.
      then: endOf(status),
      listing: isListed && row.listing ? { price: row.listing.price, until: row.listing.until } : null,
    };
  });
}

/** A page of {@link ordersWhere}, the newest licence first; `next` is an id. */
export async function orderPage(condition: Condition, { limit, after }: { limit: number; after: bigint | undefined }) {
  const from = after === undefined ? undefined : sql`${licence.id} < ${after}::numeric`;
  const orders = await ordersWhere(and(condition, from), limit);
  return { orders, next: orders.length === limit ? (orders.at(-1)?.licenceId ?? null) : null };
}

export const orders = new Hono();

/** Open orders by their deadline, those at their end behind them, the newest end first: all of it one ascending number. */
const KEY = sql`coalesce(${licence.dueAt}, 100000000000 - ${licence.since})`;

/**
 * Orders in one status, by default `Disputed`: `{ orders, next }` as {@link ordersWhere} tells them, the soonest deadline
 * first, those at their end the newest end first. `?status=`; `?limit=` (50, at most 200); `?after=` the `next` of the
 * answer before.
 */
orders.get("/", async (context) => {
  const status = optionOf(context, "status", ["Disputed", ...licenceStatus.enumValues]);
  const limit = limitOf(context, 50, 200);
  const after = orderCursorOf(context);
  const from = after && sql`(${KEY}, ${licence.id}) > (${after.key}::numeric, ${after.id}::numeric)`;
  const found = await ordersWhere(and(eq(licence.status, status), from), limit, [KEY, sql`${licence.id}`]);
  const last = found.length === limit ? found.at(-1) : undefined;
  const key = last && (last.deadline ?? 100_000_000_000n - last.since);
  return toJson(context, { orders: found, next: last ? `${key}-${last.licenceId}` : null });
});
