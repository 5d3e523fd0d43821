import { type BudgetKeyUsage, budgetKeyNameSchema, budgetKeyTabSchema } from "@stelai/sdk/wire";
import { Hono } from "hono";
import * as z from "zod";
import { NotFoundError } from "../errors.ts";
import { type AppEnv, json, readJson } from "../http.ts";
import { usageOf } from "../keys/usage.ts";
import { requireAccount } from "../people/accounts.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;
const PRIVATE = { "Cache-Control": "no-store" };
const idSchema = z.uuid();

/** `/v1/budget-keys`: bearer tokens that spend a tab of their own, for the account that is signed in. */
export function budgetKeyRoutes({ config, keys, limits, operator, people, store }: Services): Hono<AppEnv> {
  const { book } = keys;
  const writes = limits.perMinute("budgetKeys.writes", config.RATE_WRITES_PER_MINUTE);
  // Its own: who made as many as may be can still end them.
  const ends = limits.perMinute("budgetKeys.ends", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.post("/v1/budget-keys", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    const { name } = await readJson(context, MAX_BODY_BYTES, budgetKeyNameSchema);
    return json(await book.create(account, name, context.get("ip")), 201, PRIVATE);
  });

  routes.get("/v1/budget-keys", async (context) => {
    const account = await requireAccount(context, people);
    return json({ data: await book.list(account) }, 200, PRIVATE);
  });

  routes.get("/v1/budget-keys/:id", async (context) => {
    const account = await requireAccount(context, people);
    return json(await book.get(account, idIn(context.req.param("id"))), 200, PRIVATE);
  });

  routes.put("/v1/budget-keys/:id", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    const id = idIn(context.req.param("id"));
    const { name } = await readJson(context, MAX_BODY_BYTES, budgetKeyNameSchema);
    await book.rename(account, id, name);
    return json(await book.get(account, id), 200, PRIVATE);
  });

  routes.post("/v1/budget-keys/:id/tab", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    const id = idIn(context.req.param("id"));
    const { tabId } = await readJson(context, MAX_BODY_BYTES, budgetKeyTabSchema);
    const { key } = await book.require(account, id);
    await book.bind(key, tabId);
    return json(await book.get(account, id), 200, PRIVATE);
  });

  routes.get("/v1/budget-keys/:id/usage", async (context) => {
    const account = await requireAccount(context, people);
    const { key } = await book.require(account, idIn(context.req.param("id")));
    const { tabId } = key;
    return json(tabId === null ? UNUSED : await usageOf(store.db, operator.address, tabId), 200, PRIVATE);
  });

  routes.delete("/v1/budget-keys/:id", async (context) => {
    const account = await requireAccount(context, people);
    ends.take(account);
    const id = idIn(context.req.param("id"));
    await keys.revoke(account, id);
    return json(await book.get(account, id), 202, PRIVATE);
  });

  return routes;
}

const UNUSED: BudgetKeyUsage = { requests: 0, amount: 0n, days: [], characters: [] };

/** @throws NotFoundError for what is no id: there is no such key. */
function idIn(text: string): string {
  if (idSchema.safeParse(text).success) return text;
  throw new NotFoundError("This account has no such key.");
}
