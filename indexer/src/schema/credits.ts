import { index, onchainEnum, onchainTable } from "ponder";
import { where } from "./columns.ts";

export const feeAsset = onchainEnum("fee_asset", ["Reserve", "Stelai"]);

/** Every entry that ever stood in the price table. */
export const creditPackage = onchainTable(
  "credit_package",
  (t) => ({
    id: t.bigint().primaryKey(),
    credits: t.bigint().notNull(), // wei
    price: t.bigint().notNull(), // reserve
    current: t.boolean().notNull(),
    since: t.bigint().notNull(),
    until: t.bigint(),
  }),
  (table) => ({ currentIndex: index().on(table.current) }),
);

export const account = onchainTable("account", (t) => ({
  address: t.hex().primaryKey(),
  balance: t.bigint().notNull(), // wei
  creditsBought: t.bigint().notNull(), // wei, received from purchases
  spent: t.bigint().notNull(), // micro, settled from their tabs
  passesPaid: t.bigint().notNull(), // micro, for themselves and as gifts
  passesRefunded: t.bigint().notNull(), // micro, of the passes they held
  licencesPaid: t.bigint().notNull(), // micro, for themselves and others
  licencesRefunded: t.bigint().notNull(), // micro, of what they had paid, to whomever
  inferences: t.bigint().notNull(), // by characters they paid
  characters: t.integer().notNull(), // published by them
  works: t.integer().notNull(), // made by them
}));

export const purchase = onchainTable(
  "purchase",
  (t) => ({
    id: t.text().primaryKey(),
    payer: t.hex().notNull(),
    recipient: t.hex().notNull(),
    referrer: t.hex().notNull(), // the zero address: none
    packageId: t.bigint().notNull(),
    quantity: t.bigint().notNull(),
    credits: t.bigint().notNull(), // wei
    price: t.bigint().notNull(), // reserve
    ...where(t),
  }),
  (table) => ({ payerIndex: index().on(table.payer, table.id), recipientIndex: index().on(table.recipient, table.id) }),
);

/** A claim redeemed in the same call shows here with Payouts as the account. */
export const redemption = onchainTable(
  "redemption",
  (t) => ({
    id: t.text().primaryKey(),
    account: t.hex().notNull(),
    recipient: t.hex().notNull(),
    credits: t.bigint().notNull(), // wei
    paid: t.bigint().notNull(), // reserve
    ...where(t),
  }),
  (table) => ({ accountIndex: index().on(table.account, table.id) }),
);

export const sponsorFee = onchainTable(
  "sponsor_fee",
  (t) => ({
    id: t.text().primaryKey(),
    payer: t.hex().notNull(),
    recipient: t.hex().notNull(),
    asset: feeAsset().notNull(),
    fee: t.bigint().notNull(), // reserve or wei, by asset
    ...where(t),
  }),
  (table) => ({ payerIndex: index().on(table.payer, table.id), recipientIndex: index().on(table.recipient, table.id) }),
);

export const surplusSweep = onchainTable("surplus_sweep", (t) => ({
  id: t.text().primaryKey(),
  treasury: t.hex().notNull(),
  amount: t.bigint().notNull(), // reserve
  ...where(t),
}));
