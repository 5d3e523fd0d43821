import { moderationDecisionSchema, REPORT_STATES } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import type { Address } from "viem";
import * as z from "zod";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;

const pageSchema = z.object({
  state: z.enum(REPORT_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  before: z.uuid().optional(),
});

/** `/v1/moderation`: the queue of reports, for whom the chain names a moderator. */
export function moderationRoutes({
  limits,
  config,
  people,
}: Pick<Services, "limits" | "config" | "people">): Hono<AppEnv> {
  const { blocklist, moderators } = people;
  const asked = limits.perMinute("moderation.asked", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  const requireModerator = async (context: Context<AppEnv>): Promise<Address> => {
    const account = await requireAccount(context, people);
    asked.take(account);
    await moderators.require(account);
    return account;
  };

  routes.get("/v1/moderation/reports", async (context) => {
    await requireModerator(context);
    const { state, limit, before } = validate(context.req.query(), pageSchema);
    return json(await blocklist.queue({ state, limit, before }), 200, { "Cache-Control": "no-store" });
  });

  routes.post("/v1/moderation/reports/:id", async (context) => {
    const moderator = await requireModerator(context);
    const id = validate(context.req.param("id"), z.uuid(), "id");
    const { state, note } = await readJson(context, MAX_BODY_BYTES, moderationDecisionSchema);
    await blocklist.decide(id, { state, note, moderator });
    return context.body(null, 204);
  });

  return routes;
}
