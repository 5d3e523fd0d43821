const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment as date and time of day in the reader's zone. @param seconds Unix time in seconds. */
export function formatMoment(seconds: number, locale = "en"): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(seconds * 1000);
}

/** A moment as a date in the reader's zone. @param seconds Unix time in seconds. */
export function formatDay(seconds: number, locale = "en"): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(seconds * 1000);
}

/** A moment as a date in UTC, the days that the chain counts. @param seconds Unix time in seconds. */
export function formatUtcDay(seconds: number, locale = "en"): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(seconds * 1000);
}

/** A month such as `2026-11` in words. */
export function monthText(month: string, locale = "en"): string {
  const options = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${month}-01T00:00:00Z`));
}

/**
 * How far a moment is from another: "in 3 hours", "2 days ago".
 * @param seconds Unix time in seconds.
 * @param now Unix time in seconds.
 */
export function formatRelative(seconds: number, now: number, locale = "en"): string {
  const away = seconds - now;
  const size = Math.abs(away);
  const intl = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (size < MINUTE) return intl.format(Math.round(away), "second");
  if (size < HOUR) return intl.format(Math.round(away / MINUTE), "minute");
  if (size < DAY) return intl.format(Math.round(away / HOUR), "hour");
  return intl.format(Math.round(away / DAY), "day");
}
