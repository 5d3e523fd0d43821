import { index, onchainTable } from "ponder";
import { where } from "./columns.ts";

/** Where operators are paid for single calls by x402, one for each that has one. */
export const operatorReceiver = onchainTable("operator_receiver", (t) => ({
  address: t.hex().primaryKey(),
  operator: t.hex().notNull(),
  payments: t.integer().notNull(),
  received: t.bigint().notNull(), // wei, by payments
  distributed: t.bigint().notNull(), // wei, by lines; what a pass cost is told by its period
  lastPayment: t.text(), // the payment that its next lines are of, in the transaction of
  lastTransaction: t.hex(),
  ...where(t),
}));

/** One payment by x402 that an operator settled. */
export const singlePayment = onchainTable(
  "single_payment",
  (t) => ({
    id: t.text().primaryKey(),
    receiver: t.hex().notNull(),
    operator: t.hex().notNull(),
    payer: t.hex().notNull(),
    nonce: t.hex().notNull(), // of the authorization
    value: t.bigint().notNull(), // wei
    passOf: t.bigint(), // the character that the payer got a lifetime pass of
    ...where(t),
  }),
  (table) => ({
    payerIndex: index().on(table.payer, table.id),
    operatorIndex: index().on(table.operator, table.id),
  }),
);

/** Who earned what of a payment, gross. */
export const singlePaymentLine = onchainTable(
  "single_payment_line",
  (t) => ({
    id: t.text().primaryKey(),
    paymentId: t.text(), // null: of what came in past settling
    receiver: t.hex().notNull(),
    operator: t.hex().notNull(),
    characterId: t.bigint(), // null: the operator itself
    amount: t.bigint().notNull(), // wei
    ...where(t),
  }),
  (table) => ({
    paymentIndex: index().on(table.paymentId),
    characterIndex: index().on(table.characterId, table.id),
  }),
);
