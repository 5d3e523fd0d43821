import { relations } from "ponder";
import { harvest, passCancellation, passHolder, passPeriod, vestingDay } from "./access.ts";
import { character, characterEvent, formerHolder, operatorListing, termsVersion } from "./characters.ts";
import { circleMember, invite, review } from "./community.ts";
import {
  licence,
  licenceEvent,
  listing,
  offer,
  resale,
  work,
  workDay,
  workParent,
  workPayer,
  workReview,
} from "./market.ts";
import {
  characterDay,
  characterPayer,
  collection,
  line,
  operator,
  operatorDay,
  payerMonth,
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
  paidByMonth: many(payerMonth),
  formerHolders: many(formerHolder),
  lines: many(line),
  collections: many(collection),
  earnings: many(earning),
  passes: many(passHolder),
  passPeriods: many(passPeriod),
  passCancellations: many(passCancellation),
  vesting: many(vestingDay),
  harvests: many(harvest),
  circle: many(circleMember),
  invites: many(invite),
  writtenReviews: many(review),
}));

export const passHolderRelations = relations(passHolder, ({ one, many }) => ({
  character: one(character, { fields: [passHolder.characterId], references: [character.id] }),
  bought: many(passPeriod),
  cancellations: many(passCancellation),
}));

export const passPeriodRelations = relations(passPeriod, ({ one }) => ({
  character: one(character, { fields: [passPeriod.characterId], references: [character.id] }),
  holder: one(passHolder, {
    fields: [passPeriod.characterId, passPeriod.account],
    references: [passHolder.characterId, passHolder.account],
  }),
}));

export const passCancellationRelations = relations(passCancellation, ({ one }) => ({
  character: one(character, { fields: [passCancellation.characterId], references: [character.id] }),
  holder: one(passHolder, {
    fields: [passCancellation.characterId, passCancellation.account],
    references: [passHolder.characterId, passHolder.account],
  }),
}));

export const vestingDayRelations = relations(vestingDay, ({ one }) => ({
  character: one(character, { fields: [vestingDay.characterId], references: [character.id] }),
}));

export const harvestRelations = relations(harvest, ({ one }) => ({
  character: one(character, { fields: [harvest.characterId], references: [character.id] }),
}));

export const circleMemberRelations = relations(circleMember, ({ one }) => ({
  character: one(character, { fields: [circleMember.characterId], references: [character.id] }),
}));

export const inviteRelations = relations(invite, ({ one }) => ({
  character: one(character, { fields: [invite.characterId], references: [character.id] }),
}));

export const reviewRelations = relations(review, ({ one }) => ({
  character: one(character, { fields: [review.characterId], references: [character.id] }),
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

export const payerMonthRelations = relations(payerMonth, ({ one }) => ({
  character: one(character, { fields: [payerMonth.characterId], references: [character.id] }),
}));

export const formerHolderRelations = relations(formerHolder, ({ one }) => ({
  character: one(character, { fields: [formerHolder.characterId], references: [character.id] }),
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
  work: one(work, { fields: [earning.workId], references: [work.id] }),
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

export const workRelations = relations(work, ({ many }) => ({
  parents: many(workParent, { relationName: "parents" }),
  derivedWorks: many(workParent, { relationName: "derivedWorks" }),
  offers: many(offer),
  licences: many(licence),
  listings: many(listing),
  resales: many(resale),
  days: many(workDay),
  paidBy: many(workPayer),
  writtenReviews: many(workReview),
  earnings: many(earning),
}));

export const workParentRelations = relations(workParent, ({ one }) => ({
  work: one(work, { relationName: "parents", fields: [workParent.workId], references: [work.id] }),
  parent: one(work, { relationName: "derivedWorks", fields: [workParent.parentId], references: [work.id] }),
}));

export const offerRelations = relations(offer, ({ one, many }) => ({
  work: one(work, { fields: [offer.workId], references: [work.id] }),
  licences: many(licence),
}));

export const licenceRelations = relations(licence, ({ one, many }) => ({
  work: one(work, { fields: [licence.workId], references: [work.id] }),
  offer: one(offer, { fields: [licence.offerId], references: [offer.id] }),
  events: many(licenceEvent),
}));

export const licenceEventRelations = relations(licenceEvent, ({ one }) => ({
  licence: one(licence, { fields: [licenceEvent.licenceId], references: [licence.id] }),
}));

export const listingRelations = relations(listing, ({ one }) => ({
  work: one(work, { fields: [listing.workId], references: [work.id] }),
}));

export const resaleRelations = relations(resale, ({ one }) => ({
  work: one(work, { fields: [resale.workId], references: [work.id] }),
}));

export const workDayRelations = relations(workDay, ({ one }) => ({
  work: one(work, { fields: [workDay.workId], references: [work.id] }),
}));

export const workPayerRelations = relations(workPayer, ({ one }) => ({
  work: one(work, { fields: [workPayer.workId], references: [work.id] }),
}));

export const workReviewRelations = relations(workReview, ({ one }) => ({
  work: one(work, { fields: [workReview.workId], references: [work.id] }),
}));
