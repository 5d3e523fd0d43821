import { contributionRequestSchema } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { type AppEnv, json, readJson } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;
const PRIVATE = { "Cache-Control": "no-store" };

/** `/v1/contributions`: what an account did that bonus credits are given for, and the signature by which it claims them. */
export function contributionRoutes({
  limits,
  config,
  people,
  contributions,
}: Pick<Services, "limits" | "config" | "people" | "contributions">): Hono<AppEnv> {
  // Both ask the index and the chain.
  const asked = limits.perMinute("contributions.asked", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/contributions", async (context) => {
    const account = await requireAccount(context, people);
    asked.take(account);
    return json(await contributions.of(account), 200, PRIVATE);
  });

  routes.post("/v1/contributions", async (context) => {
    const account = await requireAccount(context, people);
    asked.take(account);
    const { deed } = await readJson(context, MAX_BODY_BYTES, contributionRequestSchema);
    return json(await contributions.claim(account, deed), 200, PRIVATE);
  });

  return routes;
}
