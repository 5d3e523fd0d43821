import { charactersIn } from "@stelai/sdk";
import { mediaTypeOf } from "../../content/media.ts";
import { closeWav } from "../../media/wav.ts";
import type { MediaAbilities, MediaContext, MediaProvider, MediaRequest } from "../media.ts";
import { MediaUpstream, type OpenAIMediaOptions } from "./mediaUpstream.ts";

const VOICES = [
  ["alloy", "Alloy"],
  ["ash", "Ash"],
  ["ballad", "Ballad"],
  ["cedar", "Cedar"],
  ["coral", "Coral"],
  ["echo", "Echo"],
  ["fable", "Fable"],
  ["marin", "Marin"],
  ["nova", "Nova"],
  ["onyx", "Onyx"],
  ["sage", "Sage"],
  ["shimmer", "Shimmer"],
  ["verse", "Verse"],
] as const;

const SPEED = { min: 0.25, max: 4 };

/** Speech by `POST /audio/speech` of an OpenAI-compatible upstream. It knows one quality and no seeds. */
export class OpenAISpeech implements MediaProvider {
  readonly name: string;
  readonly label: string;
  readonly abilities: MediaAbilities = {
    sizes: [],
    seconds: null,
    qualities: ["Standard"],
    voices: VOICES.map(([id, name]) => ({ id, name })),
    formats: ["mp3", "wav", "flac", "opus"],
    maxPrompt: 4_096,
  };
  readonly #upstream: MediaUpstream;
  readonly #model: string;

  /** @throws TypeError when `baseUrl` is no http(s) URL. */
  constructor(options: OpenAIMediaOptions) {
    this.#model = options.model;
    this.#upstream = new MediaUpstream(options);
    this.name = this.#upstream.name;
    this.label = options.label ?? `${options.model} - speech model`;
  }

  estimate({ prompt }: MediaRequest): number {
    return 2 + charactersIn(prompt) / 200;
  }

  async make(request: MediaRequest, { signal }: MediaContext): Promise<Uint8Array> {
    if (request.modality !== "Voice") throw new RangeError(`voices speak here, not ${request.modality}`);
    const { style, prompt, voice, speed, format } = request;
    const pace = speed * (style?.speech?.pace ?? 1);
    const body = {
      model: this.#model,
      input: prompt,
      voice,
      // Never part of the text: it would be spoken.
      instructions: style?.instructions || undefined,
      response_format: format,
      speed: Math.min(SPEED.max, Math.max(SPEED.min, pace)),
    };
    const bytes = await this.#upstream.file({ path: "/audio/speech", body, signal, isMaking: true });
    return mediaTypeOf(bytes) === "audio/wav" ? closeWav(bytes) : bytes;
  }
}
