import { Hono } from "hono";
import type { AppEnv } from "../http.ts";
import type { FilePart } from "../inference/fileAddresses.ts";
import { GenerationNotFoundError } from "../inference/generationErrors.ts";
import type { Making } from "../inference/making.ts";
import type { Services } from "../services.ts";
import { askingFor } from "./making.ts";

/** `GET /v1/files/:id/content` and `/preview`, by the signed addresses in a generation's `urls`; `download` saves it. */
export function fileRoutes(services: Services, { addresses, files }: Making): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const part of ["content", "preview"] satisfies FilePart[]) {
    routes.get(`/v1/files/:id/${part}`, async (context) => {
      files.count({ ip: context.get("ip") });
      const id = context.req.param("id");
      const left = addresses.check(id, part, context.req.query());
      const row = await services.generations.find(id);
      if (row === undefined) throw new GenerationNotFoundError();
      return files.answer(row, part, askingFor(context), {
        isAttachment: context.req.query("download") !== undefined,
        more: { "Cache-Control": `private, max-age=${left}` },
      });
    });
  }
  return routes;
}
