import type { Quality } from "@stelai/sdk";
import type { MediaRequest } from "../../media.ts";
import { createRandom, hash32 } from "../chat/random.ts";
import { fade, level } from "../sound/level.ts";
import { resample } from "../sound/resample.ts";
import { wavBytes, writeWav } from "../sound/wav.ts";
import { addAir, colour } from "./colour.ts";
import { UnspeakableTextError } from "./errors.ts";
import { type Flite, loadFlite } from "./flite.ts";
import { type Passage, passagesOf, speakable } from "./text.ts";
import { type Voice, voiceOf } from "./voices.ts";

type VoiceRequest = Extract<MediaRequest, { modality: "Voice" }>;

/** What flite's voices were recorded at, in hertz. */
const RECORDED_RATE = 16_000;
/** How far pace and speed together may stretch speech: beyond this nobody understands it. */
const SLOWEST = 0.25;
const FASTEST = 4;
/** The longest file that is made, in bytes: what the relayer takes from an upstream, and a little less. */
const MOST_BYTES = 64_000_000;
/** Loudness and highest peak, as parts of full scale. */
const LOUDNESS = 0.14;
const CEILING = 0.89;

/** What each quality is: how fast and fine it is sampled, and how much is made of the band that flite leaves out. */
const QUALITIES: Readonly<Record<Quality, { sampleRate: number; bits: 16 | 24; air: number }>> = {
  Draft: { sampleRate: 8_000, bits: 16, air: 0 },
  Standard: { sampleRate: 16_000, bits: 16, air: 0 },
  High: { sampleRate: 24_000, bits: 16, air: 0.5 },
  Ultra: { sampleRate: 48_000, bits: 24, air: 0.7 },
};

/** Speaks a text as a WAV. @throws UnspeakableTextError */
export async function speak(request: VoiceRequest, onProgress: (done: number) => void): Promise<Uint8Array> {
  const voice = voiceOf(request.voice);
  if (voice === undefined)
    throw new UnspeakableTextError(`The embedded engine has no voice called "${request.voice}".`);
  const { sampleRate, bits, air } = QUALITIES[request.quality];
  const passages = passagesOf(speakable(request.prompt));

  const parts = await read(passages, request, voice, await loadFlite(), { sampleRate, bits }, onProgress);
  const dry = join(parts);
  const coloured = colour(dry, RECORDED_RATE, voice.effect, request.seed);
  const wide = resample(coloured, sampleRate / RECORDED_RATE);
  if (air > 0) addAir(wide, sampleRate, air);
  level([wide], sampleRate, LOUDNESS, CEILING);
  fade([wide], sampleRate, 0.005, 0.02);
  return writeWav({ sampleRate, channels: [wide] }, bits);
}

/** Reads passage by passage, each a little different in pitch and pace as a seed has it, as people do. */
async function read(
  passages: readonly Passage[],
  request: VoiceRequest,
  voice: Voice,
  say: Flite,
  file: { sampleRate: number; bits: 16 | 24 },
  onProgress: (done: number) => void,
): Promise<Float32Array[]> {
  const { pitch, pace } = request.style?.speech ?? { pitch: 1, pace: 1 };
  const speed = Math.min(FASTEST, Math.max(SLOWEST, request.speed * pace)) * (voice.pace ?? 1);
  const { size, tone } = shapeOf(voice, pitch);
  const random = createRandom(request.seed ^ hash32(voice.id));
  const around = (spread: number) => 1 + (random.next() * 2 - 1) * spread;
  const isSteady = voice.effect === "robot";

  const parts: Float32Array[] = [];
  let frames = 0;
  for (const [index, { text, pause }] of passages.entries()) {
    const stretch = (size / speed) * around(0.03);
    const lift = tone * (isSteady ? 1 : around(0.03));
    const said = await say(text, { voice: voice.flite, pitch: lift, stretch, isMonotone: isSteady });
    const isLast = index === passages.length - 1;
    const silence = isLast ? 0.1 : (pause * around(0.2)) / Math.max(0.5, speed);
    const part = resample(said.samples, 1 / size);
    const padded = new Float32Array(part.length + Math.round(silence * RECORDED_RATE));
    padded.set(part);
    parts.push(padded);
    frames += padded.length;
    if (wavBytes((frames * file.sampleRate) / RECORDED_RATE, 1, file.bits) > MOST_BYTES) {
      throw new UnspeakableTextError(
        "Speaking this would make a file of more than 64 MB. Shorten the text, raise the speed or lower the quality.",
      );
    }
    onProgress(((index + 1) / passages.length) * 0.9);
  }
  return parts;
}

/**
 * How a pitch is reached: by the synthesizer's own fundamental frequency, and a little by the size of the speaker, as
 * it is with people. `rms` has a melody that flite cannot move, so all of it is size there.
 */
function shapeOf(voice: Voice, pitch: number): { size: number; tone: number } {
  const own = voice.size ?? 1;
  if (voice.flite === "rms") return { size: own * pitch, tone: 1 };
  const size = own * pitch ** 0.2;
  return { size, tone: ((voice.pitch ?? 1) * pitch) / size };
}

function join(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
