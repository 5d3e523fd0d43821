import { uint48 } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import type { Address } from "viem";
import { NotSignedInError } from "../errors.ts";
import { type AppEnv, json, validate } from "../http.ts";
import { credentialsOf } from "../people/authorize.ts";
import type { Services } from "../services.ts";

/** A key is for one account, and not for long: the next answer may be another. */
const PRIVATE = { "Cache-Control": "private, no-store" };

/** `GET /v1/licences/:id/key` and `GET /v1/works/:id/key`: what opens a file, for whom the chain confirms. */
export function keyRoutes({
  limits,
  config,
  people,
  market,
}: Pick<Services, "limits" | "config" | "people" | "market">): Hono<AppEnv> {
  const reads = limits.perMinute("keys.reads", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  /** Whom this operator refuses otherwise, too: what was paid for is delivered. */
  const requireReader = async (context: Context<AppEnv>): Promise<Address> => {
    const account = await people.sessions.accountOf(credentialsOf(context));
    if (account === undefined) throw new NotSignedInError();
    reads.take(account);
    return account;
  };

  routes.get("/v1/licences/:id/key", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    return json(await market.keys.ofLicence(id, await requireReader(context)), 200, PRIVATE);
  });

  routes.get("/v1/works/:id/key", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    return json(await market.keys.ofWork(id, await requireReader(context)), 200, PRIVATE);
  });

  return routes;
}
