import { WHOLE_BPS } from "@stelai/sdk";
import type { Tier } from "@stelai/sdk/wire";
import { type Address, isAddressEqual } from "viem";
import { listOf } from "../creator/draft.ts";
import { priceText } from "../creator/price.ts";
import { parseDecimal } from "../format/decimal.ts";
import type { Message } from "../i18n/index.ts";
import {
  type DraftTier,
  LONGEST,
  MOST_DERIVATIVE_BPS,
  MOST_PARENTS,
  MOST_PARENTS_BPS,
  MOST_ROYALTY_BPS,
  MOST_TAGS,
  type SellDraft,
  TIERS,
} from "./draft.ts";
import { bpsOf, findPerson, type KnownPerson, MOST_EARNERS, sumOfShares } from "./shares.ts";

/** Where something is wrong. */
export type SellField =
  | "title"
  | "tags"
  | "deposit"
  | "tiers"
  | `price${Tier}`
  | `supply${Tier}`
  | "royalty"
  | "mine"
  | "shares"
  | `earner${number}`
  | `percent${number}`
  | "derivativePercent"
  | "parents";

export type SellProblems = Partial<Record<SellField, Message>>;

/** Prices of offers have 64 bits on the chain; what is above a billion credits is a slip of the keys. */
const HIGHEST = 1_000_000_000_000_000n;
/** As `workMetadataSchema` has it. */
const TAG = /^[\p{L}\p{N}][\p{L}\p{N} '&-]*$/u;
const MOST_SUPPLY = 4_294_967_295n;

/**
 * Reads a price in credits.
 * @param lowest What the operator delivers from on, in microcredits; nothing while that is not known.
 * @returns Microcredits, or why not.
 */
export function offerPrice(text: string, lowest = 0n): bigint | "missing" | "unreadable" | "tooLow" | "tooHigh" {
  if (text.trim() === "") return "missing";
  const price = parseDecimal(text, 6);
  if (price === undefined) return "unreadable";
  if (price === 0n) return "missing";
  if (price < lowest) return "tooLow";
  return price > HIGHEST ? "tooHigh" : price;
}

/** Reads how many are sold at most; nothing typed is any number. */
export function supplyOf(text: string): number | undefined {
  if (text.trim() === "") return 0;
  const count = parseDecimal(text, 0);
  return count !== undefined && count > 0n && count <= MOST_SUPPLY ? Number(count) : undefined;
}

const PRICE = {
  missing: { id: "sell.problem.noPrice" },
  unreadable: { id: "sell.problem.price" },
  tooHigh: { id: "sell.problem.priceTooHigh" },
} as const;

/** What is wrong with one tier that is on. @param lowest As of {@link offerPrice}. */
export function tierProblems(tier: Tier, { price, supply }: DraftTier, lowest = 0n): SellProblems {
  const found = offerPrice(price, lowest);
  const problems: SellProblems = {};
  if (found === "tooLow") {
    problems[`price${tier}`] = { id: "sell.problem.priceTooLow", values: { lowest: priceText(lowest) } };
  } else if (typeof found === "string") problems[`price${tier}`] = PRICE[found];
  if (tier !== "Exclusive" && supplyOf(supply) === undefined) problems[`supply${tier}`] = { id: "sell.problem.supply" };
  return problems;
}

function tiersProblems({ tiers }: SellDraft, lowest: bigint | undefined): SellProblems {
  const on = TIERS.filter((tier) => tiers[tier].isOn);
  if (on.length === 0) return { tiers: { id: "sell.problem.tiers" } };
  return Object.assign({}, ...on.map((tier) => tierProblems(tier, tiers[tier], lowest)));
}

/** What is wrong with title and tags. */
export function wordProblems({ title, tags: typed }: Pick<SellDraft, "title" | "tags">): SellProblems {
  const tags = listOf(typed);
  const most = { most: MOST_TAGS, longest: LONGEST.tag };
  return {
    ...(title.trim() === "" && { title: { id: "sell.problem.title" } as const }),
    ...(tags.some((tag) => !TAG.test(tag)) && { tags: { id: "sell.problem.tagLetters" } as const }),
    ...((tags.length > MOST_TAGS || tags.some((tag) => tag.length > LONGEST.tag)) && {
      tags: { id: "publish.problem.tags", values: most } as const,
    }),
  };
}

/** What is wrong with what derivatives owe. */
export function derivativeProblems(
  draft: Pick<SellDraft, "allowsDerivatives" | "derivativePercent">,
): Pick<SellProblems, "derivativePercent"> {
  if (!draft.allowsDerivatives) return {};
  const bps = bpsOf(draft.derivativePercent || "0");
  const isRight = bps !== undefined && bps <= MOST_DERIVATIVE_BPS;
  return isRight ? {} : { derivativePercent: { id: "sell.problem.derivative" } };
}

/** What is wrong with who earns. @param me Whoever sells, where known: a share for oneself stands apart. */
export function shareProblems(
  draft: Pick<SellDraft, "isShared" | "mine" | "earners">,
  known: readonly KnownPerson[],
  me?: Address,
): SellProblems {
  if (!draft.isShared) return {};
  const problems: SellProblems = {};
  if (bpsOf(draft.mine) === undefined) problems.mine = { id: "sell.problem.percent" };
  if (draft.earners.length > MOST_EARNERS) {
    problems.shares = { id: "sell.problem.earners", values: { most: MOST_EARNERS } };
  }
  const before: Address[] = [];
  draft.earners.forEach(({ who, percent }, at) => {
    const found = findPerson(who, known);
    if (typeof found === "string") {
      problems[`earner${at}`] = { id: found === "ambiguous" ? "sell.problem.ambiguous" : "sell.problem.who" };
    } else if (me !== undefined && isAddressEqual(found.address, me)) {
      problems[`earner${at}`] = { id: "sell.problem.self" };
    } else if (before.some((other) => isAddressEqual(other, found.address))) {
      problems[`earner${at}`] = { id: "sell.problem.twice" };
    } else before.push(found.address);
    if (!bpsOf(percent)) problems[`percent${at}`] = { id: "sell.problem.percentAbove" };
  });
  const sum = sumOfShares(draft);
  if (draft.earners.length === 0) problems.shares = { id: "sell.problem.nobody" };
  else if (sum !== undefined && sum !== WHOLE_BPS) {
    problems.shares = { id: "sell.problem.sum", values: { sum: String(sum / 100) } };
  }
  return problems;
}

/**
 * What keeps a draft from being listed, each in words that say how to mend it.
 * @param me Whoever sells, where known.
 * @param lowest As of {@link offerPrice}.
 */
export function sellProblems(
  draft: SellDraft,
  known: readonly KnownPerson[],
  me?: Address,
  lowest?: bigint,
): SellProblems {
  const problems: SellProblems = {
    ...wordProblems(draft),
    ...tiersProblems(draft, lowest),
    ...shareProblems(draft, known, me),
    ...derivativeProblems(draft),
  };
  if (!draft.deposit) problems.deposit = { id: "sell.problem.deposit" };
  const royalty = bpsOf(draft.royalty || "0");
  if (royalty === undefined || royalty > MOST_ROYALTY_BPS) problems.royalty = { id: "sell.problem.royalty" };
  if (draft.parents.length > MOST_PARENTS) {
    problems.parents = { id: "sell.problem.parents", values: { most: MOST_PARENTS } };
  } else if (parentsBps(draft) > MOST_PARENTS_BPS) problems.parents = { id: "sell.problem.owedTooMuch" };
  return problems;
}

/** What the parents are owed together, in ten-thousandths. */
export function parentsBps({ parents }: Pick<SellDraft, "parents">): number {
  return parents.reduce((sum, { bps }) => sum + bps, 0);
}

export const SELL_STEPS = ["about", "tiers", "review"] as const;
export type SellStep = (typeof SELL_STEPS)[number];

/** The step on which a field is. */
export function stepOf(field: SellField): SellStep {
  return field === "title" || field === "tags" || field === "deposit" ? "about" : "tiers";
}

/** What is wrong, by step. */
export function problemsByStep(problems: SellProblems): ReadonlyMap<SellStep, readonly Message[]> {
  const found = new Map<SellStep, Message[]>();
  for (const [field, problem] of Object.entries(problems) as [SellField, Message][]) {
    const step = stepOf(field);
    found.set(step, [...(found.get(step) ?? []), problem]);
  }
  return found;
}

/** The step an address names; the first for anything else. */
export function stepFrom(text: string | null): SellStep {
  return SELL_STEPS.find((step) => step === text) ?? "about";
}
