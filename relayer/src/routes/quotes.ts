import { Hono } from "hono";
import * as z from "zod";
import { type AppEnv, json, readBody, validate } from "../http.ts";
import { chatBodySchema, messagesOf } from "../inference/chat-body.ts";
import type { Making } from "../inference/making.ts";
import { fieldsOf, mediaBodyOf } from "../inference/media-body.ts";
import { resolveServed } from "../inference/resolve.ts";
import { isTool } from "../inference/tools.ts";
import { signedIn } from "../people/authorize.ts";
import { quoteOf, tokenLimit } from "../pricing.ts";
import type { Services } from "../services.ts";

const modelSchema = z.object({ model: chatBodySchema.shape.model });

/** `POST /v1/quotes`: what the request whose body this is can cost at most; for tools, exactly. */
export function quoteRoutes(services: Services, { orders }: Making): Hono<AppEnv> {
  const { config, people } = services;
  return new Hono<AppEnv>().post("/v1/quotes", async (context) => {
    const bytes = await readBody(context, config.BODY_LIMIT);
    const fields = await fieldsOf(bytes, context.req.header("Content-Type"));
    const { model } = validate(fields, modelSchema);
    const character = await resolveServed(services, model, { signedIn: () => signedIn(context, people) });
    if (isTool(character)) {
      const { quote } = await orders.resolve(character, mediaBodyOf(character.modality, fields));
      return json(quote);
    }
    const body = validate(fields, chatBodySchema);
    return json(quoteOf(config, character, messagesOf(body), tokenLimit(config, body)));
  });
}
