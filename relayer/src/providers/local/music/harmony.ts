import { Chord, Note, RomanNumeral, Scale } from "tonal";
import type { Random } from "../chat/random.ts";
import type { GenreName } from "./genres.ts";
import type { Harmony, Mode } from "./score.ts";

/** Harmonies of a phrase in Roman numerals, for the song's first subject and for its second. */
type Book = Readonly<{ first: readonly string[]; second: readonly string[]; leading: string }>;

const BOOKS: Readonly<Record<Mode, Book>> = {
  major: {
    first: ["I V VIm IV", "I VIm IV V", "I IIIm IV V", "I IV IIm V", "I IV VIm V"],
    second: ["VIm IV I V", "IV V IIIm VIm", "IIm V IIIm VIm", "IV I IIm V"],
    leading: "V",
  },
  minor: {
    first: ["Im bVI bIII bVII", "Im IVm bVI V", "Im bVII bVI V", "Im IVm Im V", "Im bIII bVII IVm"],
    second: ["bVI bVII Im IVm", "IVm bVII bIII bVI", "bIII bVII IVm V", "bVI bIII IVm V"],
    leading: "V",
  },
  dorian: {
    first: ["Im IV Im bVII", "Im bIII IV Im", "Im IIm bIII IV", "Im bVII IV Im"],
    second: ["bIII bVII Im IV", "IV Im bVII IV", "bIII IV Im bVII"],
    leading: "bVII",
  },
  lydian: {
    first: ["I II VIIm I", "I V II I", "I II VIm V", "I IIIm II V"],
    second: ["VIm II V I", "IIIm II VIm V", "VIIm II IIIm V"],
    leading: "II",
  },
  mixolydian: {
    first: ["I bVII IV I", "I IV bVII IV", "I Vm bVII IV", "I bVII IIm IV"],
    second: ["IIm IV bVII I", "VIm bVII IV I", "IV bVII I Vm"],
    leading: "bVII",
  },
};

/** Where a genre has harmonies of its own for a mode. */
const OWN: Partial<Record<GenreName, Partial<Record<Mode, Omit<Book, "leading">>>>> = {
  jazz: {
    major: {
      first: ["I VIm IIm V", "IIm V I VIm", "IIIm VIm IIm V", "I IV IIIm VIm IIm V I V"],
      second: ["IV IIm IIIm VIm", "VIm IIm V I", "IIIm VIm IV V"],
    },
    minor: { first: ["Im IVm IIo V", "Im bVI IIo V", "IIo V Im bVI"], second: ["IVm bVII bIII bVI", "bVI IVm IIo V"] },
  },
  baroque: {
    major: {
      first: ["I V VIm IIIm IV I IV V", "I IV VIIo IIIm VIm IIm V I", "I IV V I"],
      second: ["VIm IIm V I IV VIIo IIIm VIm", "IIm V I VIm", "VIm IIIm IV V"],
    },
    minor: {
      first: ["Im IVm bVII bIII bVI IIo V Im", "Im V Im IVm", "Im bVII bVI V"],
      second: ["bIII bVII IVm V", "IVm bVII bIII bVI IIo V Im V", "bVI IVm IIo V"],
    },
  },
};

/** Pitch classes of a scale from its tonic up, 0 is C. */
export const scaleOf = (tonic: string, mode: Mode): number[] =>
  Scale.get(`${tonic} ${mode}`).notes.map((name) => Note.chroma(name) ?? 0);

/** The harmony that a Roman numeral stands for; a seventh is the scale's own. */
export function chordOf(
  numeral: string,
  tonic: string,
  mode: Mode,
  hasSeventh: boolean,
): Pick<Harmony, "symbol" | "pitches"> {
  const [, degree = "I", kind = ""] = /^([b#]?[IV]+)(.*)$/.exec(numeral) ?? [];
  const root = Note.transpose(tonic, RomanNumeral.get(degree).interval ?? "1P");
  const chroma = Note.chroma(root) ?? 0;
  const hasMinorSeventh = scaleOf(tonic, mode).includes((chroma + 10) % 12);
  const plain = { "": "M", m: "m", o: "dim" }[kind] ?? "M";
  const seventh = { "": hasMinorSeventh ? "7" : "maj7", m: "m7", o: "m7b5" }[kind] ?? "7";
  const { symbol, notes } = Chord.getChord(hasSeventh ? seventh : plain, root);
  return { symbol, pitches: notes.map((name) => Note.chroma(name) ?? 0) };
}

/** Progressions for one piece: what its sections are built on. */
export type Progressions = { first: readonly string[]; second: readonly string[]; leading: string; tonic: string };

export function progressionsOf(genre: GenreName, mode: Mode, random: Random): Progressions {
  const book = { ...BOOKS[mode], ...OWN[genre]?.[mode] };
  const pick = (from: readonly string[]) => (from[random.below(from.length)] ?? "I").split(" ");
  return {
    first: pick(book.first),
    second: pick(book.second),
    leading: book.leading,
    tonic: mode === "minor" || mode === "dorian" ? "Im" : "I",
  };
}

/**
 * A progression over so many bars: repeated when they are many, thinned from the middle when they are few, a harmony
 * never shorter than half a bar of four or a bar of three. `last` replaces the end, to lead on or to close.
 */
export function spread(
  progression: readonly string[],
  bars: number,
  beatsPerBar: 3 | 4,
  last?: string,
): { numeral: string; beats: number }[] {
  const most = beatsPerBar === 4 ? bars * 2 : bars;
  const half = Math.ceil(most / 2);
  let fitted =
    progression.length > most
      ? [...progression.slice(0, half), ...progression.slice(progression.length - (most - half))]
      : [...progression];
  while (fitted.length * 2 <= bars) fitted = [...fitted, ...fitted];
  if (last !== undefined && fitted.length > 1) fitted[fitted.length - 1] = last;
  return fitted.map((numeral) => ({ numeral, beats: (bars * beatsPerBar) / fitted.length }));
}
