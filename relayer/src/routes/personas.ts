import { personaUploadSchema, uint48 } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { NotFoundError } from "../errors.ts";
import { type AppEnv, json, readJson, validate } from "../http.ts";
import { requireSignedIn } from "../people/authorize.ts";
import { requireOwner } from "../people/owner.ts";
import { MAX_PERSONA_BYTES } from "../providers/persona.ts";
import type { Services } from "../services.ts";

type Needs = Pick<Services, "config" | "people" | "limits">;

/** The canonical form is the shortest; white space and escapes may make the body longer than what counts. */
const MAX_BODY_BYTES = 2 * MAX_PERSONA_BYTES;

/** `PUT /v1/personas` and `GET /v1/characters/:id/persona`. */
export function personaRoutes(services: Needs): Hono<AppEnv> {
  const { config, people } = services;
  const { personas, quotas } = people;
  const uploads = services.limits.perMinute("personas.uploads", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.put("/v1/personas", async (context) => {
    const account = await requireSignedIn(context, people);
    uploads.take(account);
    const upload = await readJson(context, MAX_BODY_BYTES, personaUploadSchema);
    await quotas.take(
      [{ scope: "personas", subject: account, amount: 1n, limit: BigInt(config.PERSONAS_PER_DAY) }],
      "You have uploaded as many personas as one account may in a day. Try again tomorrow.",
    );
    return json({ personaHash: await personas.upload(account, upload) });
  });

  routes.get("/v1/characters/:id/persona", async (context) => {
    const characterId = validate(context.req.param("id"), uint48, "id");
    const { facts } = await requireOwner(
      context,
      people,
      characterId,
      "Only the owner of a character may read its persona.",
    );
    const upload = await personas.exportOf(characterId, facts.personaHash);
    if (upload === undefined) {
      throw new NotFoundError("No persona was uploaded here for this character, or not by the account that set it.");
    }
    return json(upload, 200, { "Cache-Control": "no-store" });
  });

  return routes;
}
