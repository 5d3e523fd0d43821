import type { Quality } from "@stelai/sdk";
import type { Message } from "../../i18n/index.ts";
import type { MadeModality } from "../../studio/modalities.ts";

/** Something to begin with, as typed; empty means what the tool does by itself. */
export interface DraftPreset {
  readonly name: string;
  readonly prompt: string;
  readonly quality: string;
  readonly size: string;
  readonly seconds: string;
  readonly voice: string;
  readonly speed: string;
  readonly seed: string;
  readonly format: string;
}

/** What a tool offers of what its operator can do. An empty list, or text, leaves nothing out. */
export interface DraftOffer {
  /** In the order chosen: the first is meant when nothing is said; so are the lists below. */
  readonly sizes: readonly string[];
  readonly qualities: readonly Quality[];
  readonly voices: readonly string[];
  readonly maxSeconds: string;
  readonly presets: readonly DraftPreset[];
}

/** How things are to be made, as typed; what is empty is left to the engine. */
export interface DraftStyle {
  readonly instructions: string;
  readonly scene: string;
  readonly line: string;
  /** Each `#rrggbb`. */
  readonly palette: readonly string[];
  readonly grain: string;
  readonly camera: string;
  readonly pace: string;
  readonly pitch: string;
  readonly speechPace: string;
  readonly genre: string;
  readonly tempo: string;
  readonly mode: string;
}

/** What can be said of a style in words, as `styleSchema` names it; the first is meant when nothing is chosen. */
export const STYLE_CHOICES = {
  scene: ["auto", "landscape", "seascape", "city", "botanical", "cosmos", "abstract"],
  line: ["painted", "ink", "paper", "print"],
  camera: ["drift", "still", "pan", "push"],
  genre: ["ambient", "piano", "folk", "jazz", "lofi", "cinematic", "baroque"],
  mode: ["", "major", "minor", "dorian", "lydian", "mixolydian"],
} as const;

/** What of settings and style a modality has. */
export const KNOWS = {
  Image: { size: true, seconds: false, voice: false, look: true, motion: false, speech: false, score: false },
  Video: { size: true, seconds: true, voice: false, look: true, motion: true, speech: false, score: false },
  Voice: { size: false, seconds: false, voice: true, look: false, motion: false, speech: true, score: false },
  Music: { size: false, seconds: true, voice: false, look: false, motion: false, speech: false, score: true },
} as const satisfies Record<MadeModality, Record<string, boolean>>;

/** What card and style allow (docs/PROTOCOL.md). */
export const MOST_PRESETS = 12;
export const RECOMMENDED_PRESETS = 6;
export const MOST_COLOURS = 8;
export const LEAST_COLOURS = 2;
export const LONGEST_TOOL = { presetName: 60, prompt: 1_000, instructions: 4_000 } as const;

const RANGES = {
  grain: [0, 1],
  pace: [0.25, 3],
  pitch: [0.5, 2],
  speechPace: [0.5, 2],
  tempo: [40, 200],
} as const;
export type StyleNumber = keyof typeof RANGES;

const LONGEST_SECONDS = 3_600;
const SPEEDS = [0.25, 4] as const;
const LARGEST_SEED = 0xffff_ffff;

export function emptyPreset(): DraftPreset {
  return { name: "", prompt: "", quality: "", size: "", seconds: "", voice: "", speed: "", seed: "", format: "" };
}

export function emptyOffer(): DraftOffer {
  return { sizes: [], qualities: [], voices: [], maxSeconds: "", presets: [] };
}

export function emptyStyle(): DraftStyle {
  return {
    ...{ instructions: "", scene: "auto", line: "painted", palette: [], grain: "" },
    ...{ camera: "drift", pace: "", pitch: "", speechPace: "" },
    ...{ genre: "ambient", tempo: "", mode: "" },
  };
}

