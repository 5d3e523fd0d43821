import { tidy } from "../../language.ts";

const SMALL: Record<string, number> = Object.fromEntries(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
   eighteen nineteen`
    .split(/\s+/)
    .map((word, value) => [word, value]),
);
const TENS: Record<string, number> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const SCALES: Record<string, number> = { thousand: 1e3, million: 1e6, billion: 1e9 };

const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/\bto the power of\b|\braised to\b|\*\*/g, " ^ "],
  [/\bsquared\b|²/g, " ^ 2 "],
  [/\bcubed\b|³/g, " ^ 3 "],
  [/\b(?:the )?square root of\b|\bsqrt\b/g, " √ "],
  [/\bmultiplied by\b|\btimes\b|×|·/g, " * "],
  [/\bdivided by\b|\bover\b|÷/g, " / "],
  [/\bplus\b|\badded to\b/g, " + "],
  [/\bminus\b|−/g, " - "],
  [/(?:\bper ?cent\b|%) of\b/g, " % * "],
  [/\bper ?cent\b/g, " % "],
  [/\bhalf of\b/g, " 1 / 2 * "],
  [/(?<=\d\s*)x(?=\s*\d)/g, " * "],
];

const ASKS =
  /\b(?:what(?:'s| is| are)|calculate|compute|work out|how much is|evaluate|solve|tell me|do you know|what does)\b/;
const SUM = /[-√(\s]*[\d.][\d.\s+*/^%()√-]*/g;
const IN_WORDS =
  /\b(?:how many|how much|what is the total|how long would|how old will)\b.*\b(?:left|altogether|in total|remain|each|total|cost)\b|\b(?:integral|derivative|factorial|logarithm|solve for|equation)\b/;

/**
 * The arithmetic a message asks for, as digits and signs; "in words" for a problem told as a story, which this
 * responder does not work out; undefined when there is none.
 */
export function findSum(message: string): string | "in words" | undefined {
  let text = tidy(message).toLowerCase().slice(0, 400);
  text = text.replace(/(\d),(?=\d{3}\b)/g, "$1");
  text = digitsFromWords(text);
  const numbers = text.match(/\d+/g)?.length ?? 0;
  if (numbers >= 2 && IN_WORDS.test(text)) return "in words";
  for (const [pattern, sign] of OPERATORS) text = text.replace(pattern, sign);
  const candidates = (text.match(SUM) ?? [])
    .map((candidate) =>
      candidate
        .trim()
        .replace(/[.+*/^(√-]+$/, "")
        .trim(),
    )
    .filter(isSum)
    .sort((a, b) => b.length - a.length);
  const sum = candidates[0];
  if (sum === undefined) return undefined;
  // A date, a score or "24/7" in running talk is no sum: it must be asked for, or be the whole message.
  const rest = text.replace(sum, " ").replace(/[\s.?!=,]+/g, "");
  return rest === "" || ASKS.test(text) || text.trim().endsWith("=") ? sum : undefined;
}

function isSum(candidate: string): boolean {
  return /√\s*-?\s*[\d(]/.test(candidate) || /[\d)%]\s*[-+*/^]\s*[-(√]*\s*[\d.]/.test(candidate);
}

function digitsFromWords(text: string): string {
  const parts = text.split(/(\s+|-(?=[a-z])|[^a-z0-9\s.-]+)/);
  const out: string[] = [];
  let total = 0;
  let current = 0;
  let open = false;
  let pending = "";
  const flush = (): void => {
    if (open) out.push(String(total + current), pending);
    else out.push(pending);
    total = 0;
    current = 0;
    open = false;
    pending = "";
  };
  for (const part of parts) {
    if (/^(?:\s+|-)$/.test(part) || part === "") {
      pending += part;
      continue;
    }
    const small = SMALL[part] ?? TENS[part];
    if (small !== undefined) {
      // "twenty five" continues a number; "two three" starts another.
      const joins =
        open && (current % 100 === 0 || (current % 10 === 0 && current % 100 >= 20 && small < 10 && small > 0));
      if (!joins) flush();
      current += small;
      open = true;
      pending = "";
    } else if (open && part === "hundred") {
      current *= 100;
      pending = "";
    } else if (open && SCALES[part] !== undefined) {
      total += current * SCALES[part];
      current = 0;
      pending = "";
    } else if (open && part === "and" && current % 100 === 0) {
      pending = " ";
    } else {
      flush();
      out.push(part);
    }
  }
  flush();
  return out.join("");
}
