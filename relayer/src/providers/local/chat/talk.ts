import { analyze } from "../../language.ts";
import type { Doc, DocKind, Hit } from "../../retrieval.ts";
import { ask, type Context, callback, type Handler, join, lead, line, musing, offer } from "./context.ts";
import { DEFAULTS } from "./defaults.ts";

/** A match much weaker than the best one is about something else. */
const NEAR_BEST = 0.4;

/** What the persona has not yet said of what the message is about; undefined when there is nothing left. */
export function tellHits(context: Context, kinds: readonly DocKind[]): Told | undefined {
  for (const { doc } of ranked(context, kinds)) {
    const text = tell(context, doc);
    if (text !== undefined) return { text, questions: questionsOf(context, doc) };
  }
  return undefined;
}

/** Something told, and the questions that belong to it. */
export type Told = { text: string; questions: readonly string[] | undefined };

/** Talk about something the persona knows: lore for questions first, its own replies for what a person tells. */
export const knowledge: Handler = (context) => {
  // An opinion answers a question; in reply to something told it would be off the mark.
  const kinds: readonly DocKind[] = context.message.question ? ["lore", "topic", "opinion"] : ["lore", "topic"];
  const hits = ranked(context, kinds);
  if (hits.length === 0) return undefined;
  const told = tellHits(context, kinds);
  if (told !== undefined)
    return join(
      lead(context),
      told.text,
      callback(context, context.message.question ? 0.15 : 0),
      ask(context, told.questions),
    );
  const other = related(context, hits[0]?.doc);
  return join(line(context, context.persona.replies?.told, DEFAULTS.told), other ?? offer(context));
};

/** "Go on", "why?", "yes", "no": they mean what was just spoken of. */
export const following: Handler = (context) => {
  const { turn, memory, persona } = context;
  const { replies } = persona;
  const next = (): string | undefined => goOn(context);
  switch (turn.intent) {
    case "more": {
      if (memory.active === undefined) return join(line(context, undefined, DEFAULTS.moreOfWhat), offer(context));
      const further = next();
      if (further === undefined) return join(line(context, replies?.told, DEFAULTS.told), offer(context));
      return join(context.pen.chance(0.5) ? context.pen.fresh(DEFAULTS.more, 6) : undefined, further, ask(context));
    }
    case "why":
      return join(line(context, undefined, DEFAULTS.why), next() ?? musing(context), ask(context));
    case "yes":
      return join(line(context, replies?.yes, DEFAULTS.yes), next() ?? musing(context), ask(context));
    case "no":
      return join(
        line(context, replies?.no, DEFAULTS.no),
        context.pen.chance(0.5) ? musing(context) : next(),
        offer(context),
      );
    default:
      return undefined;
  }
};

/** Nothing known: a question gets an honest no and an offer, a statement gets an attentive listener. */
export const listening: Handler = (context) => {
  const { message, persona, pen } = context;
  if (message.question) {
    return join(
      line(context, persona.replies?.unknown, DEFAULTS.unknown),
      pen.chance(0.35) ? musing(context) : undefined,
      offer(context) ?? pen.fresh(DEFAULTS.turnBack),
    );
  }
  const opening = lead(context, 0.85) ?? pen.fresh(DEFAULTS.acknowledgements, 6);
  return join(opening, musing(context), callback(context, 0.45), ask(context, undefined, true) ?? offer(context));
};

/** What is still unsaid of one thing the persona knows. */
export function tell({ pen, persona }: Context, doc: Doc): string | undefined {
  switch (doc.kind) {
    case "lore":
      return pen.fresh([persona.lore?.[doc.index]?.text ?? ""].filter((text) => text !== ""));
    case "topic":
      return pen.fresh(persona.topics?.[doc.index]?.replies);
    case "opinion":
      return pen.fresh([persona.opinions?.[doc.index]?.text ?? ""].filter((text) => text !== ""));
    default:
      return undefined;
  }
}

/** More on what was just spoken of: the thing itself, what else the last messages touched, what lies nearest to it. */
function goOn(context: Context): string | undefined {
  const { memory, index } = context;
  if (memory.active === undefined) return undefined;
  const lastTold = memory.turns.findLast((turn, i) => i < memory.turns.length - 1 && turn.docs.length > 0);
  const near = index
    .search(analyze(memory.said[memory.said.length - 1] ?? ""), ["lore", "topic"])
    .map((hit) => hit.doc);
  return firstUntold(context, [memory.active, ...(lastTold?.docs ?? []), ...near]);
}

/** Something unsaid that lies near what was spoken of. */
function related(context: Context, doc: Doc | undefined): string | undefined {
  if (doc === undefined) return undefined;
  const near = context.index.search(analyze([doc.title, ...doc.keywords].join(", ")), ["lore", "topic"]);
  return firstUntold(
    context,
    near.map((hit) => hit.doc),
  );
}

function firstUntold(context: Context, docs: readonly Doc[]): string | undefined {
  for (const doc of docs) {
    const told = tell(context, doc);
    if (told !== undefined) return told;
  }
  return undefined;
}

function questionsOf({ persona }: Context, doc: Doc): readonly string[] | undefined {
  return doc.kind === "topic" ? persona.topics?.[doc.index]?.questions : undefined;
}

function ranked({ index, message }: Context, kinds: readonly DocKind[]): Hit[] {
  const favoured: DocKind = message.question ? "lore" : "topic";
  const hits = index
    .search(message, kinds)
    .map((hit) => ({ doc: hit.doc, score: hit.score * (hit.doc.kind === favoured ? 1.25 : 1) }))
    .sort((a, b) => b.score - a.score);
  const best = hits[0]?.score ?? 0;
  return hits.filter((hit) => hit.score >= best * NEAR_BEST);
}
