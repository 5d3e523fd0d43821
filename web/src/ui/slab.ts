/** Ground behind, face, light edge, cut. */
export type Stone = readonly [ground: string, face: string, light: string, cut: string];

/** Stones to carve from. Muted on purpose: colour is kept for meaning. */
export const STONES: readonly [Stone, ...Stone[]] = [
  ["#d9d0bf", "#efe8da", "#fbf7ee", "#6f6552"],
  ["#c6bba6", "#ddd2bd", "#efe7d7", "#5c5140"],
  ["#b9b4ab", "#d2cdc4", "#e8e4dc", "#514c44"],
  ["#57544e", "#6d6a63", "#8b8880", "#24221f"],
  ["#a9aca5", "#c3c6be", "#dfe2da", "#474a43"],
  ["#3c3a37", "#4d4b47", "#696661", "#171614"],
  ["#c9b3a0", "#dcc8b6", "#eeddce", "#5e4837"],
  ["#8d8a80", "#a5a297", "#c1beb4", "#38362f"],
];

export interface Slab {
  readonly stone: Stone;
  /** Outline of the slab in a square of 96. */
  readonly outline: string;
  /** The carving from the top down, each sign mirrored about the middle: path data of strokes, and how far down. */
  readonly carving: readonly { readonly sign: string; readonly y: number }[];
}

const OUTLINES = [
  "M22 96V44a26 26 0 0 1 52 0v52z",
  "M22 96V38l26-20 26 20v58z",
  "M22 96V24h10v-6h32v6h10v72z",
  "M24 96l-3-58a27 24 0 0 1 54 0l-3 58z",
] as const;

/** Signs, each about 20 high around y = 0 and mirrored about x = 48. */
const SIGNS = [
  "M34 0H62",
  "M36 -5H60M36 5H60",
  "M36 6 48 -6 60 6",
  "M36 -6 48 6 60 -6",
  "M48 -7a7 7 0 1 0 .01 0",
  "M40 -6V6M48 -6V6M56 -6V6",
  "M35 0q13 -13 26 0q-13 13 -26 0M48 -2v4",
  "M34 4 41 -4 48 4 55 -4 62 4",
  "M48 -8V8M40 0H56",
  "M36 -6q0 12 12 12t12 -12",
  "M36 6q0 -12 12 -12t12 12",
  "M42 -6 36 0 42 6M54 -6 60 0 54 6",
  "M36 -6H60V6H36z",
  "M48 -8 58 0 48 8 38 0z",
] as const;

/** FNV-1a over the text, then a xorshift: spreads similar ids far apart. Not for secrets. */
export function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  state ||= 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function pick<T>(from: readonly [T, ...T[]], random: () => number): T {
  return from[Math.floor(random() * from.length)] ?? from[0];
}

/**
 * The slab that stands for an id: the same for the same id, wherever it is drawn.
 * @param id A character's id, an address, anything.
 */
export function slabOf(id: string): Slab {
  const random = randomFrom(id);
  // The first draws of a xorshift are near its seed.
  for (let warm = 0; warm < 8; warm++) random();
  const stone = pick(STONES, random);
  const outline = pick(OUTLINES, random);
  const signs = 2 + Math.floor(random() * 2);
  const spacing = signs === 2 ? 24 : 18;
  const carving = Array.from({ length: signs }, (_, row) => ({
    sign: pick(SIGNS, random),
    y: 60 - ((signs - 1) * spacing) / 2 + row * spacing,
  }));
  return { stone, outline, carving };
}
