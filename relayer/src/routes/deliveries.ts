import { uint48 } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { type AppEnv, json, validate } from "../http.ts";
import type { Services } from "../services.ts";

/** Of one network, a minute: who waits for a file asks every other second. */
const READS_PER_MINUTE = 120;

/** `GET /v1/licences/:id/delivery`: where the delivery of a licence stands, for anyone. */
export function deliveryRoutes({ limits, deliveries }: Pick<Services, "limits" | "deliveries">): Hono<AppEnv> {
  const reads = limits.perMinute("deliveries.reads", READS_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/licences/:id/delivery", async (context) => {
    reads.take(context.get("ip"));
    const licenceId = validate(context.req.param("id"), uint48, "id");
    return json(await deliveries.of(licenceId), 200, { "Cache-Control": "no-store" });
  });

  return routes;
}
