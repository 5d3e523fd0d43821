import { PLANS } from "@stelai/sdk";
import { index, onchainEnum, onchainTable, primaryKey } from "ponder";
import { where } from "./columns.ts";

export const passPlan = onchainEnum("pass_plan", PLANS);

/** An account's pass of a character, from its first purchase on; it gives access while `lifetime` or before `until`. */
export const passHolder = onchainTable(
  "pass_holder",
  (t) => ({
    characterId: t.bigint().notNull(),
    account: t.hex().notNull(),
    id: t.text().notNull(), // of the event that it began with
    lifetime: t.boolean().notNull(),
    until: t.bigint().notNull(), // end of the last period; zero: there never was one
    renewalPlan: passPlan().notNull(),
    mandate: t.bigint().notNull(), // micro, the most a renewal may cost; zero: it does not renew
    lastPlan: passPlan(), // of the last month or year; null: never one
    since: t.bigint().notNull(),
    periods: t.integer().notNull(), // its rows of pass_period
    paid: t.bigint().notNull(), // micro, by whomever
    refunded: t.bigint().notNull(), // micro
    gifted: t.boolean().notNull(), // some of it was paid by another account
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.characterId, table.account] }),
    accountIndex: index().on(table.account, table.id),
    characterIndex: index().on(table.characterId, table.id),
  }),
);

/** What was bought, renewed or given: a month, a year or a lifetime. `number` counts those of a holder from 1. */
export const passPeriod = onchainTable(
  "pass_period",
  (t) => ({
    characterId: t.bigint().notNull(),
    account: t.hex().notNull(),
    number: t.integer().notNull(),
    id: t.text().notNull(),
    payer: t.hex().notNull(),
    plan: passPlan().notNull(),
    price: t.bigint().notNull(), // micro
    monthly: t.bigint().notNull(), // micro, what an early end of a year is priced with
    start: t.bigint().notNull(),
    until: t.bigint().notNull(), // as it was paid for; zero of a lifetime
    renewal: t.boolean().notNull(),
    cancelledAt: t.bigint(), // when its holder ended it early
    refunded: t.bigint().notNull(), // micro
    kept: t.bigint().notNull(), // micro, vested at once by the early end
    ...where(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.characterId, table.account, table.number] }),
    payerIndex: index().on(table.payer, table.id),
    accountIndex: index().on(table.account, table.id),
    characterIndex: index().on(table.characterId, table.id),
  }),
);

/** An early end of all that a holder had paid for. */
export const passCancellation = onchainTable(
  "pass_cancellation",
  (t) => ({
    id: t.text().primaryKey(),
    characterId: t.bigint().notNull(),
    account: t.hex().notNull(),
    refund: t.bigint().notNull(), // micro
    kept: t.bigint().notNull(), // micro
    ...where(t),
  }),
  (table) => ({
    accountIndex: index().on(table.account, table.id),
    characterIndex: index().on(table.characterId, table.id),
  }),
);

/**
 * What passes earn a character, as the contract books it (contracts/libraries/Vesting.sol): on a day vests `atOnce`
 * and the sum of `rateChange` of all days until it. Rows lie ahead of today, where the periods that stand end.
 */
export const vestingDay = onchainTable(
  "vesting_day",
  (t) => ({
    characterId: t.bigint().notNull(),
    day: t.integer().notNull(),
    rateChange: t.bigint().notNull(), // micro a day
    atOnce: t.bigint().notNull(), // micro
  }),
  (table) => ({ pk: primaryKey({ columns: [table.characterId, table.day] }) }),
);

/** What vested and went from CharacterAccess to Payouts. */
export const harvest = onchainTable(
  "harvest",
  (t) => ({
    id: t.text().primaryKey(),
    characterId: t.bigint().notNull(),
    amount: t.bigint().notNull(), // micro
    through: t.integer().notNull(), // the last day of it
    ...where(t),
  }),
  (table) => ({ characterIndex: index().on(table.characterId, table.id) }),
);
