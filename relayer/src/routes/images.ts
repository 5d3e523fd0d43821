import { type Generation, toWire } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { GenerationRow } from "../generations/types.ts";
import type { AppEnv } from "../http.ts";
import { meteredOf } from "../inference/generationView.ts";
import type { Making } from "../inference/making.ts";
import type { MediaBody } from "../inference/media-body.ts";
import type { Services } from "../services.ts";
import { passHeadersOf, place, whenMade } from "./making.ts";

/** `POST /v1/images/generations`. */
export function imageRoutes(services: Services, making: Making): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/v1/images/generations", async (context) => {
    const { row, body } = await place(context, services, making, "Image");
    return whenMade(context, making, row, (made) => imageAnswer(services, making, made, body.responseFormat));
  });
}

async function imageAnswer(
  services: Services,
  { addresses }: Making,
  row: GenerationRow,
  how: MediaBody["responseFormat"],
): Promise<Response> {
  const metered = await meteredOf(services, row);
  const made: { generation: Generation["id"] } & Record<string, unknown> = {
    generation: row.id,
    ...(metered ?? {}),
    ...(row.pass === null ? {} : { pass: row.pass.use }),
  };
  const data = how === "url" ? { url: addresses.of(row.id).content } : { b64_json: await base64Of(services, row) };
  const answer = {
    created: Math.floor((row.endedAt ?? row.createdAt).getTime() / 1_000),
    data: [data],
    ...{ size: row.settings.size, output_format: row.settings.format },
    stelai: made,
  };
  return new Response(toWire(answer), { headers: { "Content-Type": "application/json", ...passHeadersOf(row) } });
}

async function base64Of({ generations }: Services, row: GenerationRow): Promise<string> {
  const { bytes } = await generations.open(row, "file");
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
