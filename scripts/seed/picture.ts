import { createCanvas, loadImage } from "@napi-rs/canvas";
import { probe } from "../../relayer/src/media/probe.ts";
import { imageEngine } from "../../relayer/src/providers/local/image/index.ts";
import { musicEngine } from "../../relayer/src/providers/local/music/index.ts";
import { voiceEngine } from "../../relayer/src/providers/local/voice/index.ts";
import { VOICES } from "../../relayer/src/providers/local/voice/voices.ts";
import type { MediaRequest } from "../../relayer/src/providers/media.ts";
import { avatarSvg } from "./content/avatar.ts";
import type { SeedTool } from "./content/types.ts";

/** Pixels a side. */
const SIDE = 512;
/** Seconds of music that are played to draw its shape. */
const HEARD_SECONDS = 8;
/** Strokes of a sound's shape, and what lies on the edges of the picture. */
const STROKES = 32;
const MARGIN = 56;
/** The interface's stones, each with the colour that is inlaid where the sound is strongest. */
const STONE = {
  Voice: { face: "#ECE7DC", line: "#1E1B16", inlay: "#845100" },
  Music: { face: "#1C1B18", line: "#F1EDE4", inlay: "#62C7AF" },
} as const;

/** The avatar that a name carves, as a PNG: a stored image is never an SVG. */
export async function carve(name: string): Promise<Blob> {
  const canvas = createCanvas(SIDE, SIDE);
  const drawing = await loadImage(Buffer.from(avatarSvg(name)));
  canvas.getContext("2d").drawImage(drawing, 0, 0, SIDE, SIDE);
  return new Blob([new Uint8Array(await canvas.encode("png"))], { type: "image/png" });
}

/**
 * What a tool shows of itself, made by the embedded engines in its own style from its first preset: a picture, which of
 * a film is a painting of the same scene, or the shape of what it says or plays.
 */
export async function showOff({ modality, style, tool }: SeedTool): Promise<Blob> {
  const [preset] = tool.presets;
  if (preset === undefined) throw new Error("A tool has no preset to show.");
  const base = { prompt: preset.prompt, style, seed: preset.settings.seed ?? 0 };
  const make = async (engine: typeof imageEngine, request: MediaRequest) => engine.make(request, () => {});
  if (modality === "Image" || modality === "Video") {
    const size = { width: SIDE, height: SIDE } as const;
    const request = { ...base, ...size, modality: "Image", quality: "Draft", format: "webp" } as const;
    return webp(await make(imageEngine, request));
  }
  const voice = preset.settings.voice ?? tool.voices?.[0] ?? VOICES[0]?.id ?? "";
  const sound =
    modality === "Voice"
      ? await make(voiceEngine, { ...base, modality, voice, speed: 1, quality: "Draft", format: "wav" })
      : await make(musicEngine, { ...base, modality, seconds: HEARD_SECONDS, quality: "Draft", format: "wav" });
  const { peaks } = await probe(sound, modality);
  return webp(drawSound(peaks ?? [], modality));
}

/** A sound's shape, carved in strokes about the middle. */
function drawSound(peaks: readonly number[], modality: keyof typeof STONE): Uint8Array {
  const { face, line, inlay } = STONE[modality];
  const canvas = createCanvas(SIDE, SIDE);
  const pen = canvas.getContext("2d");
  pen.fillStyle = face;
  pen.fillRect(0, 0, SIDE, SIDE);
  const strokes = Array.from({ length: STROKES }, (_, index) => {
    const [from, to] = [index, index + 1].map((at) => Math.floor((at * peaks.length) / STROKES));
    const heard = peaks.slice(from, to);
    return heard.reduce((sum, peak) => sum + peak, 0) / Math.max(1, heard.length);
  });
  const most = Math.max(...strokes) || 1;
  const strongest = strokes.indexOf(most);
  const step = (SIDE - 2 * MARGIN) / (STROKES - 1);
  pen.lineWidth = 6;
  pen.lineCap = "round";
  for (const [index, peak] of strokes.entries()) {
    const x = MARGIN + index * step;
    // Squared, as power is: speech and music keep near one loudness, and their shape would be a bar.
    const reach = (peak / most) ** 2 * (SIDE / 2 - 2 * MARGIN);
    pen.strokeStyle = index === strongest ? inlay : line;
    pen.beginPath();
    pen.moveTo(x, SIDE / 2 - reach);
    pen.lineTo(x, SIDE / 2 + reach);
    pen.stroke();
  }
  return canvas.encodeSync("webp", 92);
}

function webp(bytes: Uint8Array): Blob {
  return new Blob([Uint8Array.from(bytes)], { type: "image/webp" });
}
