/** Hundredths of a star as people write them: 4.6. */
export function starsText(hundredths: number, locale = "en"): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(hundredths / 100);
}

/** How wide a bar of the histogram is, in percent of the longest. */
export function shareOf(count: number, histogram: readonly number[]): number {
  const most = Math.max(...histogram, 0);
  return most === 0 ? 0 : Math.round((count / most) * 100);
}
