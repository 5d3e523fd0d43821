import type { Quality } from "@stelai/sdk";
import type { LocalEngine, MediaRequest } from "../../media.ts";

/** Seconds of work for a million pixels of frames on one core; what starting and drawing costs comes on top. */
const SECONDS_A_MEGAPIXEL = 0.14;
const STARTING_SECONDS = 1.8;

/** Frames a second: what a quality buys, besides bitrate and detail. */
export const FRAME_RATES: Record<Quality, number> = { Draft: 12, Standard: 24, High: 30, Ultra: 30 };

/**
 * Sets the painter's scenes in motion: layers are painted once, then composed frame by frame with a camera that moves,
 * with clouds, water, weather and light that live. The same request makes the same bytes.
 */
export const videoEngine: LocalEngine = {
  label: "Procedural animator (embedded) - not a video model",
  abilities: {
    sizes: ["640x360", "480x480", "360x640", "960x540"],
    seconds: { min: 1, max: 20, step: 1, default: 4 },
    qualities: ["Standard", "Draft", "High", "Ultra"],
    voices: [],
    formats: ["mp4"],
  },

  estimate(request: MediaRequest): number {
    if (request.modality !== "Video") return 0;
    const frames = request.seconds * FRAME_RATES[request.quality];
    return STARTING_SECONDS + ((frames * request.width * request.height) / 1e6) * SECONDS_A_MEGAPIXEL;
  },

  async make(request, onProgress) {
    if (request.modality !== "Video") throw new TypeError(`an animator makes no ${request.modality.toLowerCase()}`);
    const { animate } = await import("./animate.ts");
    return animate(request, onProgress);
  },
};
