import type { Analysis } from "../../language.ts";
import type { Feeling } from "../../persona.ts";

const WORDS: Record<Feeling, string> = {
  sadness:
    "sad unhappy down low miserable heartbroken gloomy depressed blue upset hurt disappointed hopeless crying awful terrible",
  grief: "grieving bereaved mourning",
  anxiety:
    "anxious worried nervous afraid scared frightened stressed overwhelmed panicking panicked uneasy terrified tense restless",
  anger: "angry furious frustrated annoyed irritated mad livid resentful jealous bitter",
  tiredness: "tired exhausted sleepy weary drained burnt-out burned-out worn-out sleepless knackered",
  loneliness: "lonely alone isolated homesick unwanted left-out",
  joy: "happy glad excited proud delighted wonderful thrilled grateful relieved joyful fantastic hopeful cheerful",
  boredom: "bored restive",
  shame: "ashamed guilty embarrassed humiliated worthless stupid useless",
  confusion: "confused lost stuck unsure uncertain torn puzzled",
};

const FEELING_OF: ReadonlyMap<string, Feeling> = new Map(
  Object.entries(WORDS).flatMap(([feeling, words]) => words.split(" ").map((word) => [word, feeling as Feeling])),
);

/** The person speaks of themself; the feeling may follow after a few words of degree. */
const SELF =
  /\b(?:i(?:'m| am| was| feel| felt|'ve been| have been| still feel| just feel| get| got| keep feeling)|im|i've felt|feeling|makes? me(?: feel)?|made me(?: feel)?|left me)\s+(?=[a-z])/g;
const DEGREE: ReadonlySet<string> = new Set(
  `so very really quite pretty rather a bit little too just still all kind sort of feeling extremely incredibly completely
   totally utterly both also truly deeply always often not never no longer hardly anymore that this being going through
   in somewhat terribly awfully pretty more less and`.split(/\s+/),
);
const FARTHEST = 6;
const NEGATED = /^(?:not|never|no|hardly)$/;
const THOUGHT_ENDS =
  /^(?:[.,!;?]|$|and\b|but\b|today\b|lately\b|now\b|because\b|about\b|these\b|again\b|tonight\b|with\b)/;
/** Words that are feelings only when they end the thought: "I am down", not "I am down the road". */
const ENDS_THOUGHT: ReadonlySet<string> = new Set([
  "down",
  "low",
  "blue",
  "alone",
  "lost",
  "stuck",
  "hurt",
  "mad",
  "stupid",
]);

const LOSS =
  /\b(?:(?:my|our) (?:[a-z'-]+ ){0,3}(?:died|passed away|has died|is dead|was put down)|(?:died|passed away) (?:last|this|yesterday|today)|i lost my (?:[a-z]+ )?(?:mother|mom|mum|father|dad|brother|sister|son|daughter|wife|husband|partner|friend|dog|cat|grandmother|grandma|grandfather|grandpa|baby|child)|funeral)\b/;
const SLEEPLESS =
  /\b(?:can't|cannot|can not|couldn't|could not|unable to|trouble|struggle to) (?:fall(?:ing)? a)?sleep(?:ing)?\b|\binsomnia\b/;

/** The feeling a person tells of themself; undefined for anyone else's, for none, and for "I am not worried". */
export function feelingOf(message: Analysis): Feeling | undefined {
  const text = message.lower.replace(/\b(burnt|burned|worn|left) out\b/g, "$1-out");
  if (LOSS.test(text)) return "grief";
  for (const match of text.matchAll(SELF)) {
    const found = nextFeeling(text.slice(match.index + match[0].length));
    if (found !== undefined) return found;
  }
  if (SLEEPLESS.test(text)) return "tiredness";
  // One or two words alone: "Tired.", "so lonely".
  const alone = /^(?:(?:so|very|really|just|a bit|pretty|kinda|feeling) )*([a-z-]+)[.!… ]*$/.exec(text);
  return alone?.[1] === undefined ? undefined : FEELING_OF.get(alone[1]);
}

/** The feeling at the head of what follows "I am"; "not happy" is sadness, "not worried" is nothing to answer. */
function nextFeeling(rest: string): Feeling | undefined {
  let negated = false;
  let read = 0;
  for (const match of rest.matchAll(/([a-z'-]+)([^a-z]*)/g)) {
    const [whole, word = "", gap = ""] = match;
    const feeling = FEELING_OF.get(word);
    if (feeling !== undefined) {
      const after = gap.trimStart() + rest.slice(match.index + whole.length);
      if (ENDS_THOUGHT.has(word) && !THOUGHT_ENDS.test(after)) return undefined;
      if (!negated) return feeling;
      return feeling === "joy" ? "sadness" : undefined;
    }
    read += 1;
    if (!DEGREE.has(word) || read > FARTHEST) return undefined;
    negated ||= NEGATED.test(word);
  }
  return undefined;
}

/** Talk of ending or harming oneself, which is answered plainly and before everything else. */
export function isCrisis(message: Analysis): boolean {
  return /\b(?:kill(?:ing)? my ?self|end(?:ing)? (?:my|it) (?:life|all)|end my life|suicid(?:e|al)|(?:want|wish|going|ready) to die|don'?t want to (?:live|be alive|exist|wake up)|(?:hurt|harm|cut)(?:ing)? my ?self|self[- ]harm|better off (?:dead|without me)|no reason to live)\b/.test(
    message.lower,
  );
}
