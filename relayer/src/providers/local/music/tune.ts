import type { Random } from "../chat/random.ts";
import {
  type Compass,
  cadence,
  fragment,
  inverted,
  ladder,
  type Motif,
  motif,
  ornamented,
  realize,
  type Tone,
} from "./melody.ts";
import type { Harmony, Section } from "./score.ts";

type Tune = {
  sections: readonly Section[];
  harmonies: readonly Harmony[];
  scale: readonly number[];
  tonic: number;
  beatsPerBar: 3 | 4;
  busy: number;
  compass: Compass;
  random: Random;
};

/**
 * The melody of a piece: two motifs, the second made from the first; each bar of a phrase states, moves, breaks up or
 * rests them; what returns comes back as it was, decorated; the last tone is the tonic, reached by a step.
 */
export function tune({ sections, harmonies, scale, tonic, beatsPerBar, busy, compass, random }: Tune): Tone[] {
  const first = motif(beatsPerBar, busy, random);
  const answer = motif(beatsPerBar, busy * 0.8, random);
  const second = motif(beatsPerBar, Math.min(1, busy + 0.12), random);
  const subjects: Readonly<Record<Section["name"], readonly [Motif, Motif]>> = {
    intro: [first, first],
    A: [first, answer],
    B: [second, inverted(first)],
    C: [inverted(answer), second],
    end: [first, first],
  };
  const centre = (compass.low + compass.high) / 2;
  const tones: Tone[] = [];
  const stated = new Map<string, Tone[]>();
  const last = sections.at(-1);

  for (const section of sections) {
    if (section.name === "intro") continue;
    const [subject, reply] = subjects[section.name];
    const start = section.bar * beatsPerBar;
    const known = stated.get(section.name);
    // What comes back is the same tune, unless its harmonies changed.
    let phrase = known?.map((tone) => ({ ...tone, at: tone.at + start }));
    if (phrase === undefined) {
      const lift = section.name === "B" ? 3 : section.name === "C" ? -2 : 0;
      phrase = [];
      for (let bar = 0; bar < section.bars; bar += 1) {
        const at = start + bar * beatsPerBar;
        const arch = Math.sin(((bar + 0.5) / section.bars) * Math.PI) * 4 - 1;
        // The second bar says the first again from elsewhere: a sequence. The others go on from where the melody is.
        const opening = bar % 4 === 1 ? phrase.at(-subject.length)?.pitch : undefined;
        const from =
          opening === undefined ? (phrase.at(-1)?.pitch ?? centre + lift) : opening + (opening > centre ? -5 : 5);
        phrase.push(
          ...realize(plan(subject, reply, bar, section.bars, beatsPerBar), {
            at,
            harmonies: harmonies.filter((one) => one.at + one.beats > at && one.at < at + beatsPerBar),
            scale,
            compass,
            start: opening === undefined ? (from + centre + lift + arch) / 2 : from,
            energy: section.energy,
          }),
        );
      }
      stated.set(
        section.name,
        phrase.map((tone) => ({ ...tone, at: tone.at - start })),
      );
    }
    phrase = phrase.map((tone) => fit(tone, harmonies, scale, compass, section, beatsPerBar));
    tones.push(...(section.turn > 0 ? ornamented(phrase, scale, random) : phrase));
  }
  return smooth(
    [...tones, ...ending(tones, harmonies, scale, tonic, compass, last)],
    harmonies,
    scale,
    compass,
    beatsPerBar,
  );
}

/** Whether a tone stands where the bar, or its half, begins. */
const isAccented = ({ at }: Tone, beatsPerBar: number) => at % (beatsPerBar === 4 ? 2 : beatsPerBar) === 0;

/** What a bar of a phrase does. */
function plan(subject: Motif, reply: Motif, bar: number, bars: number, beatsPerBar: number): Motif {
  if (bar === bars - 1 && bars > 1) return cadence(subject, beatsPerBar);
  if (bar % 4 === 2) return reply;
  if (bar % 4 === 3) return fragment(reply, beatsPerBar);
  return subject;
}

