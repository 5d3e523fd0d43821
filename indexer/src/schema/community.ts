import { index, onchainEnum, onchainTable, primaryKey } from "ponder";
import { where } from "./columns.ts";

/**
 * Who was put on a character's allow list. On it are those whose row is `allowed` and of the character's
 * `listGeneration`: a transfer empties the list by counting that up.
 */
export const circleMember = onchainTable(
  "circle_member",
  (t) => ({
    characterId: t.bigint().notNull(),
    account: t.hex().notNull(),
    id: t.text().notNull(), // of the event and the account's place in it
    allowed: t.boolean().notNull(),
    generation: t.bigint().notNull(),
    byInvite: t.boolean().notNull(),
    since: t.bigint().notNull(),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.characterId, table.account] }),
    characterIndex: index().on(table.characterId, table.generation, table.id),
    accountIndex: index().on(table.account),
  }),
);

export const inviteState = onchainEnum("invite_state", ["Redeemed", "Revoked"]);

/** Invites that the chain knows, by their EIP-712 struct hash: redeemed ones, and those revoked one by one. */
export const invite = onchainTable(
  "invite",
  (t) => ({
    characterId: t.bigint().notNull(),
    invite: t.hex().notNull(),
    id: t.text().notNull(),
    state: inviteState().notNull(),
    account: t.hex(), // who was let in; null: revoked
    ...where(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.characterId, table.invite] }),
    characterIndex: index().on(table.characterId, table.state, table.id),
    accountIndex: index().on(table.account),
  }),
);

/** The reviews that stand; one that its author took back is gone. `timestamp` is when it was first written. */
export const review = onchainTable(
  "review",
  (t) => ({
    characterId: t.bigint().notNull(),
    author: t.hex().notNull(),
    id: t.text().notNull(), // of the event that it was first written with
    rating: t.integer().notNull(), // 1 to 5
    textURI: t.text().notNull(), // empty: stars alone
    byReceipt: t.boolean().notNull(), // otherwise by a pass
    editedAt: t.bigint(),
    replyTextURI: t.text(),
    replyAt: t.bigint(),
    replyBy: t.hex(), // who owned the character then
    ...where(t),
  }),
  (table) => ({
    pk: primaryKey({ columns: [table.characterId, table.author] }),
    characterIndex: index().on(table.characterId, table.id),
    authorIndex: index().on(table.author, table.id),
  }),
);
