import { type Preset, QUALITIES, type Style, type ToolCard } from "@stelai/sdk";
import type { MadeModality } from "../../studio/modalities.ts";
import {
  type DraftOffer,
  type DraftPreset,
  type DraftStyle,
  emptyOffer,
  emptyPreset,
  emptyStyle,
  KNOWS,
  numberIn,
  secondsIn,
  seedIn,
  speedIn,
} from "./draftTool.ts";

const typed = (text: string) => text.trim() !== "";

function settingsOf(modality: MadeModality, preset: DraftPreset): Preset["settings"] {
  const knows = KNOWS[modality];
  const quality = QUALITIES.find((one) => one === preset.quality);
  const seconds = knows.seconds ? secondsIn(preset.seconds) : undefined;
  const speed = knows.voice ? speedIn(preset.speed) : undefined;
  const seed = seedIn(preset.seed);
  return {
    ...(quality && { quality }),
    ...(knows.size && preset.size && { size: preset.size }),
    ...(seconds !== undefined && { seconds }),
    ...(knows.voice && preset.voice && { voice: preset.voice }),
    ...(speed !== undefined && { speed }),
    ...(preset.format && { format: preset.format }),
    ...(seed !== undefined && { seed }),
  };
}

/** What a tool's card says of it: only what its modality has. */
export function toolCardOf(modality: MadeModality, offer: DraftOffer): ToolCard {
  const knows = KNOWS[modality];
  const maxSeconds = knows.seconds ? secondsIn(offer.maxSeconds) : undefined;
  return {
    ...(knows.size && offer.sizes.length > 0 && { sizes: [...offer.sizes] }),
    ...(maxSeconds !== undefined && { maxSeconds }),
    ...(offer.qualities.length > 0 && { qualities: [...offer.qualities] }),
    ...(knows.voice && offer.voices.length > 0 && { voices: [...offer.voices] }),
    presets: offer.presets.map((preset) => ({
      name: preset.name.trim(),
      prompt: preset.prompt.trim(),
      settings: settingsOf(modality, preset),
    })),
  };
}

/** How a tool makes things: uploaded and hashed as a persona is. What is not said is left out. */
export function styleOf(modality: MadeModality, name: string, style: DraftStyle): Record<string, unknown> {
  const knows = KNOWS[modality];
  const number = (key: string, text: string) => {
    const value = typed(text) ? numberIn(text, 0, Number.MAX_SAFE_INTEGER) : undefined;
    return value === undefined ? {} : { [key]: value };
  };
  return {
    kind: "style",
    name: name.trim(),
    instructions: style.instructions.trim(),
    ...(knows.look && {
      look: {
        ...{ scene: style.scene, line: style.line },
        ...(style.palette.length > 0 && { palette: [...style.palette] }),
        ...number("grain", style.grain),
      },
    }),
    ...(knows.motion && { motion: { camera: style.camera, ...number("pace", style.pace) } }),
    ...(knows.speech && {
      speech: {
        ...number("pitch", style.pitch),
        ...number("pace", style.speechPace),
      },
    }),
    ...(knows.score && {
      score: {
        genre: style.genre,
        ...number("tempo", style.tempo),
        ...(style.mode && { mode: style.mode }),
      },
    }),
  };
}

const text = (value: number | string | undefined) => (value === undefined ? "" : String(value));

/** A published tool's offer as it would be typed; the inverse of {@link toolCardOf}. */
export function offerFrom(card: ToolCard | undefined): DraftOffer {
  if (!card) return emptyOffer();
  return {
    sizes: card.sizes ?? [],
    qualities: card.qualities ?? [],
    voices: card.voices ?? [],
    maxSeconds: text(card.maxSeconds),
    presets: card.presets.map(({ name, prompt, settings }) => ({
      ...emptyPreset(),
      name,
      prompt,
      quality: text(settings.quality),
      size: text(settings.size),
      seconds: text(settings.seconds),
      voice: text(settings.voice),
      speed: text(settings.speed),
      seed: text(settings.seed),
      format: text(settings.format),
    })),
  };
}

/** A published style as it would be typed; the inverse of {@link styleOf}. @param uploaded Whatever the operator has. */
export function styleFrom(uploaded: Readonly<Record<string, unknown>>): DraftStyle {
  if (uploaded.kind !== "style") return emptyStyle();
  const empty = emptyStyle();
  // The operator took it as a style once, so it is one; what was left out of it has no value here.
  const { instructions, look, motion, speech, score } = uploaded as Partial<Style>;
  return {
    instructions: instructions ?? "",
    scene: look?.scene ?? empty.scene,
    line: look?.line ?? empty.line,
    palette: look?.palette ?? [],
    grain: text(look?.grain),
    camera: motion?.camera ?? empty.camera,
    pace: text(motion?.pace),
    pitch: text(speech?.pitch),
    speechPace: text(speech?.pace),
    genre: score?.genre ?? empty.genre,
    tempo: text(score?.tempo),
    mode: text(score?.mode),
  };
}
