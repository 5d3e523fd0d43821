/** Loudness for `count` bars: of each stretch the loudest, never nothing, so that silence is seen as a line. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return Array.from({ length: count }, () => 4);
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    return Math.max(4, ...peaks.slice(from, to));
  });
}

/** Seconds as a clock reads them: `0:07`, `12:30`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Where a key leads on a piece of so many seconds; undefined for a key that leads nowhere. */
export function stepFor(key: string, position: number, seconds: number): number | undefined {
  const small = seconds < 20 ? 1 : 5;
  const steps: Record<string, number> = {
    ArrowRight: position + small,
    ArrowUp: position + small,
    ArrowLeft: position - small,
    ArrowDown: position - small,
    PageUp: position + 4 * small,
    PageDown: position - 4 * small,
    Home: 0,
    End: seconds,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.min(seconds, Math.max(0, to));
}
