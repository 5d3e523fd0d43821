import { type Generation, toWire } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { GenerationRow } from "../generations/types.ts";
import type { AppEnv } from "../http.ts";
import { meteredOf } from "../inference/generationView.ts";
import type { Making } from "../inference/making.ts";
import type { Services } from "../services.ts";
import { askingFor, passHeadersOf, place, proofOf, whenMade } from "./making.ts";

/** `POST /v1/images/generations`. */
export function imageRoutes(services: Services, making: Making): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/v1/images/generations", async (context) => {
    const { row, body } = await place(context, services, making, "Image");
    return whenMade(context, services, making, row, async (made) => {
      const data =
        body.responseFormat === "url"
          ? { url: making.addresses.of(made.id).content }
          : { b64_json: await making.files.base64(made, askingFor(context)) };
      return imageAnswer(services, made, data);
    });
  });
}

async function imageAnswer(
  services: Services,
  row: GenerationRow,
  data: { url: string } | { b64_json: string },
): Promise<Response> {
  const metered = await meteredOf(services, row);
  const { headers, paid } = await proofOf(services, row);
  const made: { generation: Generation["id"] } & Record<string, unknown> = {
    generation: row.id,
    ...(metered ?? {}),
    ...paid,
    ...(row.pass === null ? {} : { pass: row.pass.use }),
  };
  const answer = {
    created: Math.floor((row.endedAt ?? row.createdAt).getTime() / 1_000),
    data: [data],
    ...{ size: row.settings.size, output_format: row.settings.format },
    stelai: made,
  };
  return new Response(toWire(answer), {
    headers: { "Content-Type": "application/json", ...passHeadersOf(row), ...headers },
  });
}
