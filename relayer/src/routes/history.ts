import { historyEntrySchema } from "@stelai/sdk/wire";
import { Hono } from "hono";
import * as z from "zod";
import { InvalidRequestError } from "../errors.ts";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireAccount } from "../people/accounts.ts";
import { MAX_ENTRY_BODY_BYTES } from "../people/limits.ts";
import type { Services } from "../services.ts";

const putSchema = historyEntrySchema.pick({ data: true }).extend({ replaces: z.int().min(1).nullable() });
const PRIVATE = { "Cache-Control": "no-store" };

/** `/v1/history`: conversations that only their owner can read, for the account that is signed in. */
export function historyRoutes({
  limits,
  config,
  people,
}: Pick<Services, "limits" | "config" | "people">): Hono<AppEnv> {
  const { history } = people;
  const writes = limits.perMinute("history.writes", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/history", async (context) => {
    const account = await requireAccount(context, people);
    return json({ entries: await history.list(account) }, 200, PRIVATE);
  });

  routes.get("/v1/history/:id", async (context) => {
    const account = await requireAccount(context, people);
    return json(await history.get(account, idIn(context.req.param("id"))), 200, PRIVATE);
  });

  routes.put("/v1/history/:id", async (context) => {
    const account = await requireAccount(context, people);
    writes.take(account);
    const id = idIn(context.req.param("id"));
    const { replaces, data } = await readJson(context, MAX_ENTRY_BODY_BYTES, putSchema);
    return json({ version: await history.put(account, id, replaces, bytesOf(data)) });
  });

  routes.delete("/v1/history/:id", async (context) => {
    const account = await requireAccount(context, people);
    await history.delete(account, idIn(context.req.param("id")));
    return context.body(null, 204);
  });

  return routes;
}

function idIn(text: string): string {
  return validate(text, historyEntrySchema.shape.id, "id");
}

/** @throws InvalidRequestError when it is not base64 as RFC 4648 writes it: it could not be given back the same. */
function bytesOf(data: string): Uint8Array {
  const bytes = Buffer.from(data, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== data) {
    throw new InvalidRequestError("data: must be base64 (RFC 4648, with padding) of nonce and ciphertext.", "data");
  }
  return bytes;
}
