/** A hash or address short enough for a line: `0x12ab…9f3c`. Both ends stay, since look-alikes match only one. */
export function shorten(hex: string, ends = 4): string {
  return hex.length <= 2 * ends + 3 ? hex : `${hex.slice(0, ends + 2)}…${hex.slice(-ends)}`;
}
