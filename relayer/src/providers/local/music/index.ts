import type { Quality } from "@stelai/sdk";
import type { LocalEngine, MediaRequest } from "../../media.ts";

/** Starting up, and what a second of music takes on one core. */
const STARTING_SECONDS: Record<Quality, number> = { Draft: 0.6, Standard: 0.6, High: 0.9, Ultra: 0.9 };
const SECONDS_A_SECOND: Record<Quality, number> = { Draft: 0.05, Standard: 0.12, High: 0.18, Ultra: 0.2 };

/**
 * Writes a piece by rule (form, harmony, voice leading, a melody made of motifs) and plays it with sampled instruments.
 * The same request makes the same bytes. Nothing heavy is loaded until it works.
 */
export const musicEngine: LocalEngine = {
  label: "Algorithmic composer with a sampled orchestra (embedded)",
  abilities: {
    sizes: [],
    seconds: { min: 5, max: 120, step: 1, default: 20 },
    qualities: ["Standard", "Draft", "High", "Ultra"],
    voices: [],
    formats: ["wav"],
  },

  estimate(request: MediaRequest): number {
    if (request.modality !== "Music") return 0;
    return STARTING_SECONDS[request.quality] + request.seconds * SECONDS_A_SECOND[request.quality];
  },

  async make(request, onProgress) {
    if (request.modality !== "Music") throw new TypeError(`a composer makes no ${request.modality.toLowerCase()}`);
    const { makeMusic } = await import("./make.ts");
    return makeMusic(request, onProgress);
  },
};
