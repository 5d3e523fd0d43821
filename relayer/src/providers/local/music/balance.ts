/**
 * How loud the soundfonts' instruments are, in decibels of full scale: a note of each played alone at velocity 80 in
 * three places of its compass, the loudest 400 ms of each, averaged over both orchestras. By General MIDI program.
 */
const LOUDNESS: Readonly<Record<number, number>> = {
  0: -38.5,
  4: -32.4,
  6: -37.9,
  8: -37.3,
  11: -36.1,
  12: -36,
  14: -37.4,
  15: -43.7,
  19: -33.9,
  21: -38.1,
  22: -36.2,
  24: -37.9,
  25: -39,
  26: -34.7,
  32: -30.3,
  33: -31.4,
  40: -33.6,
  41: -33.4,
  42: -31.4,
  43: -34.2,
  46: -35.7,
  48: -35.4,
  49: -34,
  52: -37,
  56: -32.9,
  59: -32.5,
  60: -31.2,
  66: -33.8,
  68: -31.5,
  71: -34.7,
  73: -30.5,
  74: -29.7,
  78: -26.9,
  79: -27,
  88: -34.2,
  89: -37.6,
  91: -31.8,
};

/** What all are brought to: as loud as the quietest ones can be without running out of volume. */
const REFERENCE = -39;
const MOST = 127;

/**
 * MIDI's volume controller for an instrument that is to be heard at `volume`, from 0 to 1, whichever it is. The
 * controller is squared: 40 dB for a factor of 10.
 */
export function volumeOf(program: number, volume: number): number {
  const gain = REFERENCE - (LOUDNESS[program] ?? REFERENCE);
  return Math.min(MOST, Math.max(1, Math.round(MOST * volume * 10 ** (gain / 40))));
}
