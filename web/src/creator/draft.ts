import { MODALITIES, type Modality, type VISIBILITIES } from "@stelai/sdk";
import { isAddress, isAddressEqual } from "viem";
import { generatePrivateKey } from "viem/accounts";
import type { Message } from "../i18n/index.ts";
import type { KeptFile } from "./knowledge/files.ts";
import { parsePercent, parsePrice } from "./price.ts";
import {
  type DraftOffer,
  type DraftPreset,
  type DraftStyle,
  emptyOffer,
  emptyPreset,
  emptyStyle,
  type ToolField,
  toolProblems,
} from "./tool/draftTool.ts";

/** Who finds a character, in the chain's words. */
export type Visibility = (typeof VISIBILITIES)[number];

/** The prices of a draft, each in credits as typed. */
export const PRICE_FIELDS = ["perMessage", "perThousand", "monthly", "annual", "lifetime"] as const;
export type PriceField = (typeof PRICE_FIELDS)[number];

/** Something that a character knows and brings up when one of its keywords falls. */
export interface DraftLore {
  readonly title: string;
  /** Separated by commas. */
  readonly keywords: string;
  readonly text: string;
}

/** A character before it is published, everything exactly as typed. */
export interface Draft {
  /** What it makes; decides which of what follows it has. */
  readonly modality: Modality;
  readonly name: string;
  readonly tagline: string;
  readonly description: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly greeting: string;
  readonly openers: readonly string[];
  readonly systemPrompt: string;
  readonly lore: readonly DraftLore[];
  /** Chat: the model id of the voice that reads its answers out, and which of its voices; empty for none, and for its first. */
  readonly voiceModel: string;
  readonly voice: string;
  /** Of a tool: how things are made, and what can be asked for. */
  readonly style: DraftStyle;
  readonly offer: DraftOffer;
  /** PNG, JPEG or WebP; a carved slab when absent. */
  readonly image?: Blob | undefined;
  /** What it is to know; the files themselves are kept apart, on this device. */
  readonly files: readonly KeptFile[];
  readonly isFree: boolean;
  /** Credits for a message, as typed; so are those below. */
  readonly perMessage: string;
  /** For 1,000 tokens. */
  readonly perThousand: string;
  /** For a pass of 30 days. */
  readonly monthly: string;
  /** For a pass of 365 days. */
  readonly annual: string;
  /** For a pass for good. */
  readonly lifetime: string;
  readonly visibility: Visibility;
  readonly isShared: boolean;
  readonly partner: string;
  readonly partnerPercent: string;
  /** 32 random bytes of the persona's hash: the same until published, so that the same persona keeps its hash. */
  readonly salt: `0x${string}`;
  /** The transaction that publishes it, once it is sent: whoever comes back before it is confirmed is told of it. */
  readonly sent?: `0x${string}` | undefined;
}

/** The longest that each text may be: what the card and the persona allow (docs/PROTOCOL.md). */
export const LONGEST = {
  name: 80,
  tagline: 160,
  description: 4_000,
  greeting: 1_000,
  opener: 160,
  systemPrompt: 16_000,
  loreTitle: 120,
  loreText: 4_000,
} as const;

export const MOST_TAGS = 12;
export const LONGEST_TAG = 32;
export const MOST_KEYWORDS = 32;
export const LONGEST_KEYWORD = 60;
export const OPENERS = 3;

/** A draft with nothing in it. */
export function emptyDraft(): Draft {
  return {
    modality: "Chat",
    name: "",
    tagline: "",
    description: "",
    tags: "",
    greeting: "",
    openers: Array.from({ length: OPENERS }, () => ""),
    systemPrompt: "",
    lore: [],
    voiceModel: "",
    voice: "",
    style: emptyStyle(),
    offer: emptyOffer(),
    files: [],
    isFree: false,
    perMessage: "0.3",
    perThousand: "",
    monthly: "",
    annual: "",
    lifetime: "",
    visibility: "Public",
    isShared: false,
    partner: "",
    partnerPercent: "50",
    salt: generatePrivateKey(),
  };
}

type Typed = Omit<Draft, "openers" | "lore" | "style" | "offer" | "files" | "salt">;

export type DraftChange =
  | { readonly kind: "set"; readonly values: Partial<Typed> }
  | { readonly kind: "opener"; readonly at: number; readonly text: string }
  | { readonly kind: "addLore" }
  | { readonly kind: "lore"; readonly at: number; readonly values: Partial<DraftLore> }
  | { readonly kind: "removeLore"; readonly at: number }
  | { readonly kind: "style"; readonly values: Partial<DraftStyle> }
  | { readonly kind: "offer"; readonly values: Partial<Omit<DraftOffer, "presets">> }
  | { readonly kind: "addPreset" }
  | { readonly kind: "preset"; readonly at: number; readonly values: Partial<DraftPreset> }
  | { readonly kind: "removePreset"; readonly at: number }
  | { readonly kind: "addFile"; readonly file: KeptFile }
  | { readonly kind: "removeFile"; readonly id: string }
  | { readonly kind: "replace"; readonly draft: Draft };

