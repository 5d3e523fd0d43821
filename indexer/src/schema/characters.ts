import { MODALITIES } from "@stelai/sdk";
import { index, onchainEnum, onchainTable, primaryKey } from "ponder";
import { terms, where } from "./columns.ts";

export const modality = onchainEnum("modality", MODALITIES);

export const visibility = onchainEnum("visibility", ["Public", "Unlisted", "Private"]);

export const characterEventKind = onchainEnum("character_event_kind", [
  "Created",
  "Terms",
  "Metadata",
  "Persona",
  "Payee",
  "Visibility",
  "Operator",
  "Suspension",
  "Transfer",
  "AllowList",
  "AllowListCleared",
  "InviteRedeemed",
  "InviteRevoked",
  "InvitesRevoked",
]);

export const character = onchainTable(
  "character",
  (t) => ({
    id: t.bigint().primaryKey(),
    owner: t.hex().notNull(),
    ownerSince: t.bigint().notNull(),
    creator: t.hex().notNull(),
    modality: modality().notNull(),
    visibility: visibility().notNull(),
    suspended: t.boolean().notNull(),
    suspensionReason: t.text(), // of the last change
    termsVersion: t.bigint().notNull(),
    ...terms(t),
    payee: t.hex().notNull(),
    payeeSince: t.bigint().notNull(),
    personaHash: t.hex().notNull(), // 32 zero bytes: none
    metadataURI: t.text().notNull(),
    createdAt: t.bigint().notNull(),
    createdBlock: t.bigint().notNull(),
    createdTransaction: t.hex().notNull(),
    updatedAt: t.bigint().notNull(), // of the last change by owner or moderator
    inferences: t.bigint().notNull(),
    milliunits: t.bigint().notNull(),
    earned: t.bigint().notNull(), // micro, gross, settled
    collected: t.bigint().notNull(), // micro; earned − collected is accrued
    passesSold: t.bigint().notNull(), // micro
    passesRefunded: t.bigint().notNull(), // micro
    passesHarvested: t.bigint().notNull(), // micro, gross
    payers: t.integer().notNull(), // different accounts that paid, by a tab or for a pass
    lastPaidAt: t.bigint(),
    listGeneration: t.bigint().notNull(), // of the allow list, counts up with every transfer
    inviteGeneration: t.bigint().notNull(), // that an invite must name
    reviews: t.integer().notNull(),
    stars: t.integer().notNull(), // sum of the reviews' ratings
  }),
  (table) => ({
    ownerIndex: index().on(table.owner),
    creatorIndex: index().on(table.creator),
    payeeIndex: index().on(table.payee),
    visibilityIndex: index().on(table.visibility, table.suspended, table.modality),
    earnedIndex: index().on(table.earned),
  }),
);

export const termsVersion = onchainTable(
  "terms_version",
  (t) => ({
    characterId: t.bigint().notNull(),
    version: t.bigint().notNull(),
    ...terms(t),
    ...where(t),
  }),
  (table) => ({ pk: primaryKey({ columns: [table.characterId, table.version] }) }),
);

export const operatorListing = onchainTable(
  "operator_listing",
  (t) => ({
    characterId: t.bigint().notNull(),
    operator: t.hex().notNull(),
    listed: t.boolean().notNull(),
    since: t.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.characterId, table.operator] }),
    operatorIndex: index().on(table.operator, table.listed),
  }),
);

/** Everything that was ever changed about a character, in words that its event gave. */
export const characterEvent = onchainTable(
  "character_event",
  (t) => ({
    id: t.text().primaryKey(),
    characterId: t.bigint().notNull(),
    kind: characterEventKind().notNull(),
    /**
     * New URI, hash, payee, visibility, operator, owner, terms version, the moderator's reason, the number of accounts
     * that were allowed or no longer are, who redeemed an invite, the invite revoked, or the new generation of invites.
     */
    value: t.text().notNull(),
    /** Whether the operator is listed, the character suspended, or accounts allowed; null for other kinds. */
    enabled: t.boolean(),
    ...where(t),
  }),
  (table) => ({ characterIndex: index().on(table.characterId, table.id) }),
);

/** Who owned a character or was its payee, and no longer is. */
export const formerHolder = onchainTable(
  "former_holder",
  (t) => ({
    id: t.text().primaryKey(), // of the event that ended it
    characterId: t.bigint().notNull(),
    holder: t.hex().notNull(), // an account; of payees, a split as well
    since: t.bigint().notNull(),
    until: t.bigint().notNull(),
  }),
  (table) => ({ characterIndex: index().on(table.characterId) }),
);
