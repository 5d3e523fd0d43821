import { type Analysis, analyze } from "../../language.ts";
import type { ChatMessage } from "../../provider.ts";
import type { Doc, DocIndex } from "../../retrieval.ts";
import { type Intent, intentOf, nameIn } from "./intents.ts";
import { echoOf, subjectOf } from "./reflect.ts";

/** One message of the person, read. */
export type Turn = { message: Analysis; intent: Intent | undefined; subject: string | undefined; docs: Doc[] };

/** What the character can know of a conversation: only what is in it. */
export type Memory = {
  /** The person's messages, oldest first; the last is the one to answer. */
  turns: Turn[];
  /** What the character itself said, oldest first. */
  said: string[];
  name: string | undefined;
  /** What the person told of themself, turned round: "you have two daughters". */
  facts: string[];
  /** What the talk was about just before this message. */
  active: Doc | undefined;
};

/** Messages that are read back; older ones are out of mind. */
const MEMORY_MESSAGES = 60;
const SOURCE = /```[\s\S]*?(?:```|$)/g;
const FACT = /^(?:you are|you have|you live|you work|you love|you like|you hate|your)\b/;

/** Reads the conversation anew: the responder keeps no state between requests. */
export function remember(messages: readonly ChatMessage[], index: DocIndex, character: string): Memory {
  const recent = messages.slice(-MEMORY_MESSAGES);
  const turns: Turn[] = [];
  const said: string[] = [];
  const facts: string[] = [];
  let name: string | undefined;
  let active: Doc | undefined;
  for (const message of recent) {
    if (message.role === "assistant") said.push(message.content);
    if (message.role !== "user") continue;
    const previous = turns[turns.length - 1];
    active = previous?.docs[0] ?? active;
    const turn = read(message.content, index, character);
    turns.push(turn);
    name = nameIn(turn.message) ?? name;
    const echo = echoOf(turn.message);
    if (echo !== undefined && FACT.test(echo) && !facts.includes(echo)) facts.push(echo);
  }
  return { turns, said, name, facts, active: offered(said, index) ?? active };
}

/** A subject from some turns ago that is worth coming back to, newest first. */
export function earlierSubjects(memory: Memory): string[] {
  const now = memory.turns[memory.turns.length - 1];
  const subjects: string[] = [];
  for (const turn of memory.turns.slice(0, -2).reverse()) {
    if (turn.intent !== undefined || turn.subject === undefined || turn.subject === now?.subject) continue;
    if (!subjects.includes(turn.subject)) subjects.push(turn.subject);
  }
  return subjects;
}

/** What the character itself offered in its last words ("Shall I tell you about …?"): a yes or "go on" means that. */
function offered(said: readonly string[], index: DocIndex): Doc | undefined {
  const ending = (said[said.length - 1] ?? "").slice(-220).toLowerCase();
  return index.docs.find(
    (doc) => (doc.kind === "lore" || doc.kind === "topic") && ending.includes(doc.title.toLowerCase()),
  );
}

function read(content: string, index: DocIndex, character: string): Turn {
  // Source is read by other means; as prose it would only mislead.
  const message = analyze(content.replace(SOURCE, " ") || content);
  const subject = subjectOf(message);
  return {
    message,
    intent: intentOf(message),
    subject: subject !== undefined && isCharacter(subject, character) ? undefined : subject,
    docs: index.search(message, ["lore", "topic"]).map((hit) => hit.doc),
  };
}

/** A person who greets the character by name does not talk about it. */
function isCharacter(subject: string, character: string): boolean {
  const names = character.toLowerCase().split(/\s+/);
  return subject
    .toLowerCase()
    .split(/\s+/)
    .every((word) => names.includes(word));
}
