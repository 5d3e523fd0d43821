/**
 * What changes an account's credits and bonus credits, line by line. Events tell why something moved; the token's transfers
 * tell that it did. Both are held against each other within a transaction, and what no event explains becomes a line too,
 * so that the lines of an account always add up to what it holds.
 */
import type { Context } from "ponder:registry";
import schema from "ponder:schema";
import { type Address, zeroAddress } from "viem";
import { type Happened, whereOf } from "./chain.ts";

type Told = Happened & { id: string };
type Row = typeof schema.ledgerLine.$inferInsert;
type Line = Pick<Row, "account" | "kind"> & Partial<Omit<Row, "id" | "block" | "timestamp" | "transaction">>;
type WithContracts = Pick<Context, "db" | "contracts">;

/** The place of a line that stands for what nothing told of: behind all that an event did tell. */
const UNTOLD = 9;

/** The id of an event's line; `place` tells its lines apart. */
export function lineId(eventId: string, place = 0): string {
  return `${eventId}-${String(place).padStart(5, "0")}`;
}

/** Whether an address holds credits for others, or stands for none: what it sends and gets is told by its events. */
export async function isOurs({ contracts, db }: WithContracts, address: Address): Promise<boolean> {
  const { InferenceMeter, CharacterAccess, Licenses, Resale, Payouts, Rewards } = contracts;
  return (
    [InferenceMeter, CharacterAccess, Licenses, Resale, Payouts, Rewards].some(
      (contract) => contract.address.toLowerCase() === address.toLowerCase(),
    ) ||
    address === zeroAddress ||
    (await db.find(schema.operatorReceiver, { address })) !== null
  );
}

/** Writes a line about bonus credits, about USDC alone, or about credits that moved between two accounts. */
export async function enter(context: WithContracts, event: Told, line: Line, place = 0): Promise<void> {
  if (!(await isOurs(context, line.account))) await write(context, event, line, place);
}

/** Writes a line about credits that moved between an account and one of our contracts, the zero address included. */
export async function book(context: WithContracts, event: Told, line: Line, place = 0): Promise<void> {
  if (await isOurs(context, line.account)) return;
  await write(context, event, line, place);
  if (line.credits) await carry(context, event, line.account, -line.credits);
}

/** Changes what a line of `event` says that moved by so many credits. */
export async function correct(
  context: WithContracts,
  event: Told,
  { id, account, credits }: { id: string; account: Address; credits: bigint },
): Promise<void> {
  if (await isOurs(context, account)) return;
  await context.db.update(schema.ledgerLine, { id }).set((row) => ({ credits: row.credits + credits }));
  await carry(context, event, account, -credits);
}

/** Writes what a transfer of $STELAI changes, in wei. */
export async function transfer(
  context: WithContracts,
  event: Told,
  { from, to, value }: { from: Address; to: Address; value: bigint },
): Promise<void> {
  // Anyone can send nothing, from anyone.
  if (value === 0n || from === to) return;
  const [isFromOurs, isToOurs] = [await isOurs(context, from), await isOurs(context, to)];
  if (isFromOurs && isToOurs) return;
  if (isFromOurs) return carry(context, event, to, value);
  if (isToOurs) return carry(context, event, from, -value);
  await write(context, event, { account: from, kind: "Sent", credits: -value, counterparty: to });
  await write(context, event, { account: to, kind: "Received", credits: value, counterparty: from }, 1);
}

/** Writes a line of an account that is not ours. */
async function write({ db }: WithContracts, event: Told, line: Line, place = 0): Promise<void> {
  await db
    .insert(schema.ledgerLine)
    .values({ id: lineId(event.id, place), credits: 0n, bonus: 0n, ...line, ...whereOf(event) });
}

/**
 * Adds to what moved between an account and our contracts in this transaction less what was told of it. What is left of an
 * earlier transaction then, all of whose events have been read, becomes a line.
 */
async function carry({ db }: WithContracts, event: Told, account: Address, by: bigint): Promise<void> {
  const before = await db.find(schema.transit, { account });
  const isSame = before?.transaction === event.transaction.hash;
  if (before && !isSame && before.amount !== 0n) await db.insert(schema.ledgerLine).values(untold(before));
  const row = { amount: before && isSame ? before.amount + by : by, id: event.id, ...whereOf(event) };
  await db
    .insert(schema.transit)
    .values({ account, ...row })
    .onConflictDoUpdate(row);
}

/** The line of what nothing told of. */
export function untold({ account, amount, id, block, timestamp, transaction }: typeof schema.transit.$inferSelect) {
  return {
    ...{ id: lineId(id, UNTOLD), account, kind: amount > 0n ? ("Received" as const) : ("Sent" as const) },
    ...{ credits: amount, bonus: 0n, block, timestamp, transaction },
  };
}
