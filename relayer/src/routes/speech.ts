import { toWire } from "@stelai/sdk/wire";
import { Hono } from "hono";
import type { AppEnv } from "../http.ts";
import { meteredOf } from "../inference/generationView.ts";
import type { Making } from "../inference/making.ts";
import type { Services } from "../services.ts";
import { askingFor, passHeadersOf, place, proofOf, whenMade } from "./making.ts";

/** `POST /v1/audio/speech`: the file itself, what belongs to it in headers. */
export function speechRoutes(services: Services, making: Making): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/v1/audio/speech", async (context) => {
    const { row } = await place(context, services, making, "Voice");
    return whenMade(context, services, making, row, async (made) => {
      const metered = await meteredOf(services, made);
      const more = {
        "Stelai-Generation": made.id,
        ...(metered === null ? {} : { "Stelai-Metered": Buffer.from(toWire(metered)).toString("base64url") }),
        ...passHeadersOf(made),
        ...(await proofOf(services, made)).headers,
        "Cache-Control": "private, no-store",
      };
      // The whole, whatever ranges a client asks a new file for.
      const asking = { ...askingFor(context), header: () => undefined };
      return making.files.answer(made, "content", asking, { more });
    });
  });
}
