import { sql } from "drizzle-orm";
import { Hono } from "hono";
import { type AppEnv, json } from "../http.ts";
import type { Services } from "../services.ts";
import { openapi } from "./openapi.ts";

/** A head that is this old means that the chain is out of reach. */
const STALE_MS = 60_000;

/** `GET /health` (the process lives), `/ready` (it can serve), `/metrics`, `/openapi.json`. */
export function healthRoutes({ chain, config, metrics, runs, store }: Services): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/health", () => json({ status: "ok" }));
  routes.get("/ready", async () => {
    const age = Date.now() - chain.head().seenAt;
    const database = await store.db.execute(sql`select 1`).then(
      () => true,
      () => false,
    );
    const checks = { chain: age < STALE_MS, database, serving: !runs.closed };
    const isReady = Object.values(checks).every(Boolean);
    return json({ status: isReady ? "ready" : "not ready", checks, block: chain.head().number }, isReady ? 200 : 503);
  });
  routes.get("/metrics", async () => {
    metrics.lag.set((Date.now() - chain.head().seenAt) / 1000);
    return new Response(await metrics.registry.metrics(), {
      headers: { "Content-Type": metrics.registry.contentType },
    });
  });
  const description = JSON.stringify(openapi(config.publicUrl));
  routes.get("/openapi.json", () => new Response(description, { headers: { "Content-Type": "application/json" } }));
  return routes;
}
