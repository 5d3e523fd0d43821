import type { Doc, DocKind, Hit } from "../retrieval.ts";
import { ask, type Context, callback, type Handler, join, lead, line, musing, offer } from "./context.ts";
import { DEFAULTS } from "./defaults.ts";

/** A match much weaker than the best one is about something else. */
const NEAR_BEST = 0.4;

/** What the persona has not yet said of what the message is about; undefined when there is nothing left. */
export function tellHits(context: Context, kinds: readonly DocKind[]): string | undefined {
  for (const hit of ranked(context, kinds)) {
    const told = tell(context, hit.doc);
    if (told !== undefined) return told;
  }
  return undefined;
}

/** Talk about something the persona knows: lore for questions first, its own replies for what a person tells. */
export const knowledge: Handler = (context) => {
  const hits = ranked(context, ["lore", "topic", "opinion"]);
  if (hits.length === 0) return undefined;
  for (const { doc } of hits) {
    const told = tell(context, doc);
    if (told === undefined) continue;
    return join(lead(context), told, callback(context), ask(context, questionsOf(context, doc)));
  }
  const other = related(context, hits[0]?.doc);
  return join(line(context, context.persona.replies?.told, DEFAULTS.told), other ?? offer(context));
};

/** "Go on", "why?", "yes", "no": they mean what was just spoken of. */
export const following: Handler = (context) => {
  const { turn, memory, persona } = context;
  const { replies } = persona;
  const next = (): string | undefined =>
    memory.active === undefined ? undefined : (tell(context, memory.active) ?? related(context, memory.active));
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

/** Something unsaid that shares a keyword with what was spoken of. */
function related(context: Context, doc: Doc | undefined): string | undefined {
  if (doc === undefined) return undefined;
  const shared = new Set(doc.keywords.map((word) => word.toLowerCase()));
  for (const other of context.index.docs) {
    if (other === doc || !other.keywords.some((word) => shared.has(word.toLowerCase()))) continue;
    const told = tell(context, other);
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
