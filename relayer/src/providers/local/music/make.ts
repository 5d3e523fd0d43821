import type { Quality } from "@stelai/sdk";
import type { MediaRequest } from "../../media.ts";
import { fade, level } from "../sound/level.ts";
import { writeWav } from "../sound/wav.ts";
import { briefOf } from "./brief.ts";
import { compose } from "./compose.ts";
import { GENRES } from "./genres.ts";
import { perform } from "./perform.ts";
import { render, type Studio } from "./render.ts";
import type { Players } from "./score.ts";
import { texture } from "./texture.ts";

type MusicRequest = Extract<MediaRequest, { modality: "Music" }>;

/** Loudness and highest peak, as parts of full scale. */
const LOUDNESS = 0.13;
const CEILING = 0.89;

/** What each quality is: who plays, in which room, sampled how. */
const QUALITIES: Readonly<Record<Quality, Studio & { players: Players; bits: 16 | 24 }>> = {
  Draft: { sampleRate: 22_050, orchestra: "small", hasRoom: false, players: 0, bits: 16 },
  Standard: { sampleRate: 44_100, orchestra: "small", hasRoom: true, players: 1, bits: 16 },
  High: { sampleRate: 44_100, orchestra: "large", hasRoom: true, players: 2, bits: 16 },
  Ultra: { sampleRate: 48_000, orchestra: "large", hasRoom: true, players: 3, bits: 24 },
};

/** Composes and plays a piece of exactly the seconds asked for, as a WAV. */
export async function makeMusic(request: MusicRequest, onProgress: (done: number) => void): Promise<Uint8Array> {
  const { prompt, style, seed, seconds, quality } = request;
  const studio = QUALITIES[quality];
  const brief = briefOf(prompt, style, seed);
  const score = compose(brief, seconds);
  const events = perform(score, GENRES[brief.genre].loose, seed, studio.players);
  onProgress(0.05);
  const sound = await render(score.parts, events, seconds, studio, (done) => onProgress(0.05 + done * 0.9));

  const { channels, sampleRate } = sound;
  level(channels, sampleRate, LOUDNESS, CEILING);
  if (brief.texture !== undefined && studio.players > 0) {
    const behind = texture(brief.texture, sampleRate, channels[0]?.length ?? 0, seed);
    for (const [index, samples] of channels.entries())
      for (let at = 0; at < samples.length; at += 1) samples[at] = (samples[at] ?? 0) + (behind[index]?.[at] ?? 0);
    level(channels, sampleRate, LOUDNESS, CEILING);
  }
  fade(channels, sampleRate, 0.01, Math.min(3, score.ring * 0.6));
  return writeWav(sound, studio.bits);
}
