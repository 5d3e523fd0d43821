import { type Card, payeeOf, type Share, sortShares, type Terms, WHOLE_BPS } from "@stelai/sdk";
import type { Address } from "viem";
import { type Draft, listOf, type PriceField } from "./draft.ts";
import { parsePercent, parsePrice } from "./price.ts";
import { styleOf, toolCardOf } from "./tool/composeTool.ts";

/** A card as it is uploaded. */
export type NewCard = Partial<Card> & Pick<Card, "name">;

/** What is public of a draft. @param image `ipfs://…` of the picture, where there is one. */
export function cardOf(draft: Draft, image: string | undefined): NewCard {
  return {
    name: draft.name.trim(),
    tagline: draft.tagline.trim(),
    description: draft.description.trim(),
    tags: listOf(draft.tags),
    ...(image && { image }),
    ...(draft.modality === "Chat" ? talkOf(draft) : { openers: [], tool: toolCardOf(draft.modality, draft.offer) }),
  };
}

/** What only one that talks has on its card. */
function talkOf(draft: Draft): Partial<Card> {
  const greeting = draft.greeting.trim();
  const { voiceModel, voice } = draft;
  return {
    openers: openersOf(draft),
    ...(greeting && { greeting }),
    ...(voiceModel && { voice: { model: voiceModel, ...(voice && { voice }) } }),
  };
}

/** A persona, or of a tool its style: kept by the operator, tied to the character by its hash. */
export function personaOf(draft: Draft): Record<string, unknown> {
  if (draft.modality !== "Chat") return styleOf(draft.modality, draft.name, draft.style);
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
export function termsOf(draft: Pick<Draft, PriceField | "isFree">): Terms | undefined {
  const read = (text: string) => (draft.isFree ? 0n : parsePrice(text));
  const [lifetime, monthly, annual] = [read(draft.lifetime), read(draft.monthly), read(draft.annual)];
  const [perInference, perUnit] = [read(draft.perMessage), read(draft.perThousand)];
  if (typeof lifetime === "string" || typeof monthly === "string" || typeof annual === "string") return undefined;
  if (typeof perInference === "string" || typeof perUnit === "string") return undefined;
  return { lifetime, monthly, annual, perInference, perUnit };
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
