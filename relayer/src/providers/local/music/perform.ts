import { createRandom, type Random } from "../chat/random.ts";
import type { Note, Players, Score } from "./score.ts";

/** Something for the synthesizer to do at a time in seconds. Velocities and controllers are MIDI's, 0 to 127. */
export type Event =
  | { at: number; kind: "on"; part: number; pitch: number; velocity: number }
  | { at: number; kind: "off"; part: number; pitch: number }
  | { at: number; kind: "expression"; part: number; value: number };

/** How much slower the last bar gets. */
const SLOWING = 0.22;

/**
 * Plays a score as people do: off-beats swing, notes fall a few milliseconds beside the beat, phrases swell and sink,
 * accents are louder, and the last bar broadens into the end. The last harmony begins so that it has all its ring.
 */
export function perform(score: Score, loose: number, seed: number, players: Players): Event[] {
  const random = createRandom(seed ^ 0x51ed270b);
  const clock = clockOf(score);
  const events: Event[] = [];
  const busyUntil = new Map<string, number>();
  for (const note of score.notes) {
    const part = score.parts[note.part];
    // Chance is drawn for every note, so that those who play at every quality play alike.
    const early = gaussian(random);
    const loud = gaussian(random);
    if (part === undefined || part.from > players) continue;
    const spread = part.role === "drums" || part.role === "bass" ? loose * 0.45 : loose;
    const start = Math.max(0, clock(swung(note.at, score.swing)) + (early * spread) / 1_000);
    const stop = clock(note.at + note.beats * (part.isSustained ? 0.98 : 0.94));
    const key = `${note.part}:${note.pitch}`;
    const velocity = Math.round(Math.min(1, Math.max(0.08, note.force * shape(score, note) * (1 + loud * 0.05))) * 127);
    // One key cannot be pressed twice: what still sounds is let go first.
    const held = busyUntil.get(key);
    if (held !== undefined && held > start)
      events.push({ at: Math.max(0, start - 0.004), kind: "off", part: note.part, pitch: note.pitch });
    const end = Math.max(start + 0.06, stop);
    busyUntil.set(key, end);
    events.push({ at: start, kind: "on", part: note.part, pitch: note.pitch, velocity });
    events.push({ at: end, kind: "off", part: note.part, pitch: note.pitch });
  }
  events.push(...swells(score, clock, players));
  const order = { off: 0, expression: 1, on: 2 };
  return events.sort((one, other) => one.at - other.at || order[one.kind] - order[other.kind] || one.part - other.part);
}

/** Seconds of a beat: even until the last bar, which broadens; all of it fits the tempo's own length. */
function clockOf({ bars, beatsPerBar, tempo }: Score): (beat: number) => number {
  const end = bars * beatsPerBar;
  const from = bars > 2 ? end - beatsPerBar : end;
  const raw = (beat: number) => {
    if (beat <= from) return beat;
    const into = Math.min(beat, end) - from;
    const slow = from === end ? 0 : (SLOWING * into * into) / (2 * (end - from));
    return beat + slow;
  };
  const scale = (end * 60) / tempo / raw(end);
  return (beat) => (beat <= end ? raw(beat) * scale : raw(end) * scale + ((beat - end) * 60) / tempo);
}

/** A beat whose second half comes later, as its swing has it. */
function swung(at: number, swing: number): number {
  const beat = Math.floor(at + 1e-9);
  const within = at - beat;
  return beat + (within < 0.5 ? within * 2 * swing : swing + (within - 0.5) * 2 * (1 - swing));
}

/** How loud a note is for where it stands: its section, the arch of its phrase, and the weight of its beat. */
function shape(score: Score, { at }: Note): number {
  const bar = at / score.beatsPerBar;
  const section = score.sections.findLast((one) => one.bar <= bar + 1e-6);
  if (section === undefined) return 0.9;
  const arch = Math.sin(Math.min(1, Math.max(0, (bar - section.bar) / section.bars)) * Math.PI) * 0.1;
  const beat = at % score.beatsPerBar;
  const weight = beat === 0 ? 0.06 : Number.isInteger(beat) ? 0 : -0.05;
  return 0.72 + section.energy * 0.25 + arch + weight;
}

/** What holds its tone swells with the phrase, twice a beat. */
function swells(score: Score, clock: (beat: number) => number, players: Players): Event[] {
  const beats = score.bars * score.beatsPerBar + 1;
  return score.parts.flatMap((part, index) =>
    part.isSustained && part.from <= players
      ? Array.from({ length: beats * 2 }, (_, half): Event => {
          const at = half / 2;
          const value = shape(score, { part: index, at: at + 0.01, beats: 0, pitch: 0, force: 0 });
          return { at: clock(at), kind: "expression", part: index, value: Math.round(Math.min(127, 58 + value * 62)) };
        })
      : [],
  );
}

/** A number around 0 as nature scatters them, within 2.4. */
const gaussian = (random: Random): number => (random.next() + random.next() + random.next() + random.next() - 2) * 1.2;
