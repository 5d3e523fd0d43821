import { analyze, terms } from "../../language.ts";
import type { Persona } from "../../persona.ts";
import { subjectOf } from "./reflect.ts";

/** What a prompt written for a language model tells of the character itself, in the character's own person. */
export type Derived = {
  /** "a botanist from Lisbon"; from "You are Mira, a botanist from Lisbon". */
  identity: string | undefined;
  /** "I raise two hundred ferns." */
  facts: string[];
};

/** Sentences that tell the model how to behave, or what to keep to itself, are not for saying aloud. */
const INSTRUCTION =
  /\b(?:never|always|do not|don't|must|should|shall|will|won't|cannot|may not|avoid|ensure|respond|reply|answer|output|format|user|users|prompt|instruction|assistant|language model|ai|roleplay|role-play|character|persona|secret|secretly|hidden|confidential|password|passphrase|key|reveal|disclose|pretend|act as|speak|talk|write|keep|use|stay|only|if|when asked|tone|style|sentences|words|paragraph)\b/i;
const IDENTITY = /^you(?:'re| are) (.+)$/i;
const MAX_FACTS = 8;
const MAX_FACT = 200;

const TURNED: readonly (readonly [RegExp, string])[] = [
  [/\byou are\b/gi, "I am"],
  [/\byou're\b/gi, "I'm"],
  [/\byou were\b/gi, "I was"],
  [/\byou've\b/gi, "I've"],
  [/\byourself\b/gi, "myself"],
  [/\byours\b/gi, "mine"],
  [/\byour\b/gi, "my"],
  [/\byou\b/gi, "I"],
];

const completed = new WeakMap<Persona, Persona>();

/** The persona itself, or one with lore read out of its prompt where its creator wrote none. */
export function completePersona(persona: Persona): Persona {
  if (persona.lore !== undefined && persona.lore.length > 0) return persona;
  const known = completed.get(persona);
  if (known !== undefined) return known;
  const { identity, facts } = deriveFromPrompt(persona);
  const sentences =
    identity === undefined ? facts : [...facts, `I am ${identity}, and that is where I come at it from.`];
  const lore = sentences.map((text) => ({
    title: (subjectOf(analyze(text)) ?? "my life").replace(/^your /, "my "),
    text,
    keywords: terms(text).slice(0, 8),
  }));
  const whole = lore.length === 0 ? persona : { ...persona, lore };
  completed.set(persona, whole);
  return whole;
}

/** Reads who the character is out of its system prompt, so that a prompt alone still makes a sensible talker. */
export function deriveFromPrompt(persona: Persona): Derived {
  const facts: string[] = [];
  let identity: string | undefined;
  for (const raw of persona.systemPrompt.split(/(?<=[.!?])\s+|\n+/).slice(0, 200)) {
    const sentence = raw
      .replace(/^[-*#>\s]+/, "")
      .replace(/[.!]+$/, "")
      .trim();
    if (sentence === "" || sentence.length > MAX_FACT || sentence.endsWith("?") || sentence.endsWith(":")) continue;
    const is = IDENTITY.exec(sentence)?.[1];
    if (identity === undefined && is !== undefined) {
      identity = identityOf(is, persona.name);
      continue;
    }
    if (!/^you(?:r|'re|'ve)?\b/i.test(sentence) || INSTRUCTION.test(sentence)) continue;
    if (facts.length < MAX_FACTS) facts.push(`${firstPerson(sentence)}.`);
  }
  return { identity, facts };
}

function identityOf(text: string, name: string): string | undefined {
  let rest = text;
  if (rest.toLowerCase().startsWith(name.toLowerCase())) rest = rest.slice(name.length).replace(/^\s*[,:–-]\s*/, "");
  else rest = rest.replace(/^(?:\p{Lu}[\p{L}'-]*\s?){1,4},\s*/u, "");
  rest = rest.trim();
  // Only a noun phrase: "a botanist from Lisbon", "the keeper of the gate".
  if (!/^(?:an?|the|one of)\s/i.test(rest) || INSTRUCTION.test(rest)) return undefined;
  return firstPerson(rest, false);
}

function firstPerson(text: string, startsSentence = true): string {
  let turned = text;
  for (const [pattern, replacement] of TURNED) turned = turned.replace(pattern, replacement);
  turned = turned.replace(/\b(?:for|to|with|of|from|by|about|like|than) I\b/g, (pair) => pair.replace(/ I$/, " me"));
  const first = turned.charAt(0);
  return (startsSentence ? first.toUpperCase() : first.toLowerCase()) + turned.slice(1);
}
