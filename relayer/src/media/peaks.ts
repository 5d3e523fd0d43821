/** How many values a waveform has at most. */
export const MAX_PEAKS = 256;

/** Below this, in decibels of full scale, a waveform is flat. */
const FLOOR_DB = -48;

/**
 * A waveform from the amplitudes of consecutive equal stretches, each from 0 to 1 (full scale): at most
 * {@link MAX_PEAKS} values from 0 to 100, linear in decibels, for the ear is.
 */
export function peaksOf(amplitudes: ArrayLike<number>): number[] {
  const count = Math.min(MAX_PEAKS, amplitudes.length);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * amplitudes.length) / count);
    const to = Math.floor(((index + 1) * amplitudes.length) / count);
    let loudest = 0;
    for (let at = from; at < to; at += 1) loudest = Math.max(loudest, amplitudes[at] ?? 0);
    const decibels = 20 * Math.log10(loudest);
    return Math.round(Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB)) * 100);
  });
}
