import { MODALITIES } from "@stelai/sdk";
import { GENERATION_STATUSES } from "@stelai/sdk/wire";
import { type Context, Hono } from "hono";
import * as z from "zod";
import { ContentStoreError } from "../content/index.ts";
import type { GenerationRow } from "../generations/types.ts";
import { type AppEnv, json, onDisconnect, validate } from "../http.ts";
import { characterIn } from "../inference/chat-body.ts";
import type { FilePart } from "../inference/fileAddresses.ts";
import {
  FileUnavailableError,
  GenerationEndedError,
  GenerationNotFinishedError,
  GenerationNotFoundError,
} from "../inference/generationErrors.ts";
import { recordOf } from "../inference/generationView.ts";
import type { Making } from "../inference/making.ts";
import { hasEnded } from "../inference/waiting.ts";
import type { Services } from "../services.ts";
import { askingFor, requireGeneration, requireViewer, waiterOf } from "./making.ts";

/** What one may see is kept by no cache. */
const PRIVATE = { "Cache-Control": "private, no-store" };
const MAX_WAIT_SECONDS = 60;

const MADE = MODALITIES.filter((modality) => modality !== "Chat");
const listSchema = z.object({
  modality: z.enum(MADE).optional(),
  status: z.enum(GENERATION_STATUSES).optional(),
  model: z.string().max(64).optional(),
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
const waitSchema = z.object({ wait: z.coerce.number().min(0).max(MAX_WAIT_SECONDS).default(0) });

/** Everything under `/v1/generations`. */
export function generationRoutes(services: Services, making: Making): Hono<AppEnv> {
  const { config, generations } = services;
  const writes = services.limits.perMinute("generations.writes", config.RATE_WRITES_PER_MINUTE);
  const routes = new Hono<AppEnv>();

  routes.get("/v1/generations", async (context) => {
    const { model, ...filter } = validate(context.req.query(), listSchema);
    const viewer = await requireViewer(context, services);
    const characterId = model === undefined ? undefined : characterIn(model);
    // Of a model that there cannot be, nothing was made.
    if (model !== undefined && characterId === undefined) return json(EMPTY, 200, PRIVATE);
    const { rows, next } = await generations.list(viewer, { ...filter, characterId });
    return json({ object: "list", data: await Promise.all(rows.map(making.view)), next }, 200, PRIVATE);
  });

  routes.get("/v1/generations/:id", async (context) => {
    const { wait } = validate(context.req.query(), waitSchema);
    const row = await requireGeneration(context, services);
    if (wait === 0 || hasEnded(row)) return json(await making.view(row), 200, PRIVATE);
    const changed = await making.waits.during(row.id, waiterOf(context, services, row), () =>
      change(context, services, row, wait * 1_000),
    );
    return json(await making.view(changed), 200, PRIVATE);
  });

  for (const part of ["content", "preview"] satisfies FilePart[]) {
    routes.get(`/v1/generations/:id/${part}`, async (context) => {
      making.files.count({ ip: context.get("ip") });
      const row = await requireGeneration(context, services);
      return making.files.answer(row, part, askingFor(context), {
        isAttachment: context.req.query("download") !== undefined,
        more: PRIVATE,
      });
    });
  }

  routes.get("/v1/generations/:id/record", async (context) => {
    const row = await requireFile(context);
    return json(await recordOf(services, row), 200, PRIVATE);
  });

  routes.get("/v1/generations/:id/export", async (context) => {
    making.files.count({ ip: context.get("ip") });
    const row = await requireFile(context);
    const isHead = context.req.method === "HEAD";
    const { stream, name } = isHead
      ? NO_ZIP
      : await making.files.zip(row, await recordOf(services, row), askingFor(context));
    return new Response(stream, {
      headers: {
        ...PRIVATE,
        "Content-Type": "application/zip",
        "Content-Disposition": `attachment; filename="${name}"`,
        "X-Content-Type-Options": "nosniff",
      },
    });
  });

  routes.post("/v1/generations/:id/publish", async (context) => {
    writes.take(services.people.quotas.addressKey(context.get("ip")));
    const row = await requireFile(context);
    await generations.publish(row).catch((cause: unknown) => {
      throw cause instanceof ContentStoreError ? new FileUnavailableError(row.id, { cause }) : cause;
    });
    return json(await making.view((await generations.find(row.id)) ?? row), 200, PRIVATE);
  });

  routes.post("/v1/generations/:id/cancel", async (context) => {
    const row = await requireGeneration(context, services);
    const ended = await generations.cancel(row.id);
    if (ended === undefined) throw new GenerationNotFoundError();
    if (ended.status === "completed" || ended.status === "failed") throw new GenerationEndedError(ended.status);
    return json(await making.view(ended), 200, PRIVATE);
  });

  routes.delete("/v1/generations/:id", async (context) => {
    const row = await requireGeneration(context, services);
    await generations.remove(row.id);
    return context.body(null, 204);
  });

  const requireFile = async (context: Context<AppEnv>): Promise<GenerationRow> => {
    const row = await requireGeneration(context, services);
    if (row.status !== "completed" || row.file === null) throw new GenerationNotFinishedError(row);
    return row;
  };

  return routes;
}

/** Whoever asks for the head alone has nothing opened. */
const NO_ZIP = { stream: null, name: "generation.zip" };
const EMPTY = { object: "list", data: [], next: null };

/** A generation as soon as it ended, or changed its status or progress; at the latest after so long. */
async function change(
  context: Context<AppEnv>,
  { generations, runs }: Pick<Services, "generations" | "runs">,
  row: GenerationRow,
  milliseconds: number,
): Promise<GenerationRow> {
  const gone = new AbortController();
  onDisconnect(context, () => gone.abort(new DOMException("The client went away.", "AbortError")));
  // A process that stops lets its clients go.
  const ended = AbortSignal.any([gone.signal, runs.closing]);
  const changed = await generations.wait(row.id, milliseconds, ended, row);
  if (changed === undefined) throw new GenerationNotFoundError();
  return changed;
}
