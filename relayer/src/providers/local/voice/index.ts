import type { LocalEngine, MediaRequest } from "../../media.ts";
import { VOICES, voiceOf } from "./voices.ts";

/** Starting up, and what a character of text takes on one core. */
const STARTING_SECONDS = 0.4;
const SECONDS_A_CHARACTER = 0.0015;

/**
 * Speaks English with flite, a classic synthesizer of recorded voices. The same request makes the same bytes. Nothing
 * heavy is loaded until it works.
 */
export const voiceEngine: LocalEngine = {
  label: "flite (embedded) - a classic synthesizer, not a neural voice",
  abilities: {
    sizes: [],
    seconds: null,
    qualities: ["Standard", "Draft", "High", "Ultra"],
    voices: VOICES.map(({ id, name }) => ({ id, name })),
    formats: ["wav"],
    maxPrompt: 4_000,
  },

  voiceOf: (name) => voiceOf(name)?.id,

  estimate(request: MediaRequest): number {
    if (request.modality !== "Voice") return 0;
    return STARTING_SECONDS + (request.prompt.length * SECONDS_A_CHARACTER) / request.speed;
  },

  async make(request, onProgress) {
    if (request.modality !== "Voice") throw new TypeError(`a speaker makes no ${request.modality.toLowerCase()}`);
    const { speak } = await import("./speak.ts");
    return speak(request, onProgress);
  },
};
