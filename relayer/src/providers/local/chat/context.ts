import type { Analysis } from "../../language.ts";
import type { Persona } from "../../persona.ts";
import type { ChatMessage } from "../../provider.ts";
import { type DocIndex, indexOf, type KnownPassage } from "../../retrieval.ts";
import { DEFAULTS } from "./defaults.ts";
import { completePersona } from "./derive.ts";
import { informed } from "./files.ts";
import { earlierSubjects, type Memory, remember, type Turn } from "./memory.ts";
import { Pen, type Slots } from "./pen.ts";
import { createRandom, hash32 } from "./random.ts";
import { echoOf } from "./reflect.ts";

/** Everything a reply is made from. */
export type Context = {
  persona: Persona;
  index: DocIndex;
  memory: Memory;
  /** The message to answer, and the same as it was typed. */
  turn: Turn;
  message: Analysis;
  raw: string;
  pen: Pen;
};

/** A way to answer; undefined passes the message on to the next. */
export type Handler = (context: Context) => string | undefined;

const NOBODY: Turn = { message: emptyMessage(), intent: "empty", subject: undefined, docs: [] };

export function createContext(
  whole: Persona,
  messages: readonly ChatMessage[],
  seed: number,
  passages: readonly KnownPassage[] = [],
): Context {
  const asked = messages.findLast((message) => message.role === "user")?.content ?? "";
  const complete = completePersona(whole);
  const { persona, index } = informed(complete, indexOf(complete), passages, asked);
  const memory = remember(messages, index, persona.name);
  const turn = memory.turns[memory.turns.length - 1] ?? NOBODY;
  const random = createRandom(hash32(`${seed}|${persona.name}|${memory.turns.length}|${asked}`));
  const slots: Slots = { character: persona.name };
  const name = memory.name ?? persona.voice?.address;
  const echo = echoOf(turn.message);
  const earlier = earlierSubjects(memory)[0];
  if (name !== undefined) slots.name = name;
  if (turn.subject !== undefined) slots.subject = turn.subject;
  if (echo !== undefined) slots.echo = echo;
  if (earlier !== undefined) slots.earlier = earlier;
  return { persona, index, memory, turn, message: turn.message, raw: asked, pen: new Pen(random, memory.said, slots) };
}

/** A line of the persona's own that was not said yet; else one of the common ones; else the oldest. */
export function line(
  { pen }: Context,
  own: readonly string[] | undefined,
  common: readonly string[],
): string | undefined {
  return pen.fresh(own) ?? pen.fresh(common) ?? pen.pick(own?.length ? own : common);
}

/** The parts that there are, as one paragraph. */
export function join(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

const LEAD_REST = 5;

/** How a reply begins: what the person said turned round, a short word in the voice, or nothing. */
export function lead(context: Context, echoChance = 0.6): string | undefined {
  const { pen, persona } = context;
  if (pen.slots.echo !== undefined && pen.chance(echoChance)) {
    const echoed = pen.fresh(persona.voice?.echoes, LEAD_REST * 2) ?? pen.fresh(DEFAULTS.echoes, LEAD_REST * 2);
    if (echoed !== undefined) return echoed;
  }
  if (!pen.chance(0.55)) return undefined;
  const leads: readonly string[] = persona.voice?.leads?.length ? persona.voice.leads : DEFAULTS.leads;
  // "A fair question" fits only one.
  const fitting = context.message.question
    ? leads
    : leads.filter((text) => !/\b(?:question|domanda|ask|asked)\b/i.test(text));
  return pen.fresh(fitting, LEAD_REST);
}

/** A question at the end; rarer after a reply that ended with one, so that talk is no interrogation. */
export function ask(context: Context, own?: readonly string[], eager = false): string | undefined {
  const { pen, persona, memory } = context;
  const askedJustNow = memory.said[memory.said.length - 1]?.trimEnd().endsWith("?") === true;
  if (!eager && !pen.chance(askedJustNow ? 0.35 : 0.7)) return undefined;
  return pen.fresh(own) ?? pen.fresh(persona.questions) ?? pen.fresh(DEFAULTS.questions);
}

/** A question that opens a conversation. */
export function begin({ pen, memory }: Context): string | undefined {
  return memory.turns.length > 3 ? undefined : pen.fresh(DEFAULTS.begin);
}

/** Now and then, a thread back to something the person spoke of before. */
export function callback(context: Context, chance = 0.3): string | undefined {
  const { pen, persona, memory } = context;
  const { earlier } = pen.slots;
  if (earlier === undefined || !pen.chance(chance)) return undefined;
  const own = (persona.voice?.callbacks ?? DEFAULTS.callbacks) as readonly string[];
  // Each subject is taken up again once.
  const already = memory.said.some((said) => own.some((text) => said.includes(pen.fill(text))));
  return already ? undefined : pen.fresh(own, 6);
}

/** Offers something the person has not heard yet. */
export function offer(context: Context): string | undefined {
  const { pen, persona, memory, index } = context;
  const said = memory.said.join("\n").toLowerCase();
  const open = index.docs.filter(
    ({ kind, title, index: at }) =>
      (kind === "topic" || kind === "lore") &&
      !said.includes(title.toLowerCase()) &&
      (kind !== "lore" || !pen.wasSaid(persona.lore?.[at]?.text ?? "")) &&
      (kind !== "topic" || persona.topics?.[at]?.replies.some((reply) => !pen.wasSaid(reply)) === true),
  );
  const next = pen.choose(open);
  if (next === undefined) return undefined;
  pen.slots.suggestion = next.title;
  return pen.fresh(persona.voice?.offers) ?? pen.pick(DEFAULTS.offers);
}

/** A thought in the persona's voice that fits almost anything. */
export function musing({ pen, persona }: Context): string | undefined {
  return pen.fresh(persona.musings) ?? pen.fresh(DEFAULTS.musings);
}

function emptyMessage(): Analysis {
  return { text: "", lower: "", words: [], sentences: [], terms: [], question: false };
}
