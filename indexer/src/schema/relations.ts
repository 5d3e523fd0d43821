import { relations } from "ponder";
import { character, characterEvent, operatorListing, termsVersion } from "./characters.ts";
import {
  characterDay,
  characterPayer,
  collection,
  line,
  operator,
  operatorDay,
  settledRow,
  settlement,
  tab,
  tabEvent,
} from "./metering.ts";
import { claim, earning, payeeDay, payeeTotal, split, splitFlow, splitShare } from "./payouts.ts";

export const characterRelations = relations(character, ({ many }) => ({
  versions: many(termsVersion),
  listings: many(operatorListing),
  history: many(characterEvent),
  days: many(characterDay),
  paidBy: many(characterPayer),
  lines: many(line),
  collections: many(collection),
  earnings: many(earning),
}));

export const termsVersionRelations = relations(termsVersion, ({ one }) => ({
  character: one(character, { fields: [termsVersion.characterId], references: [character.id] }),
}));

export const operatorListingRelations = relations(operatorListing, ({ one }) => ({
  character: one(character, { fields: [operatorListing.characterId], references: [character.id] }),
}));

export const characterEventRelations = relations(characterEvent, ({ one }) => ({
  character: one(character, { fields: [characterEvent.characterId], references: [character.id] }),
}));

export const characterDayRelations = relations(characterDay, ({ one }) => ({
  character: one(character, { fields: [characterDay.characterId], references: [character.id] }),
}));

export const characterPayerRelations = relations(characterPayer, ({ one }) => ({
  character: one(character, { fields: [characterPayer.characterId], references: [character.id] }),
}));

export const collectionRelations = relations(collection, ({ one }) => ({
  character: one(character, { fields: [collection.characterId], references: [character.id] }),
}));

export const operatorRelations = relations(operator, ({ many }) => ({
  servedTabs: many(tab),
  days: many(operatorDay),
  settlements: many(settlement),
}));

export const operatorDayRelations = relations(operatorDay, ({ one }) => ({
  operatorTotals: one(operator, { fields: [operatorDay.operator], references: [operator.address] }),
}));

export const tabRelations = relations(tab, ({ one, many }) => ({
  operatorTotals: one(operator, { fields: [tab.operator], references: [operator.address] }),
  events: many(tabEvent),
  rows: many(settledRow),
}));

export const tabEventRelations = relations(tabEvent, ({ one }) => ({
  tab: one(tab, { fields: [tabEvent.operator, tabEvent.tabId], references: [tab.operator, tab.tabId] }),
}));

export const settlementRelations = relations(settlement, ({ one, many }) => ({
  operatorTotals: one(operator, { fields: [settlement.operator], references: [operator.address] }),
  rows: many(settledRow),
}));

export const settledRowRelations = relations(settledRow, ({ one, many }) => ({
  settlement: one(settlement, { fields: [settledRow.settlementId], references: [settlement.id] }),
  tab: one(tab, { fields: [settledRow.operator, settledRow.tabId], references: [tab.operator, tab.tabId] }),
  lines: many(line),
}));

export const lineRelations = relations(line, ({ one }) => ({
  row: one(settledRow, { fields: [line.rowId], references: [settledRow.id] }),
  character: one(character, { fields: [line.characterId], references: [character.id] }),
}));

export const earningRelations = relations(earning, ({ one }) => ({
  character: one(character, { fields: [earning.characterId], references: [character.id] }),
  totals: one(payeeTotal, { fields: [earning.payee], references: [payeeTotal.payee] }),
}));

export const payeeTotalRelations = relations(payeeTotal, ({ many }) => ({
  days: many(payeeDay),
  earnings: many(earning),
  claims: many(claim),
}));

export const payeeDayRelations = relations(payeeDay, ({ one }) => ({
  totals: one(payeeTotal, { fields: [payeeDay.payee], references: [payeeTotal.payee] }),
}));

export const claimRelations = relations(claim, ({ one }) => ({
  totals: one(payeeTotal, { fields: [claim.account], references: [payeeTotal.payee] }),
}));

export const splitRelations = relations(split, ({ one, many }) => ({
  shares: many(splitShare),
  flows: many(splitFlow),
  totals: one(payeeTotal, { fields: [split.id], references: [payeeTotal.payee] }),
}));

export const splitShareRelations = relations(splitShare, ({ one }) => ({
  registration: one(split, { fields: [splitShare.split], references: [split.id] }),
}));

export const splitFlowRelations = relations(splitFlow, ({ one }) => ({
  registration: one(split, { fields: [splitFlow.split], references: [split.id] }),
}));
