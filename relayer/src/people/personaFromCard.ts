import type { Card } from "@stelai/sdk/wire";
import { type Persona, personaSchema } from "../providers/persona.ts";

/** The mind of a character that has no private persona: what its public card says, and no more. */
export function personaFromCard(card: Card): Persona | undefined {
  const about = [card.tagline, card.description].map((text) => text.trim()).filter((text) => text !== "");
  const name = card.name.trim();
  const greeting = card.greeting?.trim().slice(0, 1_000);
  const openers = card.openers.map((opener) => opener.trim().slice(0, 160)).filter((opener) => opener !== "");
  const persona = personaSchema.safeParse({
    name,
    systemPrompt: [`You are ${name}.`, ...about].join("\n\n"),
    ...(greeting === undefined || greeting === "" ? {} : { greeting }),
    ...(openers.length === 0 ? {} : { openers: openers.slice(0, 3) }),
    ...(card.description.trim() === ""
      ? {}
      : { lore: [{ title: name.slice(0, 80), text: card.description.trim(), keywords: keywordsOf(card) }] }),
  });
  return persona.success ? persona.data : undefined;
}

function keywordsOf(card: Card): string[] {
  return [card.name, ...card.tags].map((word) => word.trim().slice(0, 60)).filter((word) => word !== "");
}
