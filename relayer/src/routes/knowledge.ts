import { uint48 } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { type AppEnv, json, readBody, validate } from "../http.ts";
import { MAX_FILE_BYTES } from "../people/limits.ts";
import { requireOwner } from "../people/owner.ts";
import type { Services } from "../services.ts";

const MAX_NAME = 120;
const NOT_OWNER = "Only the owner of a character may see and change what it knows.";

/** `GET`, `POST /v1/characters/:id/knowledge` and `DELETE …/:fileId`, for the character's owner. */
export function knowledgeRoutes({
  limits,
  config,
  people,
}: Pick<Services, "limits" | "config" | "people">): Hono<AppEnv> {
  const { knowledge, quotas } = people;
  const uploads = limits.perMinute("knowledge.uploads", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/characters/:id/knowledge", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    const { account } = await requireOwner(context, people, id, NOT_OWNER);
    return json({ files: await knowledge.list(id, account) }, 200, { "Cache-Control": "no-store" });
  });

  routes.post("/v1/characters/:id/knowledge", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    const { account } = await requireOwner(context, people, id, NOT_OWNER);
    uploads.take(account);
    const bytes = await readBody(context, MAX_FILE_BYTES);
    await quotas.take(
      [{ scope: "knowledge", subject: account, amount: 1n, limit: BigInt(config.KNOWLEDGE_FILES_PER_DAY) }],
      "You have uploaded as many files as one account may in a day. Try again tomorrow.",
    );
    return json(await knowledge.add(id, account, nameOf(context.req.query("name")), bytes), 201);
  });

  routes.delete("/v1/characters/:id/knowledge/:fileId", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    const { account } = await requireOwner(context, people, id, NOT_OWNER);
    await knowledge.delete(id, account, context.req.param("fileId"));
    return context.body(null, 204);
  });

  return routes;
}

/** A file's name as it is shown: the last part of a path, on one line. */
function nameOf(given: string | undefined): string {
  const last = (given ?? "").toWellFormed().split(/[\\/]/).at(-1) ?? "";
  const name = last.replace(/\p{C}/gu, "").replace(/\s+/g, " ").trim();
  return name === "" ? "Untitled" : [...name].slice(0, MAX_NAME).join("");
}
