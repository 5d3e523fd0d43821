import { sql } from "drizzle-orm";
import { Hono } from "hono";
import { createBooksGauge } from "../books.ts";
import { type AppEnv, json } from "../http.ts";
import type { Services } from "../services.ts";
import { openapi } from "./openapi.ts";

/** A head that is this old means that the chain is out of reach. */
const STALE_MS = 60_000;

/** `GET /health` (the process lives), `/ready` (it can serve), `/metrics`, `/openapi.json`. */
export function healthRoutes(services: Services): Hono<AppEnv> {
  const { chain, config, inFlight, log, metering, metrics, operator, runs, store, watchedAt } = services;
  const routes = new Hono<AppEnv>();
  routes.get("/health", () => json({ status: "ok" }));
  routes.get("/ready", async () => {
    const age = Date.now() - watchedAt();
    const database = await store.db.execute(sql`select 1`).then(
      () => true,
      () => false,
    );
    const checks = { chain: age < STALE_MS, database, serving: !runs.closed };
    const isReady = Object.values(checks).every(Boolean);
    return json({ status: isReady ? "ready" : "not ready", checks, block: chain.head().number }, isReady ? 200 : 503);
  });
  const readBooks = createBooksGauge(services);
  metrics.info.set({ instance: metering.instance, operator: operator.address }, 1);
  routes.get("/metrics", async () => {
    const { number, seenAt, timestamp } = chain.head();
    metrics.lag.set((Date.now() - seenAt) / 1_000);
    metrics.headAge.set(Date.now() / 1_000 - Number(timestamp));
    metrics.head.set(Number(number));
    metrics.inFlight.set(inFlight.requests);
    // What this process knows by itself is shown also while the database is away.
    await readBooks().catch((error: unknown) => log.warn({ error }, "the books cannot be read for the metrics"));
    return new Response(await metrics.registry.metrics(), {
      headers: { "Content-Type": metrics.registry.contentType },
    });
  });
  const description = JSON.stringify(openapi(config.publicUrl));
  routes.get("/openapi.json", () => new Response(description, { headers: { "Content-Type": "application/json" } }));
  return routes;
}
