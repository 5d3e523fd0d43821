import { uint48 } from "@stelai/sdk/wire";
import { Hono } from "hono";
import { type AppEnv, json, validate } from "../http.ts";
import { resolveModel } from "../inference/resolve.ts";
import { signedIn } from "../people/authorize.ts";
import type { Services } from "../services.ts";

/** `GET /v1/characters/:id/versions`, for who may use the character. */
export function versionRoutes(services: Pick<Services, "characters" | "people">): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/v1/characters/:id/versions", async (context) => {
    const id = validate(context.req.param("id"), uint48, "id");
    const character = await resolveModel(services, `stelai-${id}`, {
      signedIn: () => signedIn(context, services.people),
    });
    return json({ versions: await services.people.versions.of(character) });
  });
}
