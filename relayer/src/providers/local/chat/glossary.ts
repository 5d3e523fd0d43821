import { tidy } from "../../language.ts";
import type { Persona } from "../../persona.ts";
import type { Pen } from "./pen.ts";

type Glossary = NonNullable<Persona["glossary"]>;
type Entry = Glossary["entries"][number];

const MEANS =
  /^(?:what (?:does|do|did) (?:the (?:word|phrase|term) )?(.+?) (?:mean|stand for)(?: in (?:[a-z]+))?|what(?:'s| is| are) (?:an? |the )?(?:meaning of )?(?:the (?:word|phrase|term) )?(.+?)|define (.+?)|translate (.+?)(?: (?:to|into|in) [a-z]+)?|meaning of (.+?)|(?:and|what about|how about) (?:an? |the )?(.+?))[?.! ]*$/;
const SAY =
  /\bhow (?:do|would|can|should) (?:you|i|we|one|they) (?:say|call|write|ask for|ask|translate|express) (.+?)(?: (?:to|into|in) [a-z]+)?[?.! ]*$|\bwhat(?:'s| is) (?:the [a-z]+ (?:word )?for )(.+?)[?.! ]*$|\bwhat(?:'s| is) (.+?) in (?:[a-z]+)[?.! ]*$|\bword for (.+?)(?: in [a-z]+)?[?.! ]*$/;

/** A longer text asks for more than a word. */
const MAX_QUESTION = 200;

/** What was asked for; `reversed` when it was the meaning that was named. */
export type Found = { entry: Entry | undefined; reversed: boolean };

/** Looks up what a message asks the meaning of. Undefined when it asks for none, or for one that is not there. */
export function lookUp(text: string, glossary: Glossary): Found | undefined {
  const lower = tidy(text.slice(0, MAX_QUESTION))
    .toLowerCase()
    .replace(/^(?:(?:hi|hello|hey|ok|okay|so|please|now|then|and(?= how| what))[,.! ]+)+/, "");
  const say = SAY.exec(lower);
  const means = say ?? MEANS.exec(lower);
  const asked = means?.slice(1).find((group) => group !== undefined);
  if (asked === undefined) return undefined;
  const entry = find(asked, glossary);
  if (entry !== undefined) return { entry, reversed: plain(entry.term) !== plain(asked) };
  // "What is courage?" may be talk; only a question for a word gets "I do not have it".
  return say !== null || /\bmean\b|^(?:define|translate)\b/.test(lower)
    ? { entry: undefined, reversed: false }
    : undefined;
}

/** The quiz question the character asked last, if its last words were one. */
export function openQuiz(lastSaid: string | undefined, glossary: Glossary): Entry | undefined {
  if (glossary.ask === undefined || lastSaid === undefined) return undefined;
  const said = tidy(lastSaid);
  const [before = "", after = ""] = glossary.ask.split("{term}").map(tidy);
  const start = said.lastIndexOf(before);
  const end = said.indexOf(after, start + before.length);
  if (start === -1 || end === -1 || end + after.length < said.length) return undefined;
  return find(said.slice(start + before.length, end), glossary);
}

/** A quiz question not asked before in this conversation; undefined without a quiz. */
export function nextQuiz(glossary: Glossary, pen: Pen): string | undefined {
  const { ask } = glossary;
  if (ask === undefined) return undefined;
  return pen.pick(glossary.entries.map((entry) => ask.replace("{term}", entry.term)));
}

/** True when the answer gives the meaning, whatever its accents, capitals and marks. */
export function isRight(answer: string, entry: Entry): boolean {
  const given = plain(answer);
  return entry.meaning.split(/[/;]| or /).some((meaning) => {
    const wanted = plain(meaning);
    return wanted !== "" && ` ${given} `.includes(` ${wanted} `);
  });
}

function find(asked: string, glossary: Glossary): Entry | undefined {
  const wanted = plain(asked);
  if (wanted === "") return undefined;
  return (
    glossary.entries.find((entry) => plain(entry.term) === wanted) ??
    glossary.entries.find((entry) => entry.meaning.split(/[/;]/).some((meaning) => plain(meaning) === wanted))
  );
}

function plain(text: string): string {
  return tidy(text)
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/\([^)]*\)/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
