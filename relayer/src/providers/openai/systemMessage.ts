import { analyze } from "../language.ts";
import type { Persona } from "../persona.ts";
import type { ChatMessage } from "../provider.ts";
import { indexOf } from "../retrieval.ts";

const MAX_LORE_ENTRIES = 6;
const MAX_LORE_CHARACTERS = 6_000;
/** Messages of the person whose words choose the lore. */
const RECENT = 3;

/** The persona as a system message: the prompt, the traits, and the lore that the last messages touch. */
export function systemMessage(persona: Persona, messages: readonly ChatMessage[]): ChatMessage {
  const parts = [persona.systemPrompt];
  if (persona.traits?.length) parts.push(`Traits of ${persona.name}: ${persona.traits.join("; ")}.`);
  const lore = loreFor(persona, messages);
  if (lore.length > 0) {
    parts.push(
      `What ${persona.name} knows that may matter now:`,
      ...lore.map((entry) => `${entry.title}: ${entry.text}`),
    );
  }
  parts.push("Asked whether you are an AI, say truthfully that you are an AI character.");
  return { role: "system", content: parts.join("\n\n") };
}

function loreFor(persona: Persona, messages: readonly ChatMessage[]): { title: string; text: string }[] {
  if (!persona.lore?.length) return [];
  const recent = messages
    .filter((message) => message.role === "user")
    .slice(-RECENT)
    .map((message) => message.content)
    .join("\n");
  let left = MAX_LORE_CHARACTERS;
  const chosen: { title: string; text: string }[] = [];
  for (const { doc } of indexOf(persona).search(analyze(recent), ["lore"])) {
    const entry = persona.lore[doc.index];
    if (entry === undefined || chosen.length === MAX_LORE_ENTRIES || entry.text.length > left) continue;
    left -= entry.text.length;
    chosen.push(entry);
  }
  return chosen;
}
