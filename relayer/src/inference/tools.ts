import { charactersIn, type Modality, sizeOf } from "@stelai/sdk";
import type { Card, Preset, Tool, ToolCard } from "@stelai/sdk/wire";
import type { Character } from "../chain/characters.ts";
import type { Config } from "../config.ts";
import type { MadeModality, MediaAbilities, MediaProvider } from "../providers/media.ts";
import { badCharacter, isOnStep } from "./asked.ts";

/** The most that this operator lets anyone ask for. */
export type ToolLimits = Pick<
  Config,
  "PROMPT_LIMIT" | "IMAGE_PIXELS_LIMIT" | "VIDEO_PIXELS_LIMIT" | "VIDEO_SECONDS_LIMIT" | "MUSIC_SECONDS_LIMIT"
>;

/** A character that makes something. */
export type ToolCharacter = Character & { modality: MadeModality };

/** Whether a character is a tool. */
export function isTool<T extends { modality: Modality }>(character: T): character is T & { modality: MadeModality } {
  return character.modality !== "Chat";
}

/**
 * What can be asked of a tool here: what its engine can do, within the operator's limits, of that what its card leaves.
 * A card only narrows and orders. What of it leaves nothing is left out of account, so that a wrong card never breaks a
 * tool; its presets that do not fit are dropped. The operator's limits are never exceeded: where they leave nothing,
 * the list is empty, and so is what can be asked.
 */
export function toolOf(
  modality: MadeModality,
  abilities: MediaAbilities,
  limits: ToolLimits,
  card: ToolCard | undefined,
): Tool {
  const tool: Tool = {
    sizes: chosen(sizesWithin(modality, abilities.sizes, limits), card?.sizes),
    seconds: secondsWithin(modality, abilities.seconds, limits, card?.maxSeconds),
    qualities: chosen(abilities.qualities, card?.qualities),
    voices: chosenVoices(abilities.voices, card?.voices),
    formats: [...abilities.formats],
    maxPrompt: Math.min(limits.PROMPT_LIMIT, abilities.maxPrompt ?? limits.PROMPT_LIMIT),
    presets: [],
  };
  return { ...tool, presets: (card?.presets ?? []).filter((preset) => fits(tool, modality, preset)) };
}

/** What each tool can be asked for by this operator's engines. */
export class Tools {
  readonly #limits: ToolLimits;
  readonly #media: Readonly<Record<MadeModality, Pick<MediaProvider, "abilities">>>;
  readonly #cards: { of(character: Character): Promise<Card | null> };

  constructor(
    limits: ToolLimits,
    media: Readonly<Record<MadeModality, Pick<MediaProvider, "abilities">>>,
    cards: { of(character: Character): Promise<Card | null> },
  ) {
    this.#limits = limits;
    this.#media = media;
    this.#cards = cards;
  }

  /** A card that cannot be read narrows nothing. */
  async of(character: ToolCharacter): Promise<Tool> {
    return this.with(character.modality, await this.#cards.of(character));
  }

  with(modality: MadeModality, card: Card | null): Tool {
    return toolOf(modality, this.#media[modality].abilities, this.#limits, card?.tool);
  }
}

/** Of `able` what a card names, in the card's order: its first is what is meant when nothing is said. */
function chosen<T>(able: readonly T[], named: readonly T[] | undefined): T[] {
  const left = [...new Set(named ?? [])].filter((item) => able.includes(item));
  return left.length === 0 ? [...able] : left;
}

function chosenVoices(able: Tool["voices"], named: readonly string[] | undefined): Tool["voices"] {
  const ids = chosen(
    able.map(({ id }) => id),
    named,
  );
  return ids.flatMap((id) => able.filter((voice) => voice.id === id));
}

function sizesWithin(modality: MadeModality, sizes: readonly string[], limits: ToolLimits): string[] {
  const pixels = modality === "Video" ? limits.VIDEO_PIXELS_LIMIT : limits.IMAGE_PIXELS_LIMIT;
  return sizes.filter((size) => {
    const { width, height } = sizeOf(size);
    return width * height <= pixels;
  });
}

function secondsWithin(
  modality: MadeModality,
  able: Tool["seconds"],
  limits: ToolLimits,
  named: number | undefined,
): Tool["seconds"] {
  if (able === null) return null;
  const { min, step } = able;
  const most = Math.min(able.max, modality === "Video" ? limits.VIDEO_SECONDS_LIMIT : limits.MUSIC_SECONDS_LIMIT);
  if (most < min) return null;
  const wanted = named === undefined || named < min ? most : Math.min(most, named);
  const max = min + Math.floor((wanted - min) / step + 1e-9) * step;
  return { min, max, step, default: Math.min(able.default, max) };
}

/** Whether everything a preset says can be asked of the tool, so that pressing it never ends in a refusal. */
function fits(tool: Tool, modality: MadeModality, { prompt, settings }: Preset): boolean {
  const { quality, size, seconds, voice, speed, format } = settings;
  const among = <T>(list: readonly T[], item: T | undefined) => item === undefined || list.includes(item);
  return (
    charactersIn(prompt) <= tool.maxPrompt &&
    badCharacter(prompt) === undefined &&
    among(tool.qualities, quality) &&
    among(tool.sizes, size) &&
    (seconds === undefined || isOnStep(tool.seconds, seconds)) &&
    among(
      tool.voices.map(({ id }) => id),
      voice,
    ) &&
    (speed === undefined || modality === "Voice") &&
    among(tool.formats, format)
  );
}
