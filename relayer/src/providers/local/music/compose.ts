import { Note as Names } from "tonal";
import { BASSES, CHORDS, type Moment, type Played } from "./accompany.ts";
import type { Brief } from "./brief.ts";
import { drumBar, KITS } from "./drums.ts";
import { extent, sectionsOf } from "./form.ts";
import { GENRES, type Genre } from "./genres.ts";
import { chordOf, type Progressions, progressionsOf, scaleOf, spread } from "./harmony.ts";
import type { Compass, Tone } from "./melody.ts";
import type { Harmony, Note, Part, Score, Section } from "./score.ts";
import { tune } from "./tune.ts";
import { voiced } from "./voicing.ts";

/** Where instruments are at their best, by General MIDI program; the others have the middle. */
const COMPASSES: Readonly<Record<number, Compass>> = {
  0: { low: 62, high: 86 },
  8: { low: 67, high: 91 },
  11: { low: 60, high: 82 },
  19: { low: 60, high: 81 },
  21: { low: 60, high: 82 },
  22: { low: 60, high: 79 },
  24: { low: 57, high: 77 },
  26: { low: 55, high: 76 },
  40: { low: 62, high: 86 },
  42: { low: 48, high: 69 },
  46: { low: 60, high: 84 },
  48: { low: 60, high: 84 },
  52: { low: 58, high: 77 },
  56: { low: 58, high: 79 },
  59: { low: 58, high: 78 },
  60: { low: 52, high: 72 },
  66: { low: 52, high: 72 },
  68: { low: 62, high: 84 },
  71: { low: 56, high: 82 },
  73: { low: 64, high: 88 },
  74: { low: 67, high: 88 },
  78: { low: 69, high: 88 },
  79: { low: 62, high: 82 },
};
const MIDDLE: Compass = { low: 60, high: 82 };

/** Programs that hold their tone: strings, winds, voices, organs, pads. */
const isSustained = (program: number) =>
  (program >= 16 && program <= 23) || (program >= 40 && program <= 44) || (program >= 48 && program <= 97);

/** Writes a piece of exactly so many seconds. */
export function compose(brief: Brief, seconds: number): Score {
  const genre = GENRES[brief.genre];
  const { beatsPerBar, random } = brief;
  const { bars, tempo, ring } = extent(seconds, brief.tempo, beatsPerBar, genre.ring);
  const sections = sectionsOf(bars);
  const progressions = progressionsOf(brief.genre, brief.mode, random);
  const harmonies = harmonize(sections, progressions, brief, (ring * tempo) / 60, bars * beatsPerBar);
  const scale = scaleOf(brief.tonic, brief.mode);
  const tonic = Names.chroma(brief.tonic) ?? 0;

  const lead = brief.lead ?? genre.leads[random.below(genre.leads.length)] ?? 0;
  const compass = COMPASSES[lead] ?? MIDDLE;
  const busy = Math.min(1, Math.max(0, genre.busy + (brief.energy - genre.energy) * 0.8));
  const melody = tune({ sections, harmonies, scale, tonic, beatsPerBar, busy, compass, random });
  const band = bandOf(genre, lead, brief, random.below(8));
  const context = { sections, harmonies, melody, band, brief, genre, bars };
  const notes = band.flatMap((part, index) => play(part, context).map((note) => ({ ...note, part: index })));
  return {
    tonic: brief.tonic,
    mode: brief.mode,
    tempo,
    beatsPerBar,
    bars,
    ring,
    swing: genre.swing,
    sections,
    harmonies,
    parts: band,
    notes: notes.sort((one, other) => one.at - other.at || one.part - other.part || one.pitch - other.pitch),
  };
}

