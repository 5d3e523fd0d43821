import { signature } from "@stelai/sdk/wire";
import { Hono } from "hono";
import * as z from "zod";
import { type AppEnv, json, readJson } from "../http.ts";
import { credentialsOf } from "../people/authorize.ts";
import type { Services } from "../services.ts";

const MAX_BODY_BYTES = 16_384;

const verifySchema = z.object({
  message: z.string().min(1).max(4_096),
  signature,
  /** Whether every other sign-in of the account ends with this one. */
  endOthers: z.boolean().optional(),
});

/** Signing in with a wallet (EIP-4361): `/v1/auth/nonce`, `/v1/auth/verify`, and `/v1/auth/session` or `/v1/auth/sessions` to end it or all. */
export function authRoutes({ limits, config, people }: Pick<Services, "limits" | "config" | "people">): Hono<AppEnv> {
  const { sessions } = people;
  const perAddress = limits.perMinute("auth.perAddress", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/auth/nonce", async (context) => {
    perAddress.take(context.get("ip"));
    return json({ nonce: await sessions.nonce() }, 200, { "Cache-Control": "no-store" });
  });

  routes.post("/v1/auth/verify", async (context) => {
    perAddress.take(context.get("ip"));
    const { message, signature, endOthers } = await readJson(context, MAX_BODY_BYTES, verifySchema);
    const signedIn = await sessions.verify(message, signature, endOthers);
    await people.accounts.seen(signedIn.address);
    return json(signedIn, 200, { "Cache-Control": "no-store" });
  });

  routes.delete("/v1/auth/session", async (context) => {
    await sessions.signOut(credentialsOf(context));
    return context.body(null, 204);
  });

  routes.delete("/v1/auth/sessions", async (context) => {
    await sessions.signOutEverywhere(credentialsOf(context));
    return context.body(null, 204);
  });

  return routes;
}
