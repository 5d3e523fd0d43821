import { FEEDBACK_STATES, feedbackDecisionSchema, feedbackRequestSchema } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import type { Address } from "viem";
import * as z from "zod";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;
const PRIVATE = { "Cache-Control": "no-store" };

/** As it is stored: grants and locks name feedback by its id, letter for letter. */
const feedbackId = z.uuid().toLowerCase();

const pageSchema = z.object({
  state: z.enum(FEEDBACK_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  before: feedbackId.optional(),
});

/** `/v1/feedback`: what people tell the operator, and the queue for whom the chain names a moderator. */
export function feedbackRoutes({
  limits,
  config,
  people,
  feedback,
}: Pick<Services, "limits" | "config" | "people" | "feedback">): Hono<AppEnv> {
  const asked = limits.perMinute("feedback.asked", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  const requireModerator = async (context: Context<AppEnv>): Promise<Address> => {
    const account = await requireAccount(context, people);
    asked.take(account);
    await people.moderators.require(account);
    return account;
  };

  routes.post("/v1/feedback", async (context) => {
    const account = await requireAccount(context, people);
    asked.take(account);
    const request = await readJson(context, MAX_BODY_BYTES, feedbackRequestSchema);
    return json({ id: await feedback.send(account, request, context.get("ip")) }, 201);
  });

  routes.get("/v1/feedback/own", async (context) => {
    const account = await requireAccount(context, people);
    return json({ feedback: await feedback.own(account) }, 200, PRIVATE);
  });

  routes.get("/v1/feedback", async (context) => {
    await requireModerator(context);
    const { state, limit, before } = validate(context.req.query(), pageSchema);
    return json(await feedback.queue({ state, limit, before }), 200, PRIVATE);
  });

  routes.post("/v1/feedback/:id", async (context) => {
    const moderator = await requireModerator(context);
    const id = validate(context.req.param("id"), feedbackId, "id");
    const decision = await readJson(context, MAX_BODY_BYTES, feedbackDecisionSchema);
    await feedback.decide(id, { ...decision, moderator });
    return context.body(null, 204);
  });

  return routes;
}
