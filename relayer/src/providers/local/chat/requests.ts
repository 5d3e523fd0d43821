import type { DocKind } from "../../retrieval.ts";
import { workOut } from "./arithmetic.ts";
import { codeIn, reviewCode } from "./code.ts";
import { ask, type Context, callback, type Handler, join, lead, line, musing, offer } from "./context.ts";
import { DECLINED_SUM, DEFAULTS } from "./defaults.ts";
import { isRight, lookUp, nextQuiz, openQuiz } from "./glossary.ts";
import type { Intent } from "./intents.ts";
import { comfort } from "./social.ts";
import { tell, tellHits } from "./talk.ts";

/** Sums: worked out exactly, or declined with the reason. */
export const arithmetic: Handler = (context) => {
  const found = workOut(context.message.text);
  if (found === undefined) return undefined;
  const { pen, persona } = context;
  pen.slots.sum = found.sum;
  if (found.kind === "declined") {
    if (found.reason === "in words") return line(context, undefined, DEFAULTS.inWords);
    return pen.fill(DECLINED_SUM[found.reason]);
  }
  pen.slots.result = found.result;
  return pen.pick(persona.replies?.arithmetic?.length ? persona.replies.arithmetic : DEFAULTS.arithmetic);
};

/** Remarks on pasted source, for personas with the skill. */
export const code: Handler = (context) => {
  if (context.persona.skills?.includes("code") !== true) return undefined;
  const lines = codeIn(context.raw);
  if (lines === undefined) return undefined;
  const asked = ask(context, undefined, true);
  return `${join(lead(context, 0), reviewCode(lines))}${asked === undefined ? "" : `\n\n${asked}`}`;
};

/** An answer to the quiz question that stands open. */
export const quizAnswer: Handler = (context) => {
  const { persona, memory, message, turn, pen } = context;
  if (persona.glossary === undefined) return undefined;
  const entry = openQuiz(memory.said[memory.said.length - 1], persona.glossary);
  if (entry === undefined) return undefined;
  const right = isRight(message.text, entry);
  const leaves = turn.intent === "farewell" || turn.intent === "quiz" || ENOUGH.test(message.lower);
  // A question back, or talk of something else, is no wrong answer.
  const strays = turn.intent === undefined && (message.question || message.words.length > 8);
  if (!right && (leaves || strays)) return undefined;
  const verdict = right
    ? (pen.fresh(DEFAULTS.right, 4) ?? "Right.")
    : turn.intent === "no" || turn.intent === "more"
      ? `It is "${entry.meaning}".`
      : `Not quite: it is "${entry.meaning}".`;
  return join(verdict, entry.note, nextQuiz(persona.glossary, pen));
};

const ENOUGH = /\b(?:stop|enough|no more|basta|quit|something else|later)\b/;

/** "What does … mean?", "How do you say …?", "Quiz me." */
export const words: Handler = (context) => {
  const { persona, pen, turn, message } = context;
  const { glossary } = persona;
  if (turn.intent === "quiz") {
    const quiz = glossary === undefined ? undefined : nextQuiz(glossary, pen);
    return quiz === undefined
      ? join(line(context, undefined, DEFAULTS.noQuiz), offer(context))
      : join(lead(context, 0), quiz);
  }
  if (glossary === undefined) return undefined;
  const found = lookUp(message.text, glossary);
  if (found === undefined) return undefined;
  if (found.entry === undefined) {
    pen.slots.suggestion = glossary.subject;
    return join(pen.pick(DEFAULTS.noWord), offer(context));
  }
  const { term, meaning, note } = found.entry;
  const [from, to] = found.reversed ? [meaning, term] : [term, meaning];
  const phrases = [`"${capital(from)}" is "${to}".`, `"${capital(from)}" would be "${to}".`];
  const said = isPhrase(meaning) ? pen.pick(phrases) : `${capital(term)}: ${meaning}`;
  return join(said, note, ask(context));
};