/** The harmonies of all sections and of the end, with their voices. */
function harmonize(
  sections: readonly Section[],
  book: Progressions,
  brief: Brief,
  ringBeats: number,
  end: number,
): Harmony[] {
  const { hasSevenths } = GENRES[brief.genre];
  const bare: Omit<Harmony, "voicing" | "bass">[] = [];
  for (const [index, section] of sections.entries()) {
    const numerals =
      section.name === "B" ? book.second : section.name === "C" ? [...book.second].reverse() : book.first;
    const isLast = index === sections.length - 1;
    // A last phrase leads home; the same subject twice asks the first time and answers the second.
    const leads = isLast || section.name === "intro" || sections[index + 1]?.name === "A";
    let at = section.bar * brief.beatsPerBar;
    for (const { numeral, beats } of spread(
      numerals,
      section.bars,
      brief.beatsPerBar,
      leads ? book.leading : undefined,
    )) {
      bare.push({ at, beats, ...chordOf(numeral, brief.tonic, brief.mode, hasSevenths) });
      at += beats;
    }
  }
  const hasColour = hasSevenths && brief.genre !== "ambient";
  bare.push({ at: end, beats: ringBeats, ...chordOf(book.tonic, brief.tonic, brief.mode, hasColour) });
  return voiced(bare);
}

/** Who plays: the lead, what accompanies it, and from Standard and High on those who answer and double it. */
function bandOf(genre: Genre, lead: number, { hasDrums, genre: name }: Brief, choice: number): Part[] {
  const from = <T>(list: readonly T[], fallback: T): T => list[choice % list.length] ?? fallback;
  const part = (role: Part["role"], program: number, volume: number, pan: number, level: Part["from"] = 0): Part => ({
    role,
    program,
    volume,
    pan,
    reverb: role === "bass" || role === "drums" ? genre.reverb * 0.4 : genre.reverb,
    isSustained: isSustained(program),
    from: level,
  });
  const drums = genre.drums === "none" ? "shaker" : genre.drums;
  return [
    part("melody", lead, 0.92, 0.08),
    part("chords", from(genre.chords, 0), name === "cinematic" ? 0.66 : 0.68, -0.25),
    ...(genre.pad === undefined ? [] : [part("pad", genre.pad, 0.5, 0.2)]),
    ...(genre.bass === undefined ? [] : [part("bass", genre.bass, 0.78, 0)]),
    ...(hasDrums ? [part("drums", KITS[drums], 0.72, 0)] : []),
    part(
      "counter",
      from(
        genre.counters.filter((other) => other !== lead || lead === 0),
        48,
      ),
      0.56,
      0.42,
      1,
    ),
    ...(genre.bells === undefined ? [] : [part("bells", genre.bells, 0.42, -0.5, 1)]),
    part("second", lead, 0.56, -0.12, 3),
    ...(genre.doubles === undefined ? [] : [part("double", genre.doubles, 0.4, -0.4, 2)]),
  ];
}

type Context = {
  sections: readonly Section[];
  harmonies: readonly Harmony[];
  melody: readonly Tone[];
  brief: Brief;
  genre: Genre;
  bars: number;
};

/** What a part plays from the first bar to the last harmony. */
function play(part: Part, { sections, harmonies, melody, brief, genre, bars }: Context): Omit<Note, "part">[] {
  const { beatsPerBar, random } = brief;
  const end = bars * beatsPerBar;
  const energyAt = (at: number) => (sectionAt(sections, at / beatsPerBar)?.energy ?? 0.7) * (0.55 + brief.energy * 0.6);
  const isIn = (at: number, names: readonly Section["name"][]) =>
    names.includes(sectionAt(sections, at / beatsPerBar)?.name ?? "end");
  const final = harmonies.at(-1);
  const held = (pitches: readonly number[], force: number): Played[] =>
    final === undefined
      ? []
      : pitches.map((pitch, voice) => ({ at: end + voice * 0.05, beats: final.beats, pitch, force }));
  const each = (make: (moment: Moment) => Played[]) =>
    harmonies.flatMap((harmony, index) =>
      harmony.at >= end
        ? []
        : make({ harmony, next: harmonies[index + 1], beatsPerBar, energy: energyAt(harmony.at), random }),
    );

  switch (part.role) {
    case "melody":
      return [...melody];
    case "chords":
      return [...each(CHORDS[genre.pattern]), ...held(final?.voicing ?? [], 0.42)];
    case "pad":
      return [...each(({ harmony }) => legato(harmony)), ...held(final?.voicing ?? [], 0.4)];
    case "bass":
      return [...each(BASSES[genre.pattern]), ...held([final?.bass ?? 36], 0.5)];
    case "counter":
      return [
        ...counterLine(harmonies, end).filter(({ at }) => isIn(at, ["B", "C"]) || returns(sections, at / beatsPerBar)),
        ...held([final?.voicing[1] ?? 64], 0.36),
      ];
    case "double":
      return melody
        .filter(({ at, beats }) => beats >= 1 && (at >= end || returns(sections, at / beatsPerBar)))
        .map((tone) => ({ ...tone, pitch: tone.pitch - 12, force: tone.force * 0.8 }));
    case "second":
      return melody
        .filter(({ at }) => at >= end || returns(sections, at / beatsPerBar))
        .map((tone) => below(tone, harmonies));
    case "bells":
      return sections.flatMap(({ bar, name }) => {
        const harmony = harmonies.findLast((one) => one.at <= bar * beatsPerBar);
        if (harmony === undefined || name === "intro") return [];
        return [{ at: bar * beatsPerBar, beats: 4, pitch: (harmony.voicing.at(-1) ?? 72) + 12, force: 0.34 }];
      });
    default:
      return drumsOf(sections, genre, beatsPerBar, energyAt, random, end);
  }
}

