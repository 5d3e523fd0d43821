import { type Context, type Event, ponder } from "ponder:registry";
import schema from "ponder:schema";
import { decodeSettled, type Line } from "@stelai/sdk";
import type { Address } from "viem";
import { added, type Happened, whereOf } from "./chain.ts";
import {
  addToAccount,
  addToCharacterDay,
  addToOperator,
  addToOperatorDay,
  addToPayer,
  addToPayerMonth,
  addToProtocol,
} from "./totals.ts";

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
    for (const { characterId, ...used } of row.lines) {
      if (characterId === 0n) {
        sums.fees += used.amount;
        continue;
      }
      inferences += used.inferences;
      const use = characters.get(characterId) ?? { ...NO_USE, payers: 0, payersToday: 0 };
      const counts = await addToPayer(context, event, { characterId, payer }, used);
      await addToPayerMonth(context, event, { characterId, payer }, used);
      characters.set(characterId, { ...use, ...added(use, { ...used, ...counts }) });
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

/** Adds what a batch came to for one character, in all and that day. */
async function addToCharacter(
  context: Pick<Context, "db">,
  event: Happened,
  characterId: bigint,
  { payers, payersToday, ...use }: CharacterUse,
): Promise<void> {
  await addToCharacterDay(context, event, characterId, { ...use, payers: payersToday });
  // Payer and operator sign who is paid; nothing on the chain says that the character exists.
  if ((await context.db.find(schema.character, { id: characterId })) === null) return;
  const { amount: earned, inferences, milliunits } = use;
  await context.db.update(schema.character, { id: characterId }).set((row) => ({
    ...added(row, { earned, inferences, milliunits, payers }),
    lastPaidAt: event.block.timestamp,
  }));
}
