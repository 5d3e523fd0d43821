import type { Feeling } from "../../persona.ts";
import { ask, begin, type Context, type Handler, join, line, musing, offer } from "./context.ts";
import { CRISIS_STATEMENT, DEFAULT_FEELINGS, DEFAULTS, SCRIPTED_STATEMENT } from "./defaults.ts";
import { deriveFromPrompt } from "./derive.ts";
import { feelingOf, isCrisis } from "./feelings.ts";
import { nameIn } from "./intents.ts";
import { tellHits } from "./talk.ts";

/** Before everything else, and in nobody's voice. */
export const crisis: Handler = ({ message }) => (isCrisis(message) ? CRISIS_STATEMENT : undefined);

/** What answers here, said plainly whenever asked. */
export const honesty: Handler = (context) => {
  if (context.turn.intent !== "isScripted") return undefined;
  return join(SCRIPTED_STATEMENT, line(context, context.persona.replies?.scripted, DEFAULTS.scripted));
};

export const secrets: Handler = (context) =>
  context.turn.intent === "secrets" ? join(line(context, undefined, DEFAULTS.secrets), offer(context)) : undefined;

/** Greeting, introduction, thanks, farewell and the like. */
export const courtesy: Handler = (context) => {
  const { turn, persona, memory, message } = context;
  const { replies } = persona;
  const name = nameIn(message);
  if (name !== undefined && message.words.length <= 12) {
    return join(line(context, undefined, DEFAULTS.named), begin(context) ?? offer(context));
  }
  switch (turn.intent) {
    case "greeting":
      return memory.said.length === 0 ? greeting(context) : hello(context);
    case "howAreYou":
      return line(context, replies?.howAreYou, DEFAULTS.howAreYou);
    case "thanks":
      return join(
        line(context, replies?.thanks, DEFAULTS.thanks),
        context.pen.chance(0.5) ? offer(context) : undefined,
      );
    case "farewell":
      return line(context, replies?.farewell, DEFAULTS.farewell);
    case "praise":
      return join(line(context, undefined, DEFAULTS.praise), musing(context), ask(context));
    case "complaint":
      return join(line(context, undefined, DEFAULTS.complaint), offer(context));
    case "empty":
      return join(line(context, undefined, DEFAULTS.empty), offer(context));
    case "outside":
      return join(line(context, undefined, DEFAULTS.outside), offer(context));
    default:
      return undefined;
  }
};

/** First words, also when a conversation begins without any from the person. */
export function greeting(context: Context): string {
  const { persona, pen } = context;
  if (persona.greeting !== undefined && !pen.wasSaid(persona.greeting)) return pen.fill(persona.greeting);
  return join(pen.pick(DEFAULTS.greeting), introduction(context), begin(context));
}

/** A greeting back: welcome to one who has just come, "there you are again" to one who greets later. */
function hello(context: Context): string {
  const first = context.memory.turns.length === 1;
  const said = first
    ? context.pen.pick(DEFAULTS.welcome)
    : line(context, context.persona.replies?.hello, DEFAULTS.hello);
  return join(said, begin(context) ?? offer(context));
}

/** "Who are you?" and "What can we talk about?" */
export const identity: Handler = (context) => {
  const { turn, persona } = context;
  if (turn.intent === "about") {
    const own = context.pen.fresh(persona.replies?.about);
    if (own !== undefined) return join(own, ask(context));
    return join(line(context, undefined, DEFAULTS.about), introduction(context), musing(context), offer(context));
  }
  if (turn.intent !== "offerings") return undefined;
  const titles = subjectsOf(context);
  if (titles.length === 0)
    return join(introduction(context), "Tell me what is on your mind, and I will do my best with it.");
  return join(
    `I can speak of ${list(titles, "or")}.`,
    "Anything I do not know, I will say so.",
    "Where shall we begin?",
  );
};

/** What the conversation itself holds. */
export const recall: Handler = (context) => {
  const { turn, memory, message } = context;
  if (turn.intent === "recallName") {
    if (memory.name === undefined) return line(context, undefined, DEFAULTS.noName);
    return `You told me your name is ${memory.name}.`;
  }
  if (turn.intent !== "recallTalk") return undefined;
  const told = memory.name === undefined ? [] : [`your name is ${memory.name}`];
  for (const fact of memory.facts.slice(-4)) told.push(fact);
  const subjects = memory.turns
    .slice(0, -1)
    .filter((past) => past.intent === undefined && past.message !== message && nameIn(past.message) === undefined)
    .map((past) => past.subject)
    .filter((subject): subject is string => subject !== undefined && !told.some((fact) => fact.includes(subject)));
  const unique = [...new Set(subjects)].slice(-4);
  if (told.length === 0 && unique.length === 0) return line(context, undefined, DEFAULTS.nothingYet);
  return join(
    told.length > 0
      ? `You told me that ${list(
          told.map((fact, i) => (i === 0 ? fact : `that ${fact}`)),
          "and",
        )}.`
      : undefined,
    unique.length > 0 ? `${told.length > 0 ? "And we" : "We"} spoke of ${list(unique, "and")}.` : undefined,
    "More than this page holds I do not remember.",
  );
};

/** Feelings a person tells of themself, with what the persona knows of their cause. */
export const feelings: Handler = (context) => {
  const feeling = feelingOf(context.message);
  if (feeling === undefined) return undefined;
  const comforting = comfort(context, feeling);
  const cause = tellHits(context, ["topic"]);
  const more = cause?.text ?? (context.pen.chance(0.5) ? musing(context) : undefined);
  const asked = more === undefined && comforting?.endsWith("?") ? undefined : context.pen.fresh(cause?.questions);
  return join(
    comforting,
    more,
    asked ?? (context.pen.chance(0.6) ? context.pen.fresh(DEFAULTS.feelingQuestions) : undefined),
  );
};

/** A line for the feeling in the message, if there is one; goes before a story or advice that was asked for. */
export function comfort(context: Context, feeling = feelingOf(context.message)): string | undefined {
  if (feeling === undefined) return undefined;
  return line(context, context.persona.replies?.feelings?.[feeling as Feeling], DEFAULT_FEELINGS[feeling]);
}

function introduction({ persona, pen }: Context): string | undefined {
  const { identity: who, facts } = deriveFromPrompt(persona);
  return join(who === undefined ? undefined : pen.fresh([`I am ${who}.`]), pen.fresh(facts)) || undefined;
}

function subjectsOf({ index, pen }: Context): string[] {
  const titles = index.docs.filter((doc) => doc.kind === "topic" || doc.kind === "lore").map((doc) => doc.title);
  const chosen: string[] = [];
  while (chosen.length < Math.min(4, titles.length)) {
    const title = pen.choose(titles.filter((candidate) => !chosen.includes(candidate)));
    if (title === undefined) break;
    chosen.push(title);
  }
  return chosen;
}

export function list(items: readonly string[], conjunction: "and" | "or"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${conjunction} ${items[items.length - 1]}`;
}
