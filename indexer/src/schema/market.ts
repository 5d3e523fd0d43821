import { TIERS } from "@stelai/sdk/wire";
import { index, onchainEnum, onchainTable, primaryKey } from "ponder";
import { modality } from "./characters.ts";
import { where } from "./columns.ts";

export const tier = onchainEnum("tier", TIERS);

export const licenceStatus = onchainEnum("licence_status", [
  "Escrowed",
  "Delivered",
  "Disputed",
  "Released",
  "Refunded",
]);

export const licenceEventKind = onchainEnum("licence_event_kind", [
  "Bought",
  "Delivered",
  "Disputed",
  "Resolved",
  "Released",
  "Refunded",
  "Moved",
  "Listed",
  "Delisted",
  "Resold",
]);

/** What is listed or resold: a work itself, or a licence of one. */
export const tokenCollection = onchainEnum("token_collection", ["Works", "Licenses"]);

/** A work as `IWorks.Work` has it, what was sold of it, and what the contract knows of its live licences. */
export const work = onchainTable(
  "work",
  (t) => ({
    id: t.bigint().primaryKey(),
    creator: t.hex().notNull(),
    owner: t.hex().notNull(),
    ownerSince: t.bigint().notNull(),
    modality: modality().notNull(),
    metadataURI: t.text().notNull(),
    contentHash: t.hex().notNull(),
    receipt: t.hex(), // that proved where it comes from; null: none did
    payee: t.hex().notNull(),
    ownerPayee: t.hex().notNull(), // of what is left after the parents
    royaltyPayee: t.hex().notNull(),
    royaltyBps: t.integer().notNull(),
    allowsDerivatives: t.boolean().notNull(),
    derivativeBps: t.integer().notNull(),
    depth: t.integer().notNull(), // generations of parents above it
    derivatives: t.integer().notNull(), // works that name it as a parent
    epoch: t.integer().notNull(), // offers of older ones are void
    suspended: t.boolean().notNull(),
    createdAt: t.bigint().notNull(),
    createdBlock: t.bigint().notNull(),
    createdTransaction: t.hex().notNull(),
    updatedAt: t.bigint().notNull(), // of the last change by owner or moderator
    sold: t.integer().notNull(), // licences released
    earned: t.bigint().notNull(), // micro, gross: licences released, and bonds that went with them
    royalties: t.bigint().notNull(), // micro, of resales of it and its licences
    reviews: t.integer().notNull(),
    stars: t.integer().notNull(), // sum of the reviews' ratings
    // As `Offers.Market` keeps it: what decides whether another licence can be bought.
    exclusive: t.bigint().notNull(), // the exclusive licence that is open or live; zero: none ever, or refunded
    exclusiveUntil: t.bigint().notNull(), // its expiry; zero with an `exclusive`: never
    perpetual: t.integer().notNull(),
    dated: t.integer().notNull(),
    firstDated: t.bigint().notNull(),
    datedUntil: t.bigint().notNull(),
    lastResale: t.text(), // the event that sold the work itself last
  }),
  (table) => ({
    ownerIndex: index().on(table.owner),
    creatorIndex: index().on(table.creator),
    payeeIndex: index().on(table.payee),
    modalityIndex: index().on(table.suspended, table.modality),
  }),
);

/** What a work owes a work it derives from, pinned when it was made. */
export const workParent = onchainTable(
  "work_parent",
  (t) => ({
    workId: t.bigint().notNull(),
    parentId: t.bigint().notNull(),
    payee: t.hex().notNull(),
    bps: t.integer().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.workId, table.parentId] }),
    parentIndex: index().on(table.parentId, table.workId),
  }),
);

/** What is offered, pinned by its id; only `sold` and `closed` change. It is void in another epoch of its work. */
export const offer = onchainTable(
  "offer",
  (t) => ({
    id: t.bigint().primaryKey(),
    workId: t.bigint().notNull(),
    tier: tier().notNull(),
    price: t.bigint().notNull(), // micro
    supply: t.bigint().notNull(), // zero: any number
    sold: t.bigint().notNull(), // less what was refunded
    duration: t.bigint().notNull(), // seconds from the purchase; zero: for ever
    attestor: t.hex().notNull(),
    termsHash: t.hex().notNull(),
    payee: t.hex().notNull(),
    epoch: t.integer().notNull(), // of the work
    closed: t.boolean().notNull(),
    ...where(t),
  }),
  (table) => ({ workIndex: index().on(table.workId, table.id) }),
);