const sectionAt = (sections: readonly Section[], bar: number) =>
  sections.findLast((section) => section.bar <= bar + 1e-6);

/** Whether what is played at that bar was heard before. */
const returns = (sections: readonly Section[], bar: number) => (sectionAt(sections, bar)?.turn ?? 0) > 0;

/** All voices of a harmony for as long as it stands, a breath apart from the next. */
const legato = ({ at, beats, voicing }: Harmony): Played[] =>
  voicing.map((pitch) => ({ at, beats: beats * 0.98, pitch, force: 0.4 }));

/** A tone that goes with one of the melody: the next one of its harmony that is a third or more under it. */
function below(tone: Tone, harmonies: readonly Harmony[]): Tone {
  const pitches = harmonies.findLast(({ at }) => at <= tone.at + 1e-6)?.pitches ?? [];
  const fall = [3, 4, 5, 6, 7, 8, 9].find((step) => pitches.includes((tone.pitch - step) % 12)) ?? 12;
  return { ...tone, pitch: tone.pitch - fall, force: tone.force * 0.85 };
}

/** A second line: at each harmony the third or seventh that is nearest to where the line was (guide tones). */
function counterLine(harmonies: readonly Harmony[], end: number): Played[] {
  let before = 62;
  return harmonies
    .filter(({ at }) => at < end)
    .map(({ at, beats, pitches }) => {
      const guides = [pitches[1] ?? 0, pitches[3] ?? pitches[2] ?? 0].flatMap((pitch) =>
        [48, 60, 72].map((octave) => octave + pitch),
      );
      const pitch = guides
        .filter((one) => one >= 52 && one <= 72)
        .reduce((best, one) => (Math.abs(one - before) < Math.abs(best - before) ? one : best), guides[1] ?? 62);
      before = pitch;
      return { at, beats: beats * 0.95, pitch, force: 0.4 };
    });
}

function drumsOf(
  sections: readonly Section[],
  genre: Genre,
  beatsPerBar: 3 | 4,
  energyAt: (at: number) => number,
  random: Brief["random"],
  end: number,
): Played[] {
  const kind = genre.drums === "none" ? "shaker" : genre.drums;
  const bars = sections.flatMap((section) =>
    section.name === "intro" && sections.length > 1
      ? []
      : Array.from({ length: section.bars }, (_, bar) => ({
          at: (section.bar + bar) * beatsPerBar,
          isFirst: bar === 0,
          isLast: bar === section.bars - 1,
        })),
  );
  const last: Played = { at: end, beats: 1, pitch: kind === "shaker" ? 54 : 49, force: 0.32 };
  return [...bars.flatMap((bar) => drumBar(kind, { ...bar, beatsPerBar, energy: energyAt(bar.at), random })), last];
}
