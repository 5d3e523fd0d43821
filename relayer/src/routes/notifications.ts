import { NOTIFICATION_KINDS } from "@stelai/sdk/wire";
import { Hono } from "hono";
import * as z from "zod";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(30),
  before: z.string().optional(),
});
const readSchema = z.object({ upTo: z.string() });
const mutedSchema = z.object({ kinds: z.array(z.enum(NOTIFICATION_KINDS)).max(NOTIFICATION_KINDS.length) });

/** `/v1/notifications`: what the account that is signed in is told. */
export function notificationRoutes({ people }: Pick<Services, "people">): Hono<AppEnv> {
  const { feed } = people;
  const routes = new Hono<AppEnv>();

  routes.get("/v1/notifications", async (context) => {
    const account = await requireAccount(context, people);
    const { limit, before } = validate(context.req.query(), pageSchema);
    return json(await feed.list(account, limit, before), 200, { "Cache-Control": "no-store" });
  });

  routes.post("/v1/notifications/read", async (context) => {
    const account = await requireAccount(context, people);
    await feed.markRead(account, (await readJson(context, MAX_BODY_BYTES, readSchema)).upTo);
    return context.body(null, 204);
  });

  routes.put("/v1/notifications/muted", async (context) => {
    const account = await requireAccount(context, people);
    await feed.setMuted(account, (await readJson(context, MAX_BODY_BYTES, mutedSchema)).kinds);
    return context.body(null, 204);
  });

  return routes;
}
