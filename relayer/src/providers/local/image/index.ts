import type { Quality } from "@stelai/sdk";
import type { LocalEngine, MediaRequest } from "../../media.ts";

/** Seconds for a megapixel on one core; what starting up costs comes on top. */
const SECONDS_A_MEGAPIXEL: Record<Quality, number> = { Draft: 0.8, Standard: 2, High: 5, Ultra: 9 };
const STARTING_SECONDS = 0.6;

/**
 * Paints pictures by rule: a scene is chosen by the prompt's words or the style, composed by a seed, lit, and finished
 * as paint, ink, cut paper or print. The same request makes the same bytes. Nothing heavy is loaded until it works.
 */
export const imageEngine: LocalEngine = {
  label: "Procedural painter (embedded) - not a diffusion model",
  abilities: {
    sizes: ["1024x1024", "1024x768", "768x1024", "1280x720", "720x1280", "512x512"],
    seconds: null,
    qualities: ["Standard", "Draft", "High", "Ultra"],
    voices: [],
    formats: ["png", "jpeg", "webp"],
  },

  estimate(request: MediaRequest): number {
    if (request.modality !== "Image") return 0;
    const megapixels = (request.width * request.height) / 1e6;
    return STARTING_SECONDS + megapixels * SECONDS_A_MEGAPIXEL[request.quality];
  },

  async make(request, onProgress) {
    if (request.modality !== "Image") throw new TypeError(`a painter makes no ${request.modality.toLowerCase()}`);
    const { paint } = await import("./paint.ts");
    return paint(request, imageEngine.label, onProgress);
  },
};
