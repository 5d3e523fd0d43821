import { PAYMENT_SIGNATURE_HEADER, toWire, x402FacilitateSchema } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import { getAddress, type Hex, isAddress } from "viem";
import { NotFoundError } from "../errors.ts";
import { type AppEnv, json, readBody, readJson } from "../http.ts";
import { resolveServed } from "../inference/resolve.ts";
import { signedIn } from "../people/authorize.ts";
import type { Services } from "../services.ts";
import { presented } from "../x402/checks.ts";
import { passResource } from "../x402/discovery.ts";
import { PassNotForSaleError, SinglePaymentsOffError } from "../x402/errors.ts";
import type { X402 } from "../x402/index.ts";
import { pricedPass } from "../x402/offers.ts";
import { requestHash } from "../x402/requests.ts";
import { PassPaymentRequiredError } from "../x402/required.ts";

const MAX_BODY_BYTES = 65_536;
const MAX_PASS_BODY_BYTES = 1_024;

/** `/x402/…`: the facilitator and the bills of single payments; `POST /v1/characters/:id/pass`: a pass by one of them. */
export function x402Routes(services: Services): Hono<AppEnv> {
  const { config, people, x402, limits } = services;
  const perAddress = limits.perMinute("x402", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();
  const on = (): X402 => {
    if (x402 === undefined) throw new SinglePaymentsOffError();
    return x402;
  };
  const facilitated = async (context: Context<AppEnv>) => {
    perAddress.take(context.get("ip"));
    const { paymentPayload, paymentRequirements } = await readJson(context, MAX_BODY_BYTES, x402FacilitateSchema);
    return [presented(paymentPayload), paymentRequirements] as const;
  };

  routes.get("/x402/supported", () => json(on().supported()));
  routes.post("/x402/verify", async (context) => json(await on().verify(...(await facilitated(context)))));
  routes.post("/x402/settle", async (context) => json(await on().settleOwn(...(await facilitated(context)))));

  routes.get("/x402/payments/:payer/:nonce", async (context) => {
    perAddress.take(context.get("ip"));
    const { payer, nonce } = context.req.param();
    const asks = await signedIn(context, people).catch(() => undefined);
    const isNamed = isAddress(payer, { strict: false }) && /^0x[0-9a-fA-F]{64}$/.test(nonce);
    const key = isNamed ? { payer: getAddress(payer), nonce: nonce.toLowerCase() as Hex } : undefined;
    const record = key === undefined ? undefined : await on().recordOf(key, asks);
    if (record === undefined) throw new NotFoundError("This operator knows of no such payment.");
    return json(record, 200, { "Cache-Control": "private, no-store" });
  });

  routes.post("/v1/characters/:id/pass", async (context) => {
    const service = on();
    const body = await readBody(context, MAX_PASS_BODY_BYTES);
    const model = `stelai-${context.req.param("id")}`;
    const character = await resolveServed(services, model, { signedIn: () => signedIn(context, people) });
    const { lifetime } = character.terms;
    const resource = passResource(character.id);
    const request = requestHash(resource.path, body);
    const priced = pricedPass(config, resource, request, character.id, lifetime);
    const header = context.req.header(PAYMENT_SIGNATURE_HEADER);
    if (header === undefined) {
      if (lifetime === 0n) throw new PassNotForSaleError();
      throw new PassPaymentRequiredError(priced, service.offer(priced));
    }
    const payment = await service.take(header, priced, context.get("ip"));
    await payment.settle();
    await payment.leave();
    const pass = { characterId: character.id, account: payment.payer, plan: "Lifetime", payment: payment.paid };
    return new Response(toWire(pass), { headers: { "Content-Type": "application/json", ...payment.headers } });
  });
  return routes;
}
