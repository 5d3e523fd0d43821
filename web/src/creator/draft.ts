import { isAddress, isAddressEqual } from "viem";
import { generatePrivateKey } from "viem/accounts";
import type { Message } from "../i18n/index.ts";
import { parsePercent, parsePrice } from "./price.ts";

/** Something that a character knows and brings up when one of its keywords falls. */
export interface DraftLore {
  readonly title: string;
  /** Separated by commas. */
  readonly keywords: string;
  readonly text: string;
}

/** A character before it is published, everything exactly as typed. */
export interface Draft {
  readonly name: string;
  readonly tagline: string;
  readonly description: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly greeting: string;
  readonly openers: readonly string[];
  readonly systemPrompt: string;
  readonly lore: readonly DraftLore[];
  /** PNG, JPEG or WebP; a carved slab when absent. */
  readonly image?: Blob | undefined;
  readonly isFree: boolean;
  /** Credits, as typed. */
  readonly perMessage: string;
  /** Credits for 1,000 tokens, as typed. */
  readonly perThousand: string;
  readonly isUnlisted: boolean;
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
    name: "",
    tagline: "",
    description: "",
    tags: "",
    greeting: "",
    openers: Array.from({ length: OPENERS }, () => ""),
    systemPrompt: "",
    lore: [],
    isFree: false,
    perMessage: "0.3",
    perThousand: "",
    isUnlisted: false,
    isShared: false,
    partner: "",
    partnerPercent: "50",
    salt: generatePrivateKey(),
  };
}

type Typed = Omit<Draft, "openers" | "lore" | "salt">;

export type DraftChange =
  | { readonly kind: "set"; readonly values: Partial<Typed> }
  | { readonly kind: "opener"; readonly at: number; readonly text: string }
  | { readonly kind: "addLore" }
  | { readonly kind: "lore"; readonly at: number; readonly values: Partial<DraftLore> }
  | { readonly kind: "removeLore"; readonly at: number }
  | { readonly kind: "replace"; readonly draft: Draft };

/** The draft after a change. */
export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.kind) {
    case "set":
      return { ...draft, ...change.values };
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
    case "replace":
      return change.draft;
  }
}

/** Whether something was typed that would be a pity to lose. */
export function isTouched({ name, tagline, description, systemPrompt, greeting, image }: Draft): boolean {
  return [name, tagline, description, systemPrompt, greeting].some((text) => text.trim() !== "") || image !== undefined;
}

/** What is between the commas, without blanks and repeats. */
export function listOf(text: string): string[] {
  return [...new Set(text.split(",").map((part) => part.trim()))].filter((part) => part !== "");
}

/** Where something is wrong; lore by its place. */
export type DraftField =
  | "name"
  | "tags"
  | "systemPrompt"
  | "perMessage"
  | "perThousand"
  | "partner"
  | "partnerPercent"
  | `lore${number}`;

export type DraftProblems = Partial<Record<DraftField, Message>>;

const PRICE_PROBLEM: Record<"unreadable" | "tooHigh", Message> = {
  unreadable: { id: "publish.problem.price" },
  tooHigh: { id: "publish.problem.priceTooHigh" },
};

function priceProblems({ isFree, perMessage, perThousand }: Draft): DraftProblems {
  if (isFree) return {};
  const [message, thousand] = [parsePrice(perMessage), parsePrice(perThousand)];
  if (typeof message === "bigint" && typeof thousand === "bigint") {
    return message + thousand === 0n ? { perMessage: { id: "publish.problem.noPrice" } } : {};
  }
  return {
    ...(typeof message === "string" && { perMessage: PRICE_PROBLEM[message] }),
    ...(typeof thousand === "string" && { perThousand: PRICE_PROBLEM[thousand] }),
  };
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
  const problems: Record<string, Message> = {};
  if (draft.name.trim() === "") problems.name = { id: "publish.problem.name" };
  if (draft.systemPrompt.trim() === "") problems.systemPrompt = { id: "publish.problem.prompt" };
  if (tags.length > MOST_TAGS || tags.some((tag) => tag.length > LONGEST_TAG)) {
    problems.tags = { id: "publish.problem.tags", values: { most: MOST_TAGS, longest: LONGEST_TAG } };
  }
  draft.lore.forEach(({ title, text, keywords }, at) => {
    const words = listOf(keywords);
    if (title.trim() === "" || text.trim() === "") problems[`lore${at}`] = { id: "publish.problem.lore" };
    else if (words.length > MOST_KEYWORDS || words.some((word) => word.length > LONGEST_KEYWORD)) {
      problems[`lore${at}`] = {
        id: "publish.problem.keywords",
        values: { most: MOST_KEYWORDS, longest: LONGEST_KEYWORD },
      };
    }
  });
  return { ...problems, ...priceProblems(draft), ...shareProblems(draft, me) };
}
