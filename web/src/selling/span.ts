/**
 * How long something still takes, in its two largest units: "5 d 3 h", "3 h 20 min", "2 min", "40 s".
 * @param seconds Less than nothing is nothing.
 */
export function formatSpan(seconds: bigint, locale = "en"): string {
  const left = Number(seconds < 0n ? 0n : seconds);
  const [days, hours, minutes] = [Math.floor(left / 86_400), Math.floor(left / 3_600) % 24, Math.floor(left / 60) % 60];
  const text = (value: number, unit: "day" | "hour" | "minute" | "second") =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
  if (days > 0) return [text(days, "day"), ...(hours > 0 ? [text(hours, "hour")] : [])].join(" ");
  if (hours > 0) return [text(hours, "hour"), ...(minutes > 0 ? [text(minutes, "minute")] : [])].join(" ");
  return minutes > 0 ? text(minutes, "minute") : text(left % 60, "second");
}