/** A licence, which is its order and its escrow. What its offer pins stands here too where lists are made of it. */
export const licence = onchainTable(
  "licence",
  (t) => ({
    id: t.bigint().primaryKey(),
    offerId: t.bigint().notNull(),
    workId: t.bigint().notNull(),
    tier: tier().notNull(),
    price: t.bigint().notNull(), // micro
    commissionBps: t.integer().notNull(),
    payee: t.hex().notNull(), // who earns it
    status: licenceStatus().notNull(),
    since: t.bigint().notNull(), // when its status began
    dueAt: t.bigint(), // the last second of that status, after which anyone ends it; null: it is at its end
    expiry: t.bigint().notNull(), // the right's last second; zero: never
    holder: t.hex().notNull(), // of a refunded one the last
    payer: t.hex().notNull(),
    recipient: t.hex().notNull(), // who got it first
    seller: t.hex().notNull(), // who owned the work then
    bond: t.bigint(), // micro, of its dispute; null: it had none
    evidenceURI: t.text(),
    moves: t.integer().notNull(),
    earned: t.bigint().notNull(), // micro, gross, that went to its payee
    lastResale: t.text(), // the event that sold it on last
    ...where(t),
  }),
  (table) => ({
    workIndex: index().on(table.workId, table.id),
    holderIndex: index().on(table.holder, table.id),
    payeeIndex: index().on(table.payee, table.id),
    payerIndex: index().on(table.payer),
    recipientIndex: index().on(table.recipient),
    sellerIndex: index().on(table.seller),
    statusIndex: index().on(table.status, table.dueAt),
  }),
);

/** All that happened to a licence, in its order. */
export const licenceEvent = onchainTable(
  "licence_event",
  (t) => ({
    id: t.text().primaryKey(),
    licenceId: t.bigint().notNull(),
    kind: licenceEventKind().notNull(),
    account: t.hex(), // who paid, holds it now, disputed, decided, listed or bought it
    text: t.text(), // address of evidence or reason
    amount: t.bigint(), // micro: price, refund, bond
    ...where(t),
  }),
  (table) => ({
    licenceIndex: index().on(table.licenceId, table.id),
    accountIndex: index().on(table.account, table.id),
  }),
);

/** What is listed and was neither sold nor taken back. It stands while `moves` are its token's and until `until`. */
export const listing = onchainTable(
  "listing",
  (t) => ({
    collection: tokenCollection().notNull(),
    tokenId: t.bigint().notNull(),
    workId: t.bigint().notNull(),
    seller: t.hex().notNull(),
    price: t.bigint().notNull(), // micro
    moves: t.integer().notNull(), // of the licence, or the work's epoch, when it was listed
    until: t.bigint().notNull(), // last second
    ...where(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.collection, table.tokenId] }),
    workIndex: index().on(table.workId),
    sellerIndex: index().on(table.seller),
  }),
);

/** A work or licence that was sold on. */
export const resale = onchainTable(
  "resale",
  (t) => ({
    id: t.text().primaryKey(),
    collection: tokenCollection().notNull(),
    tokenId: t.bigint().notNull(),
    workId: t.bigint().notNull(),
    licenceId: t.bigint(), // null: the work itself
    buyer: t.hex().notNull(), // who got it
    seller: t.hex().notNull(),
    price: t.bigint().notNull(), // micro
    royalty: t.bigint().notNull(), // micro, of the price
    paid: t.bigint().notNull(), // micro, of the price, that went to royalty payee and seller
    ...where(t),
  }),
  (table) => ({
    workIndex: index().on(table.workId, table.id),
    buyerIndex: index().on(table.buyer, table.id),
    sellerIndex: index().on(table.seller, table.id),
  }),
);

/** What licences of a work came to whose prices were released on a UTC day: an order that may be refunded is in none. */
export const workDay = onchainTable(
  "work_day",
  (t) => ({
    workId: t.bigint().notNull(),
    day: t.integer().notNull(),
    sold: t.integer().notNull(),
    amount: t.bigint().notNull(), // micro
    buyers: t.integer().notNull(), // different accounts that paid
  }),
  (table) => ({ pk: primaryKey({ columns: [table.workId, table.day] }), dayIndex: index().on(table.day) }),
);

/** How many of the licences of a day an account paid: what `workDay.buyers` counts. */
export const workDayPayer = onchainTable(
  "work_day_payer",
  (t) => ({
    workId: t.bigint().notNull(),
    day: t.integer().notNull(),
    payer: t.hex().notNull(),
    licences: t.integer().notNull(),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.workId, table.day, table.payer] }) }),
);

/** What an account paid for licences of a work, for itself or others; refunds are taken off whoever paid. */
export const workPayer = onchainTable(
  "work_payer",
  (t) => ({
    workId: t.bigint().notNull(),
    payer: t.hex().notNull(),
    paid: t.bigint().notNull(), // micro
    refunded: t.bigint().notNull(), // micro
  }),
  (table) => ({ pk: primaryKey({ columns: [table.workId, table.payer] }), payerIndex: index().on(table.payer) }),
);

/** The reviews of works that stand; one that its author took back is gone. `timestamp` is when it was first written. */
export const workReview = onchainTable(
  "work_review",
  (t) => ({
    workId: t.bigint().notNull(),
    author: t.hex().notNull(),
    id: t.text().notNull(), // of the event that it was first written with
    rating: t.integer().notNull(), // 1 to 5
    textURI: t.text().notNull(), // empty: stars alone
    licenceId: t.bigint().notNull(), // on which it rested first
    editedAt: t.bigint(),
    replyTextURI: t.text(),
    replyAt: t.bigint(),
    replyBy: t.hex(), // who owned the work then
    ...where(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.workId, table.author] }),
    workIndex: index().on(table.workId, table.id),
    authorIndex: index().on(table.author, table.id),
  }),
);
