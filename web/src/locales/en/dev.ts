/** The bar of a local chain that moves its time. */
export const dev = {
  "dev.title": "Developer bar",
  "dev.chain": "Local chain",
  "dev.open": "Move time",
  "dev.close": "Fold up",
  "dev.lead": "Moves this chain’s clock ahead for everyone on it. It cannot go back.",
  "dev.hour": "1 hour ahead",
  "dev.day": "1 day ahead",
  "dev.month": "30 days ahead",
  "dev.year": "1 year ahead",
  "dev.moving": "Moving time",
} as const;
