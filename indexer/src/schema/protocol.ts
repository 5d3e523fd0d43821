import { onchainTable } from "ponder";

/** One row, id `stelai`: running totals that can be held against the chain. */
export const protocol = onchainTable("protocol", (t) => ({
  id: t.text().primaryKey(),
  supply: t.bigint().notNull(), // wei
  reserve: t.bigint().notNull(), // reserve, the store's balance
  creditsSold: t.bigint().notNull(), // wei
  received: t.bigint().notNull(), // reserve, for credits sold
  creditsRedeemed: t.bigint().notNull(), // wei
  redeemed: t.bigint().notNull(), // reserve, paid for credits redeemed
  retired: t.bigint().notNull(), // wei, burned for nothing: lapsed bonus, what campaigns left, and given up
  swept: t.bigint().notNull(), // reserve, surplus to the treasury
  floorPrice: t.bigint(), // reserve, of a credit; known from the first price table
  firstPackageId: t.bigint(), // of the current price table
  packageCount: t.integer().notNull(), // in the current price table
  characters: t.integer().notNull(),
  creators: t.integer().notNull(), // accounts that published at least one character
  tabs: t.integer().notNull(),
  tabsOpen: t.integer().notNull(), // not paid back yet
  locked: t.bigint().notNull(), // micro, Σ (cap − spent) of tabs not paid back
  settled: t.bigint().notNull(), // micro
  collected: t.bigint().notNull(), // micro; settled − collected is accrued
  inferences: t.bigint().notNull(),
  passesSold: t.bigint().notNull(), // micro
  passesRefunded: t.bigint().notNull(), // micro
  passesHarvested: t.bigint().notNull(), // micro; sold − refunded − harvested is in CharacterAccess
  works: t.integer().notNull(),
  licences: t.integer().notNull(), // ever bought
  licencesSold: t.bigint().notNull(), // micro
  licencesReleased: t.bigint().notNull(), // micro
  licencesRefunded: t.bigint().notNull(), // micro; sold − released − refunded is in escrow
  bonds: t.bigint().notNull(), // micro, of disputes that are open
  resold: t.bigint().notNull(), // micro
  royalties: t.bigint().notNull(), // micro, of it
  earned: t.bigint().notNull(), // wei, gross, all sources
  commission: t.bigint().notNull(), // wei
  claimed: t.bigint().notNull(), // wei
  claimRedeemed: t.bigint().notNull(), // reserve, paid for claims redeemed in the same call
  bonus: t.bigint().notNull(), // micro, what all accounts have; lapsed ones until they are burned
  bonusGranted: t.bigint().notNull(), // micro; granted + returned − drawn − lapsed is what they have
  bonusDrawn: t.bigint().notNull(), // micro, into tabs
  bonusReturned: t.bigint().notNull(), // micro, from tabs
  bonusLapsed: t.bigint().notNull(), // micro, burned
  referralsGiven: t.bigint().notNull(), // micro, of what was granted; the rest is campaigns'
  budgets: t.bigint().notNull(), // micro, of all campaigns
  budgetsFunded: t.bigint().notNull(), // micro
  budgetsBurned: t.bigint().notNull(), // micro
  budgetsCost: t.bigint().notNull(), // reserve
  treasury: t.hex(), // who the commission is credited to; known from the first earning
}));

export const protocolDay = onchainTable("protocol_day", (t) => ({
  day: t.integer().primaryKey(),
  purchases: t.integer().notNull(),
  creditsSold: t.bigint().notNull(), // wei
  received: t.bigint().notNull(), // reserve
  redemptions: t.integer().notNull(),
  creditsRedeemed: t.bigint().notNull(), // wei
  redeemed: t.bigint().notNull(), // reserve
  swept: t.bigint().notNull(), // reserve
  supply: t.bigint().notNull(), // wei, after the day's last change
  reserve: t.bigint().notNull(), // reserve, after the day's last change
  settled: t.bigint().notNull(), // micro
  inferences: t.bigint().notNull(),
  passesSold: t.bigint().notNull(), // micro
  passesRefunded: t.bigint().notNull(), // micro
  passesHarvested: t.bigint().notNull(), // micro
  licencesSold: t.bigint().notNull(), // micro
  licencesReleased: t.bigint().notNull(), // micro
  licencesRefunded: t.bigint().notNull(), // micro
  resold: t.bigint().notNull(), // micro
  royalties: t.bigint().notNull(), // micro, of it
  earned: t.bigint().notNull(), // wei, gross
  commission: t.bigint().notNull(), // wei
  bonusGranted: t.bigint().notNull(), // micro
  bonusDrawn: t.bigint().notNull(), // micro
  bonusReturned: t.bigint().notNull(), // micro
  bonusLapsed: t.bigint().notNull(), // micro
}));
