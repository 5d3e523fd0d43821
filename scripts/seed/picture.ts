import { createCanvas, loadImage } from "@napi-rs/canvas";
import { imageEngine } from "../../relayer/src/providers/local/image/index.ts";
import { avatarSvg } from "./content/avatar.ts";
import type { SeedTool } from "./content/types.ts";

/** Pixels a side. */
const SIDE = 512;

/** The avatar that a name carves, as a PNG: a stored image is never an SVG. */
export async function carve(name: string): Promise<Blob> {
  const canvas = createCanvas(SIDE, SIDE);
  const drawing = await loadImage(Buffer.from(avatarSvg(name)));
  canvas.getContext("2d").drawImage(drawing, 0, 0, SIDE, SIDE);
  return new Blob([new Uint8Array(await canvas.encode("png"))], { type: "image/png" });
}

/**
 * What a tool shows of itself: its first preset, painted by the embedded engine in the tool's style. What only sounds
 * has the avatar that its name carves.
 */
export async function paintCard({ slug, modality, style, tool }: SeedTool): Promise<Blob> {
  const [preset] = tool.presets;
  if ((modality !== "Image" && modality !== "Video") || preset === undefined) return carve(slug);
  const bytes = await imageEngine.make(
    {
      ...{ modality: "Image", prompt: preset.prompt, style, seed: preset.settings.seed ?? 0 },
      ...{ quality: "Standard", format: "webp", width: SIDE, height: SIDE },
    },
    () => {},
  );
  return new Blob([Uint8Array.from(bytes)], { type: "image/webp" });
}
