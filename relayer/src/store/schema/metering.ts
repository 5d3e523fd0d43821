import { boolean, index, integer, jsonb, primaryKey, serial, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { address, bytea, hex, int8, relayerSchema } from "./base.ts";

/** A line as JSON keeps it: decimal strings. */
export type StoredLine = { characterId: string; amount: string; inferences: string; milliunits: string };

/** A tab: what the chain says of it (as of `chainBlock`), and where metering stands. */
export const tabs = relayerSchema.table(
  "tabs",
  {
    operator: address().notNull(),
    tabId: int8().notNull(),
    payer: address().notNull(),
    sessionKey: address().notNull(),
    previousKey: address().notNull(),
    previousKeyUntil: int8().notNull(),
    cap: int8().notNull(),
    spent: int8().notNull(),
    expiry: int8().notNull(),
    closing: boolean().notNull(),
    closed: boolean().notNull(),
    /** How much of the cap was bonus credits at the opening. They are spent first. */
    bonus: int8().notNull().default(0n),
    chainBlock: int8().notNull(),
    exposureLimit: int8().notNull(),
    /** The total sealed last: what the next voucher starts from. */
    base: int8().notNull(),
    /** The receipt that the last seal went up to. */
    sealedSequence: int8().notNull(),
    /** Served so far. */
    cumulative: int8().notNull(),
    /** Signed so far, never below `base`. */
    signed: int8().notNull(),
    /** Held for requests in flight, and how many they are. */
    reserved: int8().notNull(),
    inFlight: integer().notNull(),
    /** Of those: what waits in a queue and is no exposure yet, and how many they are. */
    queued: int8().notNull().default(0n),
    queuedRequests: integer().notNull().default(0),
    lines: jsonb().$type<StoredLine[]>().notNull(),
    head: hex().notNull(),
    sequence: int8().notNull(),
    /** Counts every change of the row; the database does. */
    version: int8().notNull().default(0n),
    /** The session key's signature to close at `closeTotal`, once it was given. */
    closeTotal: int8(),
    closeSignature: hex(),
    /** The session key's address (lower-case) if this operator holds that key: for a budget key. */
    heldKey: address(),
    /** Why the chain refused one of its seals: nothing after that one settles, so nothing more is served. */
    broken: text(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.tabId] }), index().on(table.operator, table.payer)],
);

export type RequestStatus = "reserved" | "served" | "failed";

/** Where a queue's request stands: it waits, held but not exposed, or work on it has begun. */
export type QueuePlace = "waits" | "runs";

/** A request that was admitted; its id is the client's idempotency key. */
export const requests = relayerSchema.table(
  "requests",
  {
    operator: address().notNull(),
    tabId: int8().notNull(),
    id: hex().notNull(),
    bodyHash: hex().notNull(),
    characterId: int8().notNull(),
    termsVersion: int8().notNull(),
    maxCost: int8().notNull(),
    deadline: int8().notNull(),
    signature: hex().notNull(),
    /** EIP-712 struct hash: what the receipt names. */
    structHash: hex().notNull(),
    status: text().$type<RequestStatus>().notNull(),
    reserved: int8().notNull(),
    /** The process that serves it; another one's finished or abandoned work is never charged. */
    instance: text().notNull(),
    /** Of what is held for a queue, by no process: any may start, charge or release it. */
    queue: text().$type<QueuePlace>(),
    admittedAt: int8().notNull(),
    /** The receipt, once it was charged. */
    sequence: int8(),
    /** Of a failed one: the number of the receipt that came next, its place in the statement. */
    position: int8(),
    errorCode: text(),
    errorMessage: text(),
    /** The answer, encrypted, until `ANSWER_RETENTION_SECONDS` have passed. */
    answer: bytea(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.operator, table.tabId, table.id] }),
    index().on(table.status),
    index().on(table.createdAt),
  ],
);

/** Signed records of what was served; `hash` is the head of the chain after each. */
export const receipts = relayerSchema.table(
  "receipts",
  {
    operator: address().notNull(),
    tabId: int8().notNull(),
    sequence: int8().notNull(),
    requestId: hex().notNull(),
    request: hex().notNull(),
    response: hex().notNull(),
    characterId: int8().notNull(),
    termsVersion: int8().notNull(),
    milliunits: int8().notNull(),
    quality: integer().notNull(),
    amount: int8().notNull(),
    fee: int8().notNull(),
    servedAt: int8().notNull(),
    previous: hex().notNull(),
    hash: hex().notNull(),
    /** The tab's total after it. */
    cumulative: int8().notNull(),
    signature: hex().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.operator, table.tabId, table.sequence] }),
    uniqueIndex().on(table.operator, table.tabId, table.hash),
  ],
);

/** The newest voucher of each base. */
export const vouchers = relayerSchema.table(
  "vouchers",
  {
    operator: address().notNull(),
    tabId: int8().notNull(),
    base: int8().notNull(),
    cumulative: int8().notNull(),
    lines: jsonb().$type<StoredLine[]>().notNull(),
    linesHash: hex().notNull(),
    receipts: hex().notNull(),
    /** The receipt it goes up to. */
    sequence: int8().notNull(),
    signature: hex().notNull(),
    /** Whose signature it is. */
    signer: address().notNull(),
    /** Chain time of the first voucher of this base. */
    firstAt: int8().notNull(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.tabId, table.base] })],
);

export type SealStatus = "sealed" | "sent" | "mined" | "final" | "refused";

/** The one voucher of each base that is settled. Stored before it is published, and never changed but in status. */
export const seals = relayerSchema.table(
  "seals",
  {
    number: serial().primaryKey(),
    operator: address().notNull(),
    tabId: int8().notNull(),
    base: int8().notNull(),
    cumulative: int8().notNull(),
    lines: jsonb().$type<StoredLine[]>().notNull(),
    linesHash: hex().notNull(),
    receipts: hex().notNull(),
    signature: hex().notNull(),
    sealSignature: hex().notNull(),
    status: text().$type<SealStatus>().notNull(),
    transactionId: integer(),
    /** Why the chain skipped it, as `IInferenceMeter.Skipped` names it. */
    reason: text(),
    sealedAt: int8().notNull(),
  },
  (table) => [
    uniqueIndex().on(table.operator, table.tabId, table.base),
    index().on(table.status),
    index().on(table.transactionId),
  ],
);
