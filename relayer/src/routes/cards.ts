import { Hono } from "hono";
import * as z from "zod";
import { type AppEnv, json, readJson } from "../http.ts";
import { requireSignedIn } from "../people/authorize.ts";
import type { Services } from "../services.ts";

const MAX_CARD_BYTES = 65_536;

/** `PUT /v1/cards`: the card of a private character, kept encrypted. */
export function cardRoutes({ limits, config, people }: Pick<Services, "limits" | "config" | "people">): Hono<AppEnv> {
  const uploads = limits.perMinute("cards.uploads", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.put("/v1/cards", async (context) => {
    const account = await requireSignedIn(context, people);
    uploads.take(account);
    const card = await readJson(context, MAX_CARD_BYTES, z.record(z.string(), z.unknown()));
    await people.quotas.take(
      [{ scope: "cards", subject: account, amount: 1n, limit: BigInt(config.CARDS_PER_DAY) }],
      "You have uploaded as many cards as one account may in a day. Try again tomorrow.",
    );
    return json({ uri: await people.cards.upload(account, card) });
  });

  return routes;
}