/** The draft after a change. */
export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.kind) {
    case "set":
      return withModality({ ...draft, ...change.values }, draft.modality);
    case "opener":
      return { ...draft, openers: draft.openers.map((text, at) => (at === change.at ? change.text : text)) };
    case "addLore":
      return { ...draft, lore: [...draft.lore, { title: "", keywords: "", text: "" }] };
    case "lore":
      return {
        ...draft,
        lore: draft.lore.map((entry, at) => (at === change.at ? { ...entry, ...change.values } : entry)),
      };
    case "removeLore":
      return { ...draft, lore: draft.lore.filter((_, at) => at !== change.at) };
    case "style":
      return { ...draft, style: { ...draft.style, ...change.values } };
    case "offer":
      return { ...draft, offer: { ...draft.offer, ...change.values } };
    case "addPreset":
      return withPresets(draft, [...draft.offer.presets, emptyPreset()]);
    case "preset":
      return withPresets(
        draft,
        draft.offer.presets.map((preset, at) => (at === change.at ? { ...preset, ...change.values } : preset)),
      );
    case "removePreset":
      return withPresets(
        draft,
        draft.offer.presets.filter((_, at) => at !== change.at),
      );
    case "addFile":
      return { ...draft, files: [...draft.files, change.file] };
    case "removeFile":
      return { ...draft, files: draft.files.filter(({ id }) => id !== change.id) };
    case "replace":
      return change.draft;
  }
}

/** What an address asks to be made; undefined for anything else. */
export function modalityFrom(text: string | null): Modality | undefined {
  return MODALITIES.find((one) => one === text);
}

const withPresets = (draft: Draft, presets: readonly DraftPreset[]): Draft => ({
  ...draft,
  offer: { ...draft.offer, presets },
});

/** Sizes are an engine's own: those of another kind of tool are no choice any more. What was typed stays. */
function withModality(draft: Draft, before: Modality): Draft {
  if (draft.modality === before) return draft;
  const presets = draft.offer.presets.map((preset) => ({ ...preset, size: "", format: "" }));
  return { ...draft, offer: { ...draft.offer, sizes: [], presets } };
}

/** Whether something was typed that would be a pity to lose. */
export function isTouched(draft: Draft): boolean {
  const { name, tagline, description, systemPrompt, greeting, style, offer, image, files } = draft;
  const texts = [name, tagline, description, systemPrompt, greeting, style.instructions];
  const isTyped = texts.some((text) => text.trim() !== "");
  return isTyped || offer.presets.length > 0 || image !== undefined || files.length > 0;
}

/** What is between the commas, without blanks and repeats. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(",").map((part) => part.trim()))].filter((part) => part !== "");
}

/** Where something is wrong; lore and presets by their place. */
export type DraftField =
  | ("name" | "tags" | "systemPrompt" | "partner" | "partnerPercent" | `lore${number}`)
  | PriceField
  | ToolField;

export type DraftProblems = Partial<Record<DraftField, Message>>;

const PRICE_PROBLEM: Record<"unreadable" | "tooHigh", Message> = {
  unreadable: { id: "publish.problem.price" },
  tooHigh: { id: "publish.problem.priceTooHigh" },
};

function priceProblems(draft: Draft): DraftProblems {
  if (draft.isFree) return {};
  const prices = PRICE_FIELDS.map((field) => [field, parsePrice(draft[field])] as const);
  const wrong = prices.flatMap(([field, price]) =>
    typeof price === "string" ? [[field, PRICE_PROBLEM[price]] as const] : [],
  );
  if (wrong.length > 0) return Object.fromEntries(wrong);
  return prices.some(([, price]) => price !== 0n) ? {} : { perMessage: { id: "publish.problem.noPrice" } };
}

function shareProblems({ isShared, partner, partnerPercent }: Draft, me: `0x${string}` | undefined): DraftProblems {
  if (!isShared) return {};
  const address = partner.trim();
  const isOther = isAddress(address) && BigInt(address) !== 0n;
  const isMe = isOther && me !== undefined && isAddressEqual(address, me);
  return {
    ...(!isOther && { partner: { id: "publish.problem.address" } as const }),
    ...(isMe && { partner: { id: "publish.problem.ownAddress" } as const }),
    ...(parsePercent(partnerPercent) === undefined && { partnerPercent: { id: "publish.problem.percent" } as const }),
  };
}

/**
 * What keeps a draft from being published, each in words that say how to mend it.
 * @param me The publisher's address, where it is known: a split with oneself is none.
 */
export function problemsOf(draft: Draft, me?: `0x${string}`): DraftProblems {
  const tags = listOf(draft.tags);
  const problems: DraftProblems = {};
  if (draft.name.trim() === "") problems.name = { id: "publish.problem.name" };
  if (tags.length > MOST_TAGS || tags.some((tag) => tag.length > LONGEST_TAG)) {
    problems.tags = { id: "publish.problem.tags", values: { most: MOST_TAGS, longest: LONGEST_TAG } };
  }
  const own = draft.modality === "Chat" ? mindProblems(draft) : toolProblems(draft.modality, draft);
  return { ...problems, ...own, ...priceProblems(draft), ...shareProblems(draft, me) };
}

/** What is wrong with who a character is that one talks to. */
function mindProblems({ systemPrompt, lore }: Draft): DraftProblems {
  const problems: DraftProblems = {};
  if (systemPrompt.trim() === "") problems.systemPrompt = { id: "publish.problem.prompt" };
  lore.forEach(({ title, text, keywords }, at) => {
    const words = listOf(keywords);
    if (title.trim() === "" || text.trim() === "") problems[`lore${at}`] = { id: "publish.problem.lore" };
    else if (words.length > MOST_KEYWORDS || words.some((word) => word.length > LONGEST_KEYWORD)) {
      problems[`lore${at}`] = {
        id: "publish.problem.keywords",
        values: { most: MOST_KEYWORDS, longest: LONGEST_KEYWORD },
      };
    }
  });
  return problems;
}