/** A number as typed. @returns Undefined when it is none, or is not between the two. */
export function numberIn(text: string, least: number, most: number): number | undefined {
  const number = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text.trim()) : undefined;
  return number !== undefined && number >= least && number <= most ? number : undefined;
}

/** Seconds as typed, more than none. */
export function secondsIn(text: string): number | undefined {
  const seconds = numberIn(text, 0, LONGEST_SECONDS);
  return seconds === 0 ? undefined : seconds;
}

/** A seed as typed. */
export function seedIn(text: string): number | undefined {
  const seed = numberIn(text, 0, LARGEST_SEED);
  return Number.isInteger(seed) ? seed : undefined;
}

/** How fast a voice speaks, as typed. */
export function speedIn(text: string): number | undefined {
  return numberIn(text, ...SPEEDS);
}

/** Where something of a tool is wrong; a preset by its place. */
export type ToolField = StyleNumber | "palette" | "maxSeconds" | `preset${number}`;

const isBlank = (text: string) => text.trim() === "";

/** What keeps a style and an offer from being published. */
export function toolProblems(
  modality: MadeModality,
  { style, offer }: { style: DraftStyle; offer: DraftOffer },
): Partial<Record<ToolField, Message>> {
  const knows = KNOWS[modality];
  const numbers: readonly StyleNumber[] = [
    ...(knows.look ? (["grain"] as const) : []),
    ...(knows.motion ? (["pace"] as const) : []),
    ...(knows.speech ? (["pitch", "speechPace"] as const) : []),
    ...(knows.score ? (["tempo"] as const) : []),
  ];
  const problems: Partial<Record<ToolField, Message>> = {};
  for (const field of numbers) {
    const [least, most] = RANGES[field];
    const number = numberIn(style[field], least, most);
    if (!isBlank(style[field]) && (number === undefined || (field === "tempo" && !Number.isInteger(number)))) {
      problems[field] = {
        id: field === "tempo" ? "tools.problem.whole" : "tools.problem.number",
        values: { least, most },
      };
    }
  }
  if (knows.look && style.palette.length > 0 && style.palette.length < LEAST_COLOURS) {
    problems.palette = { id: "tools.problem.palette", values: { least: LEAST_COLOURS } };
  }
  if (knows.seconds && !isBlank(offer.maxSeconds) && secondsIn(offer.maxSeconds) === undefined) {
    problems.maxSeconds = { id: "tools.problem.seconds" };
  }
  offer.presets.forEach((preset, at) => {
    const problem = presetProblem(modality, offer, preset);
    if (problem) problems[`preset${at}`] = problem;
  });
  return problems;
}

function presetProblem(modality: MadeModality, offer: DraftOffer, preset: DraftPreset): Message | undefined {
  const knows = KNOWS[modality];
  const { quality, size, seconds, voice, speed, seed } = preset;
  if (isBlank(preset.name) || isBlank(preset.prompt)) return { id: "tools.problem.preset" };
  const isLeftOut = (chosen: string, offered: readonly string[]) =>
    chosen !== "" && offered.length > 0 && !offered.includes(chosen);
  if (
    isLeftOut(quality, offer.qualities) ||
    (knows.size && isLeftOut(size, offer.sizes)) ||
    (knows.voice && isLeftOut(voice, offer.voices))
  ) {
    return { id: "tools.problem.leftOut" };
  }
  if (knows.seconds && !isBlank(seconds)) {
    const wanted = secondsIn(seconds);
    if (wanted === undefined) return { id: "tools.problem.seconds" };
    const most = secondsIn(offer.maxSeconds);
    if (most !== undefined && wanted > most) return { id: "tools.problem.tooLong", values: { most } };
  }
  if (knows.voice && !isBlank(speed) && speedIn(speed) === undefined) {
    const [least, most] = SPEEDS;
    return { id: "tools.problem.speed", values: { least, most } };
  }
  return !isBlank(seed) && seedIn(seed) === undefined ? { id: "tools.problem.seed" } : undefined;
}
