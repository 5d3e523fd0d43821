import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { decodeSettled, type Line } from "@stelai/sdk";
import type { Address } from "viem";
import { added, dayOf, type Happened, whereOf } from "./chain.ts";
import { addToAccount, addToOperator, addToOperatorDay, addToProtocol } from "./totals.ts";

type TabKey = { operator: Address; tabId: bigint };
type Use = Pick<Line, "amount" | "inferences" | "milliunits">;
/** What a batch came to for one character. */
type CharacterUse = Use & { payers: number; payersToday: number };

const NO_USE = { amount: 0n, inferences: 0n, milliunits: 0n };

ponder.on("InferenceMeter:Settled", async ({ event, context }) => {
  const { operator } = event.args;
  const rows = decodeSettled(event.args.rows);
  const characters = new Map<bigint, CharacterUse>();
  const sums = { settled: 0n, fees: 0n, inferences: 0n };
  let rowsPaid = 0;

  for (const [index, row] of rows.entries()) {
    const key = { operator, tabId: row.tabId };
    const id = `${event.id}-${String(index).padStart(5, "0")}`;
    if (row.outcome !== "Paid") {
      await skip(context, event, key, id, row.outcome);
      continue;
    }
    rowsPaid++;
    const { payer, amount } = await pay(context, event, key, id, row.cumulative, row.receipts);
    const lines = row.lines.map((line, at) => ({
      id: `${id}-${String(at).padStart(2, "0")}`,
      rowId: id,
      ...key,
      payer,
      ...line,
      timestamp: event.block.timestamp,
    }));
    await context.db.insert(schema.line).values(lines);

    let inferences = 0n;
    for (const line of row.lines) {
      if (line.characterId === 0n) {
        sums.fees += line.amount;
        continue;
      }
      inferences += line.inferences;
      const use = characters.get(line.characterId) ?? { ...NO_USE, payers: 0, payersToday: 0 };
      characters.set(line.characterId, { ...use, ...added(use, await addPayer(context, event, payer, line)) });
    }
    await addToAccount(context, payer, { spent: amount, inferences });
    sums.settled += amount;
    sums.inferences += inferences;
  }

  for (const [characterId, use] of characters) await addToCharacter(context, event, characterId, use);
  const rowsSkipped = rows.length - rowsPaid;
  await context.db.insert(schema.settlement).values({
    id: event.id,
    operator,
    sender: event.transaction.from,
    rowsPaid,
    rowsSkipped,
    total: sums.settled,
    ...whereOf(event),
  });
  await addToOperator(context, operator, { ...sums, batches: 1, rowsPaid, rowsSkipped });
  if (rowsPaid === 0) return;
  await addToOperatorDay(context, event, operator, sums);
  const { settled, inferences } = sums;
  await addToProtocol(context, event, { settled, inferences, locked: -settled });
});

type Settled = Event<"InferenceMeter:Settled">;

/** Keeps a row that was not paid; it may name a tab that does not exist. */
async function skip(
  { db }: Pick<Context, "db">,
  event: Settled,
  key: TabKey,
  id: string,
  outcome: (typeof schema.rowOutcome.enumValues)[number],
): Promise<void> {
  const tab = await db.find(schema.tab, key);
  const row = { id, settlementId: event.id, ...key, payer: tab?.payer ?? null, outcome, amount: 0n };
  await db.insert(schema.settledRow).values({ ...row, ...whereOf(event) });
}

/** Raises a tab's settled total to `cumulative`. */
async function pay(
  { db }: Pick<Context, "db">,
  event: Settled,
  key: TabKey,
  id: string,
  cumulative: bigint,
  receipts: `0x${string}`,
): Promise<{ payer: Address; amount: bigint }> {
  let base = 0n;
  const { payer } = await db.update(schema.tab, key).set((tab) => {
    base = tab.spent;
    return { spent: cumulative, lastSettledAt: event.block.timestamp };
  });
  const amount = cumulative - base;
  const row = {
    id,
    settlementId: event.id,
    ...key,
    payer,
    outcome: "Paid",
    base,
    cumulative,
    amount,
    receipts,
  } as const;
  await db.insert(schema.settledRow).values({ ...row, ...whereOf(event) });
  return { payer, amount };
}

/** Adds a line to what a payer used of its character, and says whether the payer is new to it, or new today. */
async function addPayer(
  { db }: Pick<Context, "db">,
  event: Happened,
  payer: Address,
  { characterId, amount, inferences, milliunits }: Line,
): Promise<CharacterUse> {
  const { timestamp } = event.block;
  const use = { amount, inferences, milliunits };
  let lastPaidAt: bigint | undefined;
  await db
    .insert(schema.characterPayer)
    .values({ characterId, payer, ...use, firstPaidAt: timestamp, lastPaidAt: timestamp })
    .onConflictDoUpdate((row) => {
      lastPaidAt = row.lastPaidAt;
      return { ...added(row, use), lastPaidAt: timestamp };
    });
  const isNew = lastPaidAt === undefined;
  const isNewToday = lastPaidAt === undefined || dayOf(lastPaidAt) !== dayOf(timestamp);
  return { ...use, payers: Number(isNew), payersToday: Number(isNewToday) };
}

/** Adds what a batch came to for one character, in all and that day. */
async function addToCharacter(
  { db }: Pick<Context, "db">,
  event: Happened,
  characterId: bigint,
  { payers, payersToday, ...use }: CharacterUse,
): Promise<void> {
  const { timestamp } = event.block;
  await db
    .insert(schema.characterDay)
    .values({ characterId, day: dayOf(timestamp), ...use, payers: payersToday })
    .onConflictDoUpdate((row) => added(row, { ...use, payers: payersToday }));
  // Payer and operator sign who is paid; nothing on the chain says that the character exists.
  if ((await db.find(schema.character, { id: characterId })) === null) return;
  const { amount: earned, inferences, milliunits } = use;
  await db
    .update(schema.character, { id: characterId })
    .set((row) => ({ ...added(row, { earned, inferences, milliunits, payers }), lastPaidAt: timestamp }));
}
