import type { Section } from "./score.ts";

/** The order in which subjects come; it always ends with the first one. */
const ORDERS: readonly (readonly Section["name"][])[] = [
  ["A"],
  ["A", "A"],
  ["A", "B", "A"],
  ["A", "A", "B", "A"],
  ["A", "A", "B", "A", "A"],
  ["A", "A", "B", "B", "A", "A"],
  ["A", "A", "B", "A", "C", "B", "A"],
  ["A", "A", "B", "A", "C", "C", "B", "A"],
];

const ENERGY: Readonly<Record<Section["name"], number>> = { intro: 0.45, A: 0.7, B: 0.85, C: 0.75, end: 0.6 };

/**
 * How many bars a piece of so many seconds has, at which tempo exactly, and how long its last harmony rings: whole bars
 * that end when they should. The tempo gives way by a few percent; in very short pieces by more.
 */
export function extent(
  seconds: number,
  tempo: number,
  beatsPerBar: number,
  ringFactor: number,
): { bars: number; tempo: number; ring: number } {
  const ring = Math.min(6, Math.max(1.3, seconds * 0.12)) * ringFactor;
  const wished = Math.min(ring, seconds * 0.36);
  const bars = Math.max(1, Math.round(((seconds - wished) * tempo) / 60 / beatsPerBar));
  const fitted = (bars * beatsPerBar * 60) / (seconds - wished);
  return { bars, tempo: fitted, ring: wished };
}

/** The sections of a piece: what does not divide into phrases is its introduction; the last bar is followed by the end. */
export function sectionsOf(bars: number): Section[] {
  const phrase = bars >= 44 ? 8 : bars >= 13 ? 4 : bars >= 5 ? 2 : bars >= 3 ? 1 : bars;
  let count = Math.min(ORDERS.length, Math.floor(bars / phrase));
  let intro = bars - count * phrase;
  // An introduction longer than a phrase is a bore, one of no bar at all is abrupt where there is time for it.
  if (intro === 0 && count > 3) {
    count -= 1;
    intro = phrase;
  }
  const order = stretched(count + Math.max(0, Math.floor((intro - 1) / phrase)));
  intro = bars - order.length * phrase;
  const sections: Section[] = intro > 0 ? [{ name: "intro", bar: 0, bars: intro, energy: ENERGY.intro, turn: 0 }] : [];
  const turns = new Map<string, number>();
  for (const [index, name] of order.entries()) {
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    const energy = Math.min(1, ENERGY[name] + turn * 0.07);
    sections.push({ name, bar: intro + index * phrase, bars: phrase, energy, turn });
  }
  return sections;
}

/** An order of so many sections, with more of the longest one when there are more than it has. */
function stretched(count: number): readonly Section["name"][] {
  const known = ORDERS[count - 1];
  if (known !== undefined) return known;
  const whole = ORDERS.at(-1) ?? ["A"];
  return [...whole.slice(0, -1), ...stretched(count - whole.length + 1)];
}
