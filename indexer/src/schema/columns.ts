import type { PgColumnsBuilders } from "ponder";

/** Where on the chain a row comes from. */
export function where(t: PgColumnsBuilders) {
  return {
    block: t.bigint().notNull(),
    timestamp: t.bigint().notNull(),
    transaction: t.hex().notNull(),
  };
}

/** A character's prices, in microcredits; see `ICharacters.Terms`. */
export function terms(t: PgColumnsBuilders) {
  return {
    lifetime: t.bigint().notNull(),
    monthly: t.bigint().notNull(),
    annual: t.bigint().notNull(),
    perInference: t.bigint().notNull(),
    perUnit: t.bigint().notNull(),
  };
}
