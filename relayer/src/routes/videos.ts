import { Hono } from "hono";
import * as z from "zod";
import { InvalidRequestError } from "../errors.ts";
import type { GenerationRow } from "../generations/types.ts";
import { type AppEnv, validate } from "../http.ts";
import { GenerationNotFoundError } from "../inference/generationErrors.ts";
import { videoView } from "../inference/generationView.ts";
import type { Making } from "../inference/making.ts";
import type { Services } from "../services.ts";
import {
  afterTaking,
  askingFor,
  PREFERENCE_APPLIED,
  passHeadersOf,
  place,
  prefersAsync,
  requireGeneration,
  requireViewer,
} from "./making.ts";

const PRIVATE = { "Cache-Control": "private, no-store" };

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(64).optional(),
  order: z.literal("desc", "the newest come first here").optional(),
});

/** `/v1/videos` as OpenAI's, and `/v1/music` in the same style: jobs that are asked after. */
export function videoRoutes(services: Services, making: Making): Hono<AppEnv> {
  const { generations } = services;
  const routes = new Hono<AppEnv>();
  const answer = async (row: GenerationRow, status = 200, headers: Readonly<Record<string, string>> = {}) =>
    new Response(videoView(await making.view(row)), {
      status,
      headers: { "Content-Type": "application/json", ...PRIVATE, ...headers },
    });

  for (const { path, modality } of [
    { path: "/v1/videos", modality: "Video" },
    { path: "/v1/music", modality: "Music" },
  ] as const) {
    routes.post(path, async (context) => {
      const { row } = await place(context, services, making, modality);
      const isAsync = prefersAsync(context);
      const headers = { ...passHeadersOf(row), ...(isAsync ? PREFERENCE_APPLIED : {}) };
      return afterTaking(services.log, row, () => answer(row, isAsync ? 202 : 200, headers));
    });

    routes.get(path, async (context) => {
      const { limit, after } = validate(context.req.query(), pageSchema);
      const viewer = await requireViewer(context, services);
      const { rows, next } = await generations.list(viewer, { modality, limit, before: after });
      const views = await Promise.all(rows.map(async (row) => videoView(await making.view(row))));
      const page = {
        object: "list",
        first_id: rows[0]?.id ?? null,
        last_id: rows.at(-1)?.id ?? null,
        has_more: next !== null,
      };
      const body = `${JSON.stringify(page).slice(0, -1)},"data":[${views.join(",")}]}`;
      return new Response(body, { headers: { "Content-Type": "application/json", ...PRIVATE } });
    });

    const require = async (...parameters: Parameters<typeof requireGeneration>): Promise<GenerationRow> => {
      const row = await requireGeneration(...parameters);
      if (row.modality !== modality) throw new GenerationNotFoundError();
      return row;
    };

    routes.get(`${path}/:id`, async (context) => answer(await require(context, services)));

    routes.get(`${path}/:id/content`, async (context) => {
      const row = await require(context, services);
      const variant = context.req.query("variant") ?? "video";
      if (variant !== "video" && variant !== "audio") {
        throw new InvalidRequestError("variant: only the file itself is kept. Leave it out.", "variant");
      }
      making.files.count({ ip: context.get("ip") });
      return making.files.answer(row, "content", askingFor(context), { more: PRIVATE });
    });

    routes.delete(`${path}/:id`, async (context) => {
      const row = await require(context, services);
      await generations.remove(row.id);
      const object = modality === "Video" ? "video.deleted" : "music.deleted";
      return context.json({ id: row.id, object, deleted: true });
    });
  }
  return routes;
}
