import { sizeOf } from "@stelai/sdk";
import type { LocalEngine, MediaRequest } from "../../../relayer/src/providers/media.ts";

export const NAMES = ["image", "video", "voice", "music"] as const;

/** What an engine is called in this bench's keys. */
export type MadeName = (typeof NAMES)[number];

/** About 200 characters, as a voiceover has them. */
const TEXT =
  "The north wind and the sun were disputing which of them was the stronger, when a traveller came along the road, " +
  "wrapped in a warm cloak. They agreed that whoever made him take it off had won.";

/** What a person gets who changes nothing: the first of each of the engine's abilities. */
export function standardRequest(name: MadeName, { abilities }: LocalEngine): MediaRequest {
  const { sizes, seconds, qualities, voices, formats } = abilities;
  const common = {
    prompt: name === "voice" ? TEXT : "a quiet lake between mountains, late in the evening",
    style: undefined,
    quality: qualities[0] ?? "Standard",
    seed: 1,
    format: formats[0] ?? "",
  };
  const length = seconds?.default ?? 0;
  switch (name) {
    case "image":
      return { ...common, modality: "Image", ...sizeOf(sizes[0] ?? "") };
    case "video":
      return { ...common, modality: "Video", ...sizeOf(sizes[0] ?? ""), seconds: length };
    case "voice":
      return { ...common, modality: "Voice", voice: voices[0]?.id ?? "", speed: 1 };
    case "music":
      return { ...common, modality: "Music", seconds: length };
  }
}
