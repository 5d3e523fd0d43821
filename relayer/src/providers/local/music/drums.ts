import type { Random } from "../chat/random.ts";
import type { Played } from "./accompany.ts";
import type { Genre } from "./genres.ts";

/** General MIDI's percussion map. */
const KICK = 36;
const RIM = 37;
const SNARE = 38;
const CLOSED_HAT = 42;
const PEDAL_HAT = 44;
const OPEN_HAT = 46;
const CRASH = 49;
const RIDE = 51;
const TAMBOURINE = 54;
const SHAKER = 82;
const LOW_TOM = 41;
const MIDDLE_TOM = 45;

type Bar = { at: number; beatsPerBar: 3 | 4; energy: number; isFirst: boolean; isLast: boolean; random: Random };

/** Drum kits of the soundfonts by genre, as General MIDI programs. */
export const KITS: Readonly<Record<Genre["drums"], number>> = {
  none: 0,
  brushes: 40,
  beat: 0,
  shaker: 0,
  ensemble: 48,
};

/** A bar of drums; the last of a section leads on. */
export function drumBar(kind: Genre["drums"], bar: Bar): Played[] {
  const { at, beatsPerBar, energy, isFirst, isLast, random } = bar;
  const hit = (pitch: number, place: number, force: number): Played => ({ at: at + place, beats: 0.4, pitch, force });
  const beats = Array.from({ length: beatsPerBar }, (_, beat) => beat);
  const halves = beats.flatMap((beat) => [beat, beat + 0.5]);
  const backbeats = beatsPerBar === 3 ? [1, 2] : [1, 3];
  if (kind === "brushes") {
    const rides = beats.flatMap((beat) =>
      backbeats.includes(beat) ? [hit(RIDE, beat, 0.4), hit(RIDE, beat + 0.5, 0.26)] : [hit(RIDE, beat, 0.34)],
    );
    const kicks = [hit(KICK, 0, 0.3), ...(random.chance(0.3) ? [hit(KICK, 2.5, 0.26)] : [])];
    const fill = isLast ? [hit(SNARE, beatsPerBar - 1, 0.3), hit(SNARE, beatsPerBar - 0.5, 0.34)] : [];
    return [...rides, ...backbeats.map((beat) => hit(PEDAL_HAT, beat, 0.32)), ...kicks, ...fill];
  }
  if (kind === "shaker") {
    const shakes = halves.map((place) => hit(SHAKER, place, place % 1 === 0 ? 0.34 : 0.22));
    const claps = energy > 0.6 ? backbeats.map((beat) => hit(TAMBOURINE, beat, 0.34)) : [];
    const stomps = energy > 0.7 ? [hit(KICK, 0, 0.44), ...(beatsPerBar === 4 ? [hit(KICK, 2, 0.38)] : [])] : [];
    return [...shakes, ...claps, ...stomps];
  }
  if (kind === "ensemble") {
    if (energy < 0.65) return isFirst ? [hit(CRASH, 0, 0.25)] : [];
    const pulse =
      energy > 0.8
        ? [hit(LOW_TOM, 0, 0.62), hit(LOW_TOM, 1.5, 0.42), hit(MIDDLE_TOM, beatsPerBar - 1, 0.48)]
        : [hit(LOW_TOM, 0, 0.5)];
    const roll = isLast
      ? [0, 0.25, 0.5, 0.75].map((place) => hit(SNARE, beatsPerBar - 1 + place, 0.24 + place * 0.3))
      : [];
    return [...pulse, ...roll, ...(isFirst ? [hit(CRASH, 0, 0.5)] : [])];
  }
  // A beat: kick and snare apart, hats between them.
  const isDance = energy > 0.75;
  const kicks = isDance ? beats : beatsPerBar === 3 ? [0] : [0, random.chance(0.5) ? 2.5 : 2];
  const hats = halves.map((place) =>
    hit(
      isDance && place % 1 === 0.5 ? OPEN_HAT : CLOSED_HAT,
      place,
      (place % 1 === 0 ? 0.32 : 0.22) + random.next() * 0.06,
    ),
  );
  const snares = backbeats.map((beat) => hit(energy > 0.45 ? SNARE : RIM, beat, 0.42));
  const ghost = random.chance(0.4) ? [hit(SNARE, beatsPerBar - 0.25, 0.16)] : [];
  return [...kicks.map((place) => hit(KICK, place, 0.56)), ...snares, ...hats, ...ghost];
}
