/** What roles announced, for who buys. */
export const announcements = {
  "announcements.from": "Prices change on {when} at the earliest:",
  "announcements.due": "Announced prices are due: they can begin to hold any moment, until {until}.",
  "announcements.package": "{credits} credits",
  "announcements.single": "Any amount, for each credit",
  "announcements.month": "A plan of {credits} credits a month",
  "announcements.year": "A plan of {credits} credits a year",
  "announcements.changes": "{what}: {before} → {after}",
  "announcements.begins": "{what}: new, for {price}",
  "announcements.ends": "{what}: not sold any more, now {price}",
  "announcements.until": "Until then today’s prices hold. An announced change can be cancelled.",
} as const;
