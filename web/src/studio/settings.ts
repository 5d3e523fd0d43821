import type { Preset, Settings, Tool } from "@stelai/sdk";
import type { MadeModality } from "./modalities.ts";

/** What is set on a tool: everything that it knows, nothing that it does not. `seed` absent: a new one each time. */
export type Chosen = Settings;

/** How much faster or slower a voice may be asked to speak. */
export const SPEED = { min: 0.5, max: 2, step: 0.05 } as const;

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

/** The nearest whole step, without the dust of binary fractions. */
function onStep(value: number, { min, max, step }: { min: number; max: number; step: number }): number {
  const steps = Math.round((clamp(value, min, max) - min) / step);
  return Number(clamp(min + steps * step, min, max).toFixed(3));
}

/** `wanted` if it is allowed, else what is meant when nothing is said. */
function oneOf<T>(wanted: T | undefined, allowed: readonly T[]): T | undefined {
  return wanted !== undefined && allowed.includes(wanted) ? wanted : allowed[0];
}

/**
 * What is asked of a tool when this is wanted: each setting as wanted where the tool allows it, else the tool's own.
 * What a tool does not know is left out, so a setting survives a visit to a tool of another kind only where it fits.
 */
export function fit(
  modality: MadeModality,
  tool: Tool,
  wanted: { [key in keyof Settings]?: Settings[key] | undefined },
): Chosen {
  const { sizes, seconds, voices, formats } = tool;
  const size = modality === "Image" || modality === "Video" ? oneOf(wanted.size, sizes) : undefined;
  const voice =
    modality === "Voice"
      ? oneOf(
          wanted.voice,
          voices.map(({ id }) => id),
        )
      : undefined;
  const format = oneOf(wanted.format, formats);
  return {
    quality: oneOf(wanted.quality, tool.qualities) ?? "Standard",
    ...(size !== undefined && { size }),
    ...(seconds && { seconds: onStep(wanted.seconds ?? seconds.default, seconds) }),
    ...(voice !== undefined && { voice }),
    ...(modality === "Voice" && { speed: onStep(wanted.speed ?? 1, SPEED) }),
    ...(format !== undefined && { format }),
    ...(wanted.seed !== undefined && { seed: wanted.seed }),
  };
}

export type SettingsAction =
  /** Changes some; `seed: undefined` unlocks it. */
  | { type: "set"; values: { [key in keyof Settings]?: Settings[key] | undefined } }
  /** A preset's settings over the tool's own; the seed stays as it is, unless the preset names one. */
  | { type: "preset"; preset: Preset }
  /** What something was made with, its seed too. */
  | { type: "reuse"; settings: Settings };

/** The settings of a tool after an action. */
export function settingsReducer(modality: MadeModality, tool: Tool, chosen: Chosen, action: SettingsAction): Chosen {
  switch (action.type) {
    case "set":
      return fit(modality, tool, { ...chosen, ...action.values });
    case "preset":
      return fit(modality, tool, { seed: chosen.seed, ...action.preset.settings });
    case "reuse":
      return fit(modality, tool, action.settings);
  }
}

/** The same with another seed: what "vary" asks for. */
export function variationOf({ seed: _, ...settings }: Settings): Settings {
  return settings;
}

/** A seed typed by hand. @returns Undefined when it is none. */
export function parseSeed(text: string): number | undefined {
  const seed = /^\d{1,10}$/.test(text.trim()) ? Number(text.trim()) : undefined;
  return seed !== undefined && seed <= 0xffff_ffff ? seed : undefined;
}

/** The shape of a size: width over height, and whether it lies, stands or is square. */
export function shapeOf(size: string): { ratio: number; kind: "square" | "wide" | "tall" } {
  const [width = 1, height = 1] = size.split("x").map(Number);
  const ratio = width / height;
  return { ratio, kind: Math.abs(ratio - 1) < 0.02 ? "square" : ratio > 1 ? "wide" : "tall" };
}

/** Whether a prompt may be replaced by a preset's: it is empty, or is itself one of the presets' or examples'. */
export function mayReplace(prompt: string, known: readonly string[]): boolean {
  return prompt.trim() === "" || known.includes(prompt.trim());
}
