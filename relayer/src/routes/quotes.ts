import type { QuoteResponse } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import type { Address } from "viem";
import * as z from "zod";
import { type AppEnv, json, readBody, validate } from "../http.ts";
import { isOwnOf } from "../inference/admission.ts";
import { chatBodySchema, messagesOf } from "../inference/chat-body.ts";
import type { Making } from "../inference/making.ts";
import { fieldsOf, mediaBodyOf } from "../inference/media-body.ts";
import { openKeyOf } from "../inference/paying.ts";
import { resolveServed } from "../inference/resolve.ts";
import { isTool } from "../inference/tools.ts";
import { tabOfSession } from "../metering/sessions.ts";
import { signedIn } from "../people/authorize.ts";
import { quoteOf, tokenLimit } from "../pricing.ts";
import type { Services } from "../services.ts";

const modelSchema = z.object({ model: chatBodySchema.shape.model });

/**
 * `POST /v1/quotes`: what the request whose body this is can cost at most; for tools, exactly. Who is signed in, or sends
 * a tab's `Stelai-Session`, also learns whether bonus credits may pay for it.
 */
export function quoteRoutes(services: Services, { orders }: Making): Hono<AppEnv> {
  const { config, people } = services;
  return new Hono<AppEnv>().post("/v1/quotes", async (context) => {
    const bytes = await readBody(context, config.BODY_LIMIT);
    const fields = await fieldsOf(bytes, context.req.header("Content-Type"));
    const { model } = validate(fields, modelSchema);
    const character = await resolveServed(services, model, {
      signedIn: () => signedIn(context, people),
      payer: async () => (await openKeyOf(services, context.req.header("Authorization")))?.account,
    });
    const asks = await whoAsks(context, services);
    const withBonus = (quote: QuoteResponse): QuoteResponse =>
      asks === undefined ? quote : { ...quote, bonus: !isOwnOf(services.splits, character, asks) };
    if (isTool(character)) {
      const { quote } = await orders.resolve(character, mediaBodyOf(character.modality, fields));
      return json(withBonus(quote));
    }
    const body = validate(fields, chatBodySchema);
    return json(withBonus(quoteOf(config, character, messagesOf(body), tokenLimit(config, body))));
  });
}

/** The payer of the session's tab, or of the budget key's, else the account that is signed in. A sign-in that has lapsed hides no price. */
async function whoAsks(
  context: Context<AppEnv>,
  { keys, metering, people }: Pick<Services, "keys" | "metering" | "people">,
): Promise<Address | undefined> {
  const session = context.req.header("Stelai-Session");
  if (session !== undefined) return (await tabOfSession(metering, session)).payer;
  const key = await openKeyOf({ keys }, context.req.header("Authorization"));
  if (key !== undefined) return key.account;
  return signedIn(context, people).catch(() => undefined);
}
