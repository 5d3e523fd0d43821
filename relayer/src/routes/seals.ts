import { uint64 } from "@stelai/sdk/wire";
import { Hono } from "hono";
import * as z from "zod";
import { type AppEnv, json, validate } from "../http.ts";
import { sealsOf } from "../metering/statement.ts";
import type { Services } from "../services.ts";

const pageSchema = z.object({
  tabId: uint64.optional(),
  after: z.coerce.bigint().min(0n).max(2_147_483_647n).default(0n),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** `GET /v1/seals`: what this operator countersigned; anyone can settle it, so anyone may read it. */
export function sealRoutes({ store, operator }: Services): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/v1/seals", async (context) => {
    const page = validate(context.req.query(), pageSchema);
    return json(await sealsOf(store, operator.address, page));
  });
}
