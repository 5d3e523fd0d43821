import { type Card, canonicalJson, type Modality } from "@stelai/sdk";
import { cardOf, type NewCard, personaOf } from "./compose.ts";
import { type Draft, emptyDraft, OPENERS } from "./draft.ts";
import { offerFrom, styleFrom } from "./tool/composeTool.ts";

type Persona = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A published character as a draft again, to be changed with the same fields. @param persona Its style, of a tool. */
export function draftFrom(card: Card, persona: Persona, modality: Modality = "Chat"): Draft {
  const openers = card.openers.length > 0 ? card.openers : Array.isArray(persona.openers) ? persona.openers : [];
  const lore = Array.isArray(persona.lore) ? (persona.lore as Persona[]) : [];
  const draft = emptyDraft();
  return {
    ...draft,
    modality,
    name: card.name,
    tagline: card.tagline,
    description: card.description,
    tags: card.tags.join(", "),
    greeting: card.greeting ?? textOf(persona.greeting),
    openers: Array.from({ length: Math.max(OPENERS, openers.length) }, (_, at) => textOf(openers[at])),
    systemPrompt: textOf(persona.systemPrompt),
    voiceModel: card.voice?.model ?? "",
    voice: card.voice?.voice ?? "",
    style: styleFrom(persona),
    offer: offerFrom(card.tool),
    lore: lore.map(({ title, keywords, text }) => ({
      title: textOf(title),
      keywords: Array.isArray(keywords) ? keywords.map(textOf).join(", ") : "",
      text: textOf(text),
    })),
  };
}

/** The card after the change; what the form does not know of it stays. @param image Of the picture, if it has one. */
export function changedCard(card: Card, draft: Draft, image: string | undefined): NewCard {
  return { ...(card.creator && { creator: card.creator }), ...cardOf(draft, image) };
}

/** The persona after the change; what the form does not know of it stays. A style is known whole. */
export function changedPersona(persona: Persona, draft: Draft): Record<string, unknown> {
  if (draft.modality !== "Chat") return personaOf(draft);
  const { greeting: _greeting, lore: _lore, ...rest } = persona;
  return { ...rest, ...personaOf(draft) };
}

/** Whether two personas, or two cards, say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
