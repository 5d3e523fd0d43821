import { address, profileUpdateSchema } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { type Address, getAddress } from "viem";
import * as z from "zod";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import { signedIn } from "../people/authorize.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;

/** Names that are asked for at once. */
const MAX_NAMES = 100;
const namesSchema = z.object({
  addresses: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(address).min(1).max(MAX_NAMES, `must be at most ${MAX_NAMES} addresses`)),
});

/** `GET /v1/profiles?addresses=`, `GET /v1/profiles/:address`, `PUT /v1/profile`, and `/v1/follows`. */
export function profileRoutes({
  limits,
  config,
  people,
}: Pick<Services, "limits" | "config" | "people">): Hono<AppEnv> {
  const { profiles } = people;
  const writes = limits.perMinute("profiles.writes", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/profiles", async (context) => {
    const { addresses } = validate(context.req.query(), namesSchema);
    return json({ profiles: await profiles.namesOf(addresses.map((one) => getAddress(one))) });
  });

  routes.get("/v1/profiles/:address", async (context) => {
    const viewer = await signedIn(context, people);
    return json(await profiles.of(addressIn(context.req.param("address")), viewer));
  });

  routes.put("/v1/profile", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    await profiles.set(account, await readJson(context, MAX_BODY_BYTES, profileUpdateSchema));
    return json(await profiles.of(account, account));
  });

  routes.get("/v1/follows", async (context) => {
    const account = await requireAccount(context, people);
    return json({ profiles: await profiles.followed(account) }, 200, { "Cache-Control": "no-store" });
  });

  routes.put("/v1/follows/:address", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    await profiles.follow(account, addressIn(context.req.param("address")));
    return context.body(null, 204);
  });

  routes.delete("/v1/follows/:address", async (context) => {
    const account = await requireAccount(context, people);
    await profiles.unfollow(account, addressIn(context.req.param("address")));
    return context.body(null, 204);
  });

  return routes;
}

function addressIn(text: string): Address {
  return getAddress(validate(text, address, "address"));
}
