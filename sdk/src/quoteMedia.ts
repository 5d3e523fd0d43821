import { type Cost, type MeteredPrices, type Modality, type Quality, quoteUp } from "./pricing.ts";

/** What makes a generation large: what of it counts is its modality's. */
export type MediaExtent = {
  /** Image: pixels, `1024x768`. */
  size?: string | undefined;
  /** Video, Music. */
  seconds?: number | undefined;
  /** Voice: the text to speak. */
  text?: string | undefined;
};

const SIZE = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/;

/** Width and height of a size such as `1024x768`; each side is at least a pixel. @throws RangeError */
export function sizeOf(size: string): { width: number; height: number } {
  const found = SIZE.exec(size);
  if (!found) throw new RangeError(`${size} is no size such as 1024x768`);
  return { width: Number(found[1]), height: Number(found[2]) };
}

/** Milliunits of an image of so many pixels, rounded up. */
export function imageMilliunits({ width, height }: { width: number; height: number }): bigint {
  return (BigInt(width) * BigInt(height) + 999n) / 1_000n;
}

/** Unicode code points of a text: what a voice counts. */
export function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * How extensive a generation is, in milliunits, rounded up (DESIGN sections 1 and 6): an image's megapixels, a video's
 * and a piece of music's seconds, a voiceover's thousands of characters.
 * @throws RangeError when what its modality counts is missing, or the modality is Chat.
 */
export function mediaMilliunits(modality: Modality, { size, seconds, text }: MediaExtent): bigint {
  if (modality === "Image" && size !== undefined) return imageMilliunits(sizeOf(size));
  if ((modality === "Video" || modality === "Music") && seconds !== undefined)
    return BigInt(Math.ceil(seconds * 1_000));
  if (modality === "Voice" && text !== undefined) return BigInt(charactersIn(text));
  throw new RangeError(`nothing says how extensive this ${modality.toLowerCase()} is`);
}

/** What a generation costs, and for how many milliunits. */
export type MediaQuote = Cost & { milliunits: bigint };

/**
 * What a generation costs, in microcredits: what a "Generate · 4.2" button shows and what `maxCost` is. Less only when
 * less was delivered.
 *
 * @example
 * ```ts
 * quoteMedia({ modality: "Image", terms, feePerUnit, quality: "High", size: "1024x1024" }).total;
 * ```
 */
export function quoteMedia({
  modality,
  terms,
  feePerUnit,
  quality,
  ...extent
}: MediaExtent & { modality: Modality; terms: MeteredPrices; feePerUnit: bigint; quality: Quality }): MediaQuote {
  const milliunits = mediaMilliunits(modality, extent);
  return { ...quoteUp(terms, feePerUnit, { milliunits, quality }), milliunits };
}
