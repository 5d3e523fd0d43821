import type { DeedKind, FeedbackState, FeedbackSubject, ShareKind } from "@stelai/sdk/wire";
import { text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { address, hex, int8, relayerSchema } from "./base.ts";

const moment = () => timestamp({ withTimezone: true });

/** What people tell the operator. `note` is the moderator's, to who sent it; who decided is null once forgotten. */
export const feedback = relayerSchema.table("feedback", {
  id: uuid().primaryKey(),
  account: address().notNull(),
  text: text().notNull(),
  about: text().$type<FeedbackSubject>().notNull(),
  state: text().$type<FeedbackState>().notNull().default("open"),
  note: text(),
  sentAt: moment().notNull(),
  decidedAt: moment(),
  decidedBy: address(),
});

/** What people show around. `subject` is a generation's id, or a work's or character's in decimal. */
export const shares = relayerSchema.table(
  "shares",
  {
    id: text().primaryKey(),
    operator: address().notNull(),
    account: address().notNull(),
    kind: text().$type<ShareKind>().notNull(),
    subject: text().notNull(),
    sharedAt: moment().notNull(),
  },
  (table) => [unique().on(table.operator, table.account, table.kind, table.subject)],
);

/**
 * Deeds that were vouched for, one account each, ever. `amount` is in microcredits, `deadline` chain time: a grant that ran
 * out unclaimed is signed anew, for the same account.
 */
export const grants = relayerSchema.table("grants", {
  deed: hex().primaryKey(),
  campaignId: int8().notNull(),
  account: address().notNull(),
  kind: text().$type<DeedKind>().notNull(),
  subject: text().notNull(),
  amount: int8().notNull(),
  deadline: int8().notNull(),
  signature: hex().notNull(),
  signedAt: moment().notNull(),
});