/** A tone on the harmony that stands there: long and accented ones belong to it. */
function fit(
  tone: Tone,
  harmonies: readonly Harmony[],
  scale: readonly number[],
  compass: Compass,
  section: Section,
  beatsPerBar: number,
): Tone {
  const harmony = harmonies.findLast((one) => one.at <= tone.at + 1e-6);
  if (harmony === undefined) return tone;
  const rungs = ladder(scale, harmony, compass);
  const isLong = tone.beats >= 1.5 || isAccented(tone, beatsPerBar);
  const allowed = isLong ? rungs.filter((pitch) => harmony.pitches.includes(pitch % 12)) : rungs;
  const pitch = allowed.reduce(
    (best, one) => (Math.abs(one - tone.pitch) < Math.abs(best - tone.pitch) ? one : best),
    allowed[0] ?? tone.pitch,
  );
  return { ...tone, pitch, force: tone.force + section.turn * 0.02 };
}

/** The last tone: the tonic nearest to where the melody is, when the last harmony sounds. */
function ending(
  tones: readonly Tone[],
  harmonies: readonly Harmony[],
  scale: readonly number[],
  tonic: number,
  compass: Compass,
  last: Section | undefined,
): Tone[] {
  const final = harmonies.at(-1);
  const before = tones.at(-1);
  if (final === undefined || before === undefined || scale.length === 0) return [];
  const tonics = ladder([tonic], { pitches: [tonic] }, compass);
  const pitch = tonics.reduce(
    (best, one) => (Math.abs(one - before.pitch) < Math.abs(best - before.pitch) ? one : best),
    tonics[0] ?? 60,
  );
  return [{ at: final.at, beats: final.beats, pitch, force: 0.5 + (last?.energy ?? 0.7) * 0.2 }];
}

/**
 * Mends what a singer would stumble over: after a leap of more than a fifth the next tone goes back, no tone is heard
 * more than three times in a row, and the last step into the end is one of the scale.
 */
function smooth(
  tones: readonly Tone[],
  harmonies: readonly Harmony[],
  scale: readonly number[],
  compass: Compass,
  beatsPerBar: number,
): Tone[] {
  const sung: Tone[] = [];
  for (const [index, tone] of tones.entries()) {
    const before = sung.at(-1);
    const earlier = sung.at(-2);
    const harmony = harmonies.findLast((one) => one.at <= tone.at + 1e-6);
    if (before === undefined || harmony === undefined || index === tones.length - 1) {
      sung.push(tone);
      continue;
    }
    const rungs = ladder(scale, harmony, compass);
    const isLong = tone.beats >= 1.5 || isAccented(tone, beatsPerBar);
    const allowed = isLong ? rungs.filter((pitch) => harmony.pitches.includes(pitch % 12)) : rungs;
    const closest = (wanted: number, except?: number) =>
      allowed
        .filter((pitch) => pitch !== except)
        .reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best), tone.pitch);
    let { pitch } = tone;
    const leap = earlier === undefined ? 0 : before.pitch - earlier.pitch;
    if (Math.abs(leap) > 7 && Math.sign(pitch - before.pitch) === Math.sign(leap))
      pitch = closest(before.pitch - Math.sign(leap) * 2);
    if (Math.abs(pitch - before.pitch) > 9) pitch = closest(before.pitch + Math.sign(pitch - before.pitch) * 5);
    const last = tones.at(-1);
    if (index === tones.length - 2 && last !== undefined) {
      const neighbours = rungs.filter((one) => one !== last.pitch && Math.abs(one - last.pitch) <= 2);
      pitch = neighbours.reduce(
        (best, one) => (Math.abs(one - pitch) < Math.abs(best - pitch) ? one : best),
        neighbours[0] ?? pitch,
      );
    } else if (before.pitch === pitch && earlier?.pitch === pitch) {
      const other = rungs.filter(
        (one) => one !== pitch && Math.abs(one - pitch) <= 4 && (!isLong || harmony.pitches.includes(one % 12)),
      );
      pitch = other[index % Math.max(1, other.length)] ?? pitch;
    }
    sung.push({ ...tone, pitch });
  }
  return sung;
}
