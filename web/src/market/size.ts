const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** How large a file is, in the unit that leaves the fewest digits: 2.4 MB. */
export function sizeText(bytes: number, locale = "en"): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const options = { style: "unit", unit: UNITS[step], unitDisplay: "short", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** step);
}
