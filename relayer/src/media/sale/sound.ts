import { fade, loudnessOf, peakOf } from "../../providers/local/sound/level.ts";
import { resample } from "../../providers/local/sound/resample.ts";
import { writeWav } from "../../providers/local/sound/wav.ts";
import { loadFlite } from "../../providers/local/voice/flite.ts";
import { type Mono, soundOf } from "../decode.ts";
import { malformed } from "../faults.ts";
import type { Probed } from "../probe.ts";
import type { Shown } from "../shown.ts";
import { MARK } from "../watermark.ts";
import { monoOf, readWav } from "../wav.ts";

const SECONDS = 8;
/** The most samples a second: enough to know a piece by, too few to use it. */
const SAMPLE_RATE = 24_000;
/** Of the preview's length, at its end. */
const FADE_PART = 0.2;

/** When the voice is heard first, and how often then, in seconds. */
const FIRST_SECONDS = 0.8;
const EVERY_SECONDS = 4;
/** How loud it is beside the piece, and at least and at most, as a part of full scale. */
const BESIDE = 0.9;
const QUIETEST = 0.05;
const LOUDEST = 0.2;
/** What is left of the piece while the voice is heard, and how long it takes to get there and back, in seconds. */
const DUCKED = 0.45;
const DUCKING_SECONDS = 0.08;
const CEILING = 0.95;

/**
 * A sound's beginning, mixed anew: one channel, fewer samples, and every few seconds a voice over it that says what it
 * is.
 * @param most How many seconds are heard at most.
 * @throws UndecodableError
 */
export async function markedSoundOf(bytes: Uint8Array, { mediaType }: Probed, most: number): Promise<Shown> {
  const seconds = Math.min(SECONDS, most);
  const heard = await beginningOf(bytes, mediaType, seconds);
  const sampleRate = Math.min(SAMPLE_RATE, heard.sampleRate);
  const samples = Float32Array.from(resample(heard.samples, sampleRate / heard.sampleRate));
  const voice = await spokenAt(sampleRate);
  const level = Math.min(LOUDEST, Math.max(QUIETEST, loudnessOf([samples]) * BESIDE));
  for (const at of placesOf(samples.length, voice.length, sampleRate)) speakOver(samples, voice, at, level, sampleRate);
  const peak = peakOf([samples]);
  if (peak > CEILING)
    for (let at = 0; at < samples.length; at += 1) samples[at] = ((samples[at] ?? 0) * CEILING) / peak;
  fade([samples], sampleRate, 0, seconds * FADE_PART);
  return { bytes: writeWav({ sampleRate, channels: [samples] }, 16), mediaType: "audio/wav" };
}

async function beginningOf(bytes: Uint8Array, type: Probed["mediaType"], seconds: number): Promise<Mono> {
  switch (type) {
    case "audio/wav":
      return monoOf(readWav(bytes), seconds);
    case "audio/mpeg":
    case "audio/flac":
    case "audio/ogg":
      return soundOf(bytes, type, seconds);
    default:
      throw malformed(`${type} instead of a sound`);
  }
}

/** The samples at which the voice begins: in the middle of what is too short for it to wait. */
function placesOf(length: number, voiceLength: number, sampleRate: number): number[] {
  const first = Math.max(0, Math.min(FIRST_SECONDS * sampleRate, (length - voiceLength) / 2));
  const places: number[] = [];
  for (let at = Math.round(first); at < length; at += EVERY_SECONDS * sampleRate) places.push(at);
  // One that could not be understood any more would only disturb.
  return places.filter((at, index) => index === 0 || at + voiceLength <= length);
}

/** Lets the piece step back and the voice be heard. Changes the samples. */
function speakOver(samples: Float32Array, voice: Float32Array, from: number, level: number, sampleRate: number): void {
  const ramp = DUCKING_SECONDS * sampleRate;
  for (let at = -ramp; at < voice.length + ramp; at += 1) {
    const place = Math.round(from + at);
    if (place < 0 || place >= samples.length) continue;
    const near = Math.min(1, (at + ramp) / ramp, (voice.length + ramp - at) / ramp);
    const piece = (samples[place] ?? 0) * (1 - (1 - DUCKED) * near);
    samples[place] = piece + (voice[Math.round(at)] ?? 0) * level;
  }
}

let spoken: Promise<Mono> | undefined;

/** The words, at a loudness of 1. */
async function spokenAt(sampleRate: number): Promise<Float32Array> {
  spoken ??= loadFlite().then((say) => say(`${MARK}.`, { voice: "slt", pitch: 1, stretch: 0.95, isMonotone: false }));
  const { samples, sampleRate: own } = await spoken;
  const loudness = loudnessOf([samples]);
  return resample(samples, sampleRate / own).map((value) => value / loudness);
}
