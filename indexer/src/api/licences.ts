import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { asc, eq } from "ponder";
import { toJson } from "./json.ts";
import { ordersWhere } from "./orders.ts";
import { idOf, NotFoundError } from "./parameters.ts";

export const licences = new Hono();

/**
 * A licence and all that happened to it, in its order: `{ order, events: [{ kind, at, transactionHash, account, text,
 * amount }] }`, `order` as orders.ts tells it. `account` is who paid (`Bought`), attested, disputed, decided, listed or
 * delisted, got the refund, or holds it since (`Moved`, and `Resold` just before); `text` the address of a dispute's
 * evidence or a decision's reason; `amount`, in microcredits, the price, or what came back with the bond, or the bond.
 */
licences.get("/:id", async (context) => {
  const licenceId = idOf(context);
  const { licence, licenceEvent } = schema;
  const { kind, timestamp: at, transaction: transactionHash, account, text, amount, id } = licenceEvent;
  const [[order], events] = await Promise.all([
    ordersWhere(eq(licence.id, licenceId), 1),
    db
      .select({ kind, at, transactionHash, account, text, amount })
      .from(licenceEvent)
      .where(eq(licenceEvent.licenceId, licenceId))
      .orderBy(asc(id)),
  ]);
  if (!order) throw new NotFoundError(`There is no licence ${licenceId}.`);
  return toJson(context, { order, events });
});