/** Stories, poems, jokes and lists, as far as the persona has them; none is made up. */
export const pieces: Handler = (context) => {
  const { persona, pen } = context;
  switch (wanted(context)) {
    case "story":
      return story(context);
    case "poem": {
      const poem = pen.fresh(persona.poems);
      if (poem === undefined) return join(line(context, undefined, DEFAULTS.noPoem), musing(context), offer(context));
      return `${join(comfort(context) ?? lead(context, 0))}\n\n${poem}`.trim();
    }
    case "joke": {
      const joke = pen.fresh(persona.jokes);
      return joke ?? join(line(context, undefined, DEFAULTS.noJoke), offer(context));
    }
    case "list":
      return listed(context);
    default:
      return undefined;
  }
};

/** "Another one" means another of what was asked for last. */
function wanted({ turn, memory, message }: Context): Intent | undefined {
  if (turn.intent !== "more" || !/\b(?:another|again|one more|next)\b/.test(message.lower)) return turn.intent;
  const before = memory.turns[memory.turns.length - 2]?.intent;
  return before === undefined || before === "list" ? turn.intent : before;
}

/** What to do: the advice that fits the matter, with comfort first where it is needed. */
export const advice: Handler = (context) => {
  if (context.turn.intent !== "advice") return undefined;
  const { persona, index, pen, message } = context;
  const opening = comfort(context) ?? lead(context, 0.7);
  const fitting = index
    .search(message, ["advice", "topic", "lore"])
    .map(({ doc }) =>
      doc.kind === "advice"
        ? pen.fresh([persona.advice?.[doc.index]?.text ?? ""].filter((text) => text !== ""))
        : tell(context, doc),
    )
    .find((text) => text !== undefined);
  // "How do I …?" asks for knowledge: where there is none, a general saying would only pretend to it.
  if (fitting === undefined && HOW_TO.test(message.lower) && message.terms.length > 0) return undefined;
  const general =
    fitting ?? pen.fresh(persona.advice?.filter((entry) => !entry.keywords?.length).map((entry) => entry.text));
  if (general === undefined) return undefined;
  return join(opening, general, callback(context), ask(context));
};

/** "What do you think of …?" */
export const opinion: Handler = (context) => {
  if (context.turn.intent !== "opinion") return undefined;
  const held = tellHits(context, ["opinion"]) ?? tellHits(context, ["topic", "lore"]);
  if (held !== undefined) return join(lead(context, 0), held.text, ask(context, held.questions));
  return join(line(context, undefined, DEFAULTS.noOpinion), musing(context), ask(context, undefined, true));
};

function story(context: Context): string {
  const { persona, pen, index, message } = context;
  const kinds: readonly DocKind[] = ["story"];
  const wanted = index
    .search(message, kinds)
    .map(({ doc }) => persona.stories?.[doc.index]?.text)
    .filter((text) => text !== undefined);
  const told = pen.fresh(wanted) ?? pen.fresh(persona.stories?.map((entry) => entry.text));
  if (told !== undefined) return `${join(comfort(context) ?? lead(context, 0))}\n\n${told}`.trim();
  const instead = tellHits(context, ["lore"])?.text ?? pen.fresh(persona.lore?.map((entry) => entry.text));
  return join(
    line(context, undefined, DEFAULTS.noStory),
    instead === undefined ? musing(context) : "But this I can tell you.",
    instead,
  );
}

function listed(context: Context): string | undefined {
  const { persona, index, message, pen } = context;
  for (const { doc } of index.search(message, ["list"])) {
    const found = persona.lists?.[doc.index];
    if (found === undefined || found.items.every((item) => pen.wasSaid(item))) continue;
    const items = found.items.map((item, i) => `${i + 1}. ${item}`).join("\n");
    return `${join(lead(context, 0), `${capital(found.title)}:`)}\n\n${items}`;
  }
  return undefined;
}

const HOW_TO = /\bhow (?:do|can|could|should|would|to|does)\b/;

function isPhrase(meaning: string): boolean {
  return meaning.length <= 60 && !/[.]\s/.test(meaning) && meaning.split(" ").length <= 8;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
