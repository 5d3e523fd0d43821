import { type Card, type MeteredPrices, payeeOf, type Share, sortShares, WHOLE_BPS } from "@stelai/sdk";
import type { Address } from "viem";
import { type Draft, listOf } from "./draft.ts";
import { parsePercent, parsePrice } from "./price.ts";

/** What is public of a draft. @param image `ipfs://…` of the picture, where there is one. */
export function cardOf(draft: Draft, image: string | undefined): Partial<Card> & Pick<Card, "name"> {
  const greeting = draft.greeting.trim();
  return {
    name: draft.name.trim(),
    tagline: draft.tagline.trim(),
    description: draft.description.trim(),
    tags: listOf(draft.tags),
    openers: openersOf(draft),
    ...(greeting && { greeting }),
    ...(image && { image }),
  };
}

/** What answers for it: kept by the operator, tied to the character by its hash. */
export function personaOf(draft: Draft): Record<string, unknown> {
  const greeting = draft.greeting.trim();
  const lore = draft.lore.map(({ title, keywords, text }) => ({
    title: title.trim(),
    keywords: listOf(keywords),
    text: text.trim(),
  }));
  return {
    name: draft.name.trim(),
    systemPrompt: draft.systemPrompt.trim(),
    openers: openersOf(draft),
    ...(greeting && { greeting }),
    ...(lore.length > 0 && { lore }),
  };
}

function openersOf({ openers }: Draft): string[] {
  return openers.map((text) => text.trim()).filter((text) => text !== "");
}

/** The draft's prices in microcredits; undefined while one cannot be read. */
export function pricesOf({ isFree, perMessage, perThousand }: Draft): MeteredPrices | undefined {
  if (isFree) return { perInference: 0n, perUnit: 0n };
  const [perInference, perUnit] = [parsePrice(perMessage), parsePrice(perThousand)];
  return typeof perInference === "bigint" && typeof perUnit === "bigint" ? { perInference, perUnit } : undefined;
}

/** The other person's part in ten-thousandths: 0 without one, undefined while it cannot be read. */
export function partnerBpsOf({ isShared, partnerPercent }: Draft): number | undefined {
  return isShared ? parsePercent(partnerPercent) : 0;
}

/** The split to register with the character; undefined when the publisher earns alone. */
export function sharesOf(draft: Draft, me: Address): Share[] | undefined {
  const bps = partnerBpsOf(draft);
  if (!draft.isShared || !bps) return undefined;
  return sortShares([
    { recipient: payeeOf(me), bps: WHOLE_BPS - bps },
    { recipient: payeeOf(draft.partner.trim() as Address), bps },
  ]);
}
