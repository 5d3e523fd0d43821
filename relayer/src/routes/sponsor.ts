import {
  signedGrantSchema,
  sponsoredClosureSchema,
  sponsoredCodeSchema,
  sponsoredExtensionSchema,
  sponsoredPurchaseSchema,
  sponsoredRotationSchema,
  sponsoredTabSchema,
  sponsoredTopUpSchema,
} from "@stelai/sdk/wire";
import { Hono } from "hono";
import type * as z from "zod";
import { type AppEnv, json, readJson } from "../http.ts";
import type { Services } from "../services.ts";
import {
  type CallContext,
  closureCall,
  codeCall,
  extensionCall,
  grantCall,
  purchaseCall,
  rotationCall,
  type SponsoredCall,
  type SponsoredKind,
  tabCall,
  topUpCall,
} from "../sponsor/calls.ts";

const MAX_BODY_BYTES = 32_768;

/** `POST /v1/sponsor/…`: what the operator sends for a wallet that has no ETH. */
export function sponsorRoutes({
  limits,
  config,
  sponsor,
}: Pick<Services, "limits" | "config" | "sponsor">): Hono<AppEnv> {
  const perAddress = limits.perMinute("sponsor.perAddress", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  function endpoint<T extends z.ZodType>(
    kind: SponsoredKind,
    schema: T,
    plan: (context: CallContext, body: z.output<T>) => SponsoredCall | Promise<SponsoredCall>,
  ): void {
    routes.post(`/v1/sponsor/${kind}`, async (context) => {
      perAddress.take(context.get("ip"));
      const body = await readJson(context, MAX_BODY_BYTES, schema);
      const call = await plan(await sponsor.context(), body);
      return json({ transaction: await sponsor.send(call, context.get("ip")) }, 202);
    });
  }

  endpoint("purchases", sponsoredPurchaseSchema, purchaseCall);
  endpoint("tabs", sponsoredTabSchema, tabCall);
  endpoint("top-ups", sponsoredTopUpSchema, topUpCall);
  endpoint("extensions", sponsoredExtensionSchema, extensionCall);
  endpoint("rotations", sponsoredRotationSchema, rotationCall);
  endpoint("closures", sponsoredClosureSchema, closureCall);
  endpoint("codes", sponsoredCodeSchema, codeCall);
  endpoint("grants", signedGrantSchema, grantCall);
  return routes;
}
