import type { Analysis, Word } from "../../language.ts";

/** Pronouns and their verbs, turned round: what the person says of themself, said to them. */
const TURNED: Record<string, string> = {
  i: "you",
  me: "you",
  my: "your",
  mine: "yours",
  myself: "yourself",
  we: "you",
  us: "you",
  our: "your",
  ours: "yours",
  ourselves: "yourselves",
  am: "are",
  "i'm": "you are",
  im: "you are",
  "i've": "you have",
  "i'd": "you would",
  "i'll": "you will",
  "we're": "you are",
  "we've": "you have",
  "we'd": "you would",
  "we'll": "you will",
  "wasn't": "weren't",
};

const CONJUNCTION = /^(?:(?:well|so|and|but|because|then|also|actually|honestly|yes|yeah|no|oh|hm+|i mean)[, ]+)+/i;
/** Clauses that say nothing worth returning. */
const IDLE =
  /^(?:i (?:think|guess|mean|see|know|understand|suppose|agree|hope so|do|did|am|don't know|have no idea|would like|want|need|wonder|wanted|just wanted)|i'd (?:like|love)|we (?:do|did)|my name is|call me|i'm (?:just )?(?:curious|asking|wondering|not sure|sorry|back|here|good|fine|ok|okay))\b/i;
/** What follows turns the clause on its head; half of it would be a lie. */
const REVERSED = /^[,;:— -]*(?:but|although|though|except|unless|if|until|only)\b/i;
const MAX_WORDS = 14;

/**
 * What the person said of themself, turned round for "So {echo}.": "I lost my keys" gives "you lost your keys".
 * Undefined when there is no short, plain statement, so that no broken grammar is ever returned.
 */
export function echoOf(message: Analysis): string | undefined {
  for (const sentence of message.sentences) {
    if (sentence.endsWith("?")) continue;
    const bare = sentence.replace(CONJUNCTION, "").replace(/[.!…,;:]+$/, "");
    const clause = (bare.split(/[,;:—()"]| - | because | but | which | though | although /)[0] ?? "").trim();
    if (REVERSED.test(bare.slice(clause.length))) continue;
    if (!/^(?:i|i'm|im|i've|my|we|we're|we've|our)\b/i.test(clause) || IDLE.test(clause)) continue;
    const words = clause.split(" ");
    if (words.length < 3 || words.length > MAX_WORDS) continue;
    if (/\b(?:you|your|you're|yours|i'd)\b/i.test(clause) || /[^\p{L}\p{N}' -]/u.test(clause)) continue;
    // A clause that goes on with a second "I" or a verb turned by person is easily broken; one subject is safe.
    const turned = turn(words);
    if (turned !== undefined) return turned;
  }
  return undefined;
}

function turn(words: readonly string[]): string | undefined {
  const out: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? "";
    const lower = word.toLowerCase();
    const before = words[i - 1]?.toLowerCase();
    if (lower === "was" && (before === "i" || before === "we")) out.push("were");
    else if (lower === "wasn't" && before !== "i") out.push(word);
    else out.push(TURNED[lower] ?? word);
  }
  const text = out.join(" ");
  return /\b(?:you you|to you are)\b/.test(text) ? undefined : text;
}

/** Nouns that name nothing by themselves. */
const EMPTY_NOUNS: ReadonlySet<string> = new Set(
  `thing things something anything everything nothing someone anyone way ways lot lots kind kinds sort bit time times
   day days today tomorrow yesterday morning evening night people person man guy question questions answer idea ideas
   example examples name point reason moment while hello hi hey thanks thank please ok okay yes no story stories poem
   joke advice list tip tips opinion word words sentence one ones job part fact side end case issue minute hour week
   month year number favourite favorite sense
   difference differences side thanks grazie monday tuesday wednesday thursday friday saturday
   sunday mr mrs`.split(/\s+/),
);
const OWN: ReadonlySet<string> = new Set(["my", "our"]);
const KEPT_ARTICLES: ReadonlySet<string> = new Set(["the", "this", "that", "his", "her", "their"]);

/**
 * The noun phrase a message turns on, fit to follow "about": "my sister's wedding" gives "your sister's wedding".
 */
export function subjectOf(message: Analysis): string | undefined {
  const phrases = nounPhrases(message.words);
  // What follows "about", "of", "with" is what the person named as the subject.
  const named = phrases.find((phrase) => phrase.afterAbout);
  const best = named ?? phrases.sort((a, b) => b.weight - a.weight || a.at - b.at)[0];
  return best?.text;
}

type Phrase = { text: string; weight: number; at: number; afterAbout: boolean };

function nounPhrases(words: readonly Word[]): Phrase[] {
  const phrases: Phrase[] = [];
  let run: Word[] = [];
  const close = (end: number): void => {
    const phrase = phraseOf(run, words, end - run.length);
    if (phrase !== undefined) phrases.push(phrase);
    run = [];
  };
  words.forEach((word, i) => {
    const noun = word.pos === "NOUN" || word.pos === "PROPN";
    const describes = word.pos === "ADJ" || (word.pos === "PART" && word.lower === "'s");
    const plain = /^[\p{L}\p{N}'-]+$/u.test(word.text) && !/^(?:i|i'm|i've|im|you|your|me)$/i.test(word.text);
    if (plain && (noun || (describes && (word.pos === "ADJ" || run.length > 0)))) run.push(word);
    else close(i);
  });
  close(words.length);
  return phrases;
}

function phraseOf(run: readonly Word[], words: readonly Word[], at: number): Phrase | undefined {
  const kept = [...run];
  while (kept.length > 0 && kept[kept.length - 1]?.pos !== "NOUN" && kept[kept.length - 1]?.pos !== "PROPN") kept.pop();
  const head = kept[kept.length - 1];
  if (head === undefined || EMPTY_NOUNS.has(head.lower) || head.lower.length < 2 || kept.length > 5) return undefined;
  if (kept.every((word) => word.stop || EMPTY_NOUNS.has(word.lower))) return undefined;
  const before = words[at - 1]?.lower ?? "";
  const article = OWN.has(before) ? "your " : KEPT_ARTICLES.has(before) ? `${before} ` : "";
  const preposition = article === "" && !/^an?$/.test(before) ? before : (words[at - 2]?.lower ?? "");
  const text = kept
    .map((word, i) => (i > 0 && word.spaceBefore ? " " : "") + (word.pos === "PROPN" ? word.text : lowerFirst(word)))
    .join("");
  const indefinite = /^an?$/.test(before) ? `${before} ` : "";
  const weight = kept.length + kept.filter((word) => !word.stop).length + (OWN.has(before) ? 1 : 0);
  return {
    text: `${article}${indefinite}${text}`,
    weight,
    at,
    afterAbout: /^(?:about|regarding|on|of)$/.test(preposition),
  };
}

function lowerFirst(word: Word): string {
  return /^\p{Lu}\p{Ll}+$/u.test(word.text) ? word.lower : word.text;
}
