import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { and, desc, eq, lt, or, sql } from "ponder";
import type { Address } from "viem";
import { chainNow } from "./clock.ts";
import { hitsOf } from "./hits.ts";
import { toJson } from "./json.ts";
import { orderPage } from "./orders.ts";
import { addressOf, idCursorOf, limitOf, optionOf } from "./parameters.ts";
import { payeesReaching } from "./people.ts";

const { licence, work } = schema;

export const holdings = new Hono();

/**
 * Works that an account made (`?role=created`, as without it) or owns (`owned`), the newest first: `{ works, next }`,
 * hits as hits.ts tells them, suspended ones and those without an offer too. `?limit=` (50, at most 200); `?after=`.
 */
holdings.get("/:address/works", async (context) => {
  const address = addressOf(context);
  const role = optionOf(context, "role", ["created", "owned"]);
  const limit = limitOf(context, 50, 200);
  const after = idCursorOf(context);
  const [now, rows] = await Promise.all([
    chainNow(),
    db
      .select()
      .from(work)
      .where(
        and(
          eq(role === "created" ? work.creator : work.owner, address),
          after === undefined ? undefined : lt(work.id, after),
        ),
      )
      .orderBy(desc(work.id))
      .limit(limit),
  ]);
  return toJson(context, {
    works: await hitsOf(rows, now),
    next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  });
});

/**
 * Licences that an account holds, orders that are open, and refunded ones that it held at last, the newest first:
 * `{ licences, next }`, each as orders.ts tells it. `?limit=` (50, at most 200); `?after=`.
 */
holdings.get("/:address/licences", async (context) => {
  const page = { limit: limitOf(context, 50, 200), after: idCursorOf(context) };
  const { orders, next } = await orderPage(eq(licence.holder, addressOf(context)), page);
  return toJson(context, { licences: orders, next });
});

/**
 * Orders of works that an account owns, and those that pay it, through splits of splits, the newest first:
 * `{ orders, next }`, see orders.ts. `?limit=` (50, at most 200); `?after=`.
 */
holdings.get("/:address/sales", async (context) => {
  const page = { limit: limitOf(context, 50, 200), after: idCursorOf(context) };
  return toJson(context, await orderPage(isPaidTo(addressOf(context)), page));
});

function isPaidTo(address: Address) {
  return or(eq(work.owner, address), sql`${licence.payee} IN ${payeesReaching(address)}`);
}
