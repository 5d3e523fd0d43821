import { randomInt } from "node:crypto";
import { charactersIn, type Quality } from "@stelai/sdk";
import type { Settings, Tool } from "@stelai/sdk/wire";
import { InvalidRequestError } from "../errors.ts";
import type { MadeModality } from "../providers/media.ts";

/** What a body asks of a tool, before it is held against what the tool can do. */
export type Asked = {
  prompt: string;
  quality?: string | null | undefined;
  size?: string | null | undefined;
  seconds?: number | null | undefined;
  voice?: string | null | undefined;
  speed?: number | null | undefined;
  format?: string | null | undefined;
  seed?: number | null | undefined;
};

/** What the fields are called in the body that is checked, where that is not their name here. */
export type FieldNames = { prompt?: string; format?: string };

/** Everything is said: nothing is left to guess. */
export type ResolvedSettings = Settings & { seed: number; format: string };

/** OpenAI's words for a quality, and ours. */
const QUALITY_WORDS: Readonly<Record<string, Quality>> = {
  ...{ draft: "Draft", low: "Draft" },
  ...{ standard: "Standard", medium: "Standard", auto: "Standard" },
  ...{ high: "High", hd: "High" },
  ultra: "Ultra",
};

/**
 * Holds what was asked against what a tool can do; what was not said is the tool's first.
 * @param meansVoice What an engine takes another provider's name of a voice for.
 * @throws InvalidRequestError naming the field and what it may be.
 */
export function resolveSettings(
  modality: MadeModality,
  tool: Tool,
  asked: Asked,
  { names = {}, meansVoice }: { names?: FieldNames; meansVoice?: (name: string) => string | undefined } = {},
): ResolvedSettings {
  checkPrompt(asked.prompt, tool.maxPrompt, names.prompt ?? "prompt");
  const isSeen = modality === "Image" || modality === "Video";
  const isTimed = modality === "Video" || modality === "Music";
  const isVoice = modality === "Voice";
  return {
    quality: qualityIn(tool, asked.quality),
    ...(isSeen ? { size: oneOf("size", tool.sizes, asked.size === "auto" ? undefined : asked.size) } : {}),
    ...(isTimed ? { seconds: secondsIn(tool, asked.seconds) } : {}),
    ...(isVoice ? { voice: voiceIn(tool, asked.voice, meansVoice), speed: speedIn(asked.speed) } : {}),
    format: oneOf(names.format ?? "format", tool.formats, asked.format?.toLowerCase()),
    seed: asked.seed ?? randomInt(2 ** 32),
  };
}

/** The first character that no prompt may hold, as `U+0007`; newline and tab may be there. */
export function badCharacter(text: string): string | undefined {
  const found = /(?![\n\t])\p{Cc}/u.exec(text)?.[0]?.codePointAt(0);
  if (found !== undefined) return `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
  return text.isWellFormed() ? undefined : "half of a surrogate pair";
}

/** Whether so many seconds can be asked for: from the least in whole steps. */
export function isOnStep(able: Tool["seconds"], seconds: number): boolean {
  if (able === null || seconds < able.min || seconds > able.max) return false;
  const steps = (seconds - able.min) / able.step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function checkPrompt(text: string, longest: number, param: string): void {
  if (text.trim() === "") throw new InvalidRequestError(`${param} is empty. Say what is to be made.`, param);
  const bad = badCharacter(text);
  if (bad !== undefined) {
    throw new InvalidRequestError(
      `${param} holds ${bad}, which is no text. Of control characters only newline and tab are taken.`,
      param,
    );
  }
  const length = charactersIn(text);
  if (length > longest) {
    throw new InvalidRequestError(`${param} has ${length} characters; at most ${longest} are taken here.`, param);
  }
}

function qualityIn({ qualities }: Tool, asked: string | null | undefined): Quality {
  if (asked == null) return oneOf("quality", qualities, undefined);
  const word = asked.toLowerCase();
  const meant = QUALITY_WORDS[word];
  // "auto" leaves it to the tool, also where that has no Standard.
  if (word === "auto" && meant !== undefined && !qualities.includes(meant)) return oneOf("quality", qualities, null);
  return oneOf("quality", qualities, meant ?? asked);
}

function secondsIn({ seconds: able }: Tool, asked: number | null | undefined): number {
  if (able === null) throw new InvalidRequestError("seconds: this operator allows none of its engine's.", "seconds");
  if (asked == null) return able.default;
  if (isOnStep(able, asked)) return asked;
  const { min, max, step } = able;
  const choice = min === max ? `${min}` : `from ${min} to ${max} in steps of ${step}`;
  throw new InvalidRequestError(`seconds is ${asked}; this tool makes ${choice}.`, "seconds");
}

/** A voice's own name, or what another provider's stands for: stock clients have to name one, and mean any. */
function voiceIn(
  { voices }: Tool,
  asked: string | null | undefined,
  meansVoice: ((name: string) => string | undefined) | undefined,
): string {
  const ids = voices.map(({ id }) => id);
  if (asked == null || ids.includes(asked)) return oneOf("voice", ids, asked);
  const meant = meansVoice?.(asked.toLowerCase());
  if (meant === undefined) return oneOf("voice", ids, asked);
  return oneOf("voice", ids, ids.includes(meant) ? meant : undefined);
}

function speedIn(asked: number | null | undefined): number {
  const speed = asked ?? 1;
  if (speed >= 0.25 && speed <= 4) return speed;
  throw new InvalidRequestError(`speed is ${speed}; it must be from 0.25 to 4.`, "speed");
}

function oneOf<T extends string>(param: string, list: readonly T[], asked: string | null | undefined): T {
  const found = asked == null ? list[0] : list.find((item) => item === asked);
  if (found !== undefined) return found;
  if (list.length === 0) {
    throw new InvalidRequestError(`${param}: this operator allows none of its engine's.`, param);
  }
  throw new InvalidRequestError(`${param} is ${JSON.stringify(asked)}; this tool takes ${list.join(", ")}.`, param);
}
