import { Hono } from "hono";
import * as z from "zod";
import { type AppEnv, json, validate } from "../http.ts";
import { requireAdmin } from "../people/authorize.ts";
import type { Services } from "../services.ts";

const pageSchema = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** `GET /v1/admin/renewals`: what the keeper renewed, what it could not and why. */
export function renewalRoutes({
  limits,
  config,
  passes,
}: Pick<Services, "limits" | "config" | "passes">): Hono<AppEnv> {
  const admins = limits.perMinute("renewals.admins", config.RATE_WRITES_PER_MINUTE);
  return new Hono<AppEnv>().get("/v1/admin/renewals", async (context) => {
    admins.take(context.get("ip"));
    requireAdmin(context, config.ADMIN_TOKEN);
    const { limit } = validate(context.req.query(), pageSchema);
    return json({ renewals: await passes.renewals(limit) }, 200, { "Cache-Control": "no-store" });
  });
}
