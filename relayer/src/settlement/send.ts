import { encodeBatch } from "@stelai/sdk";
import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { and, asc, eq, inArray } from "drizzle-orm";
import { encodeFunctionData } from "viem";
import { loadLines } from "../metering/lines.ts";
import { seals } from "../store/schema/metering.ts";
import type { SettlementOptions } from "./index.ts";
import { TRANSACTION_GAS } from "./transactions.ts";

/** Rows of one batch. */
const BATCH = 100;

/** The most gas of one batch: far below the 2^24 that EIP-7825 allows a transaction. */
const BATCH_GAS = 8_000_000n;

/** More than a row and a line of it ever use, a character's first credit included; unused gas is not paid. */
const ROW_GAS = 25_000n;
const LINE_GAS = 26_000n;
const BASE_GAS = 60_000n;

/** Thrown when another process sends these seals already; the round is repeated. */
export class SealsTakenError extends Error {
  override readonly name = "SealsTakenError";
}

type Row = { lines: readonly unknown[] };

/** Sends every seal that waits, oldest first; that a seal is sent is stored together with its transaction. */
export async function sendSeals({
  store,
  chain,
  operator,
  transactions,
}: Pick<SettlementOptions, "store" | "chain" | "operator" | "transactions">): Promise<void> {
  for (;;) {
    const waiting = await store.db
      .select()
      .from(seals)
      .where(and(eq(seals.operator, operator.address), eq(seals.status, "sealed")))
      .orderBy(asc(seals.number))
      .limit(BATCH);
    const rows = fitting(waiting);
    if (rows.length === 0) return;
    const batch = encodeBatch(
      rows.map(({ tabId, cumulative, receipts, lines, signature }) => ({
        ...{ tabId, cumulative, receipts, signature },
        lines: loadLines(lines),
      })),
    );
    const data = encodeFunctionData({ abi: inferenceMeterAbi, functionName: "settle", args: [batch] });
    const request = {
      to: chain.contracts.InferenceMeter,
      data,
      description: `settle ${rows.length} vouchers`,
      // An estimate may skip rows that follow one still on its way, and a skipped row is cheap.
      minimumGas: gasOf(rows),
      maximumGas: TRANSACTION_GAS,
    };
    await transactions.enqueue(request, async (tx, id) => {
      const numbers = rows.map(({ number }) => number);
      const taken = await tx
        .update(seals)
        .set({ status: "sent", transactionId: id })
        .where(and(inArray(seals.number, numbers), eq(seals.status, "sealed")))
        .returning({ number: seals.number });
      // A settler whose connection broke has lost its turn without knowing: then nothing is stored, and nothing is sent.
      if (taken.length !== rows.length) throw new SealsTakenError();
    });
    if (rows.length === waiting.length && waiting.length < BATCH) return;
  }
}

/** As many of the rows, from the first, as one transaction has gas for; never none of some. */
export function fitting<T extends Row>(rows: readonly T[]): T[] {
  let count = 0;
  while (count < rows.length && (count === 0 || gasOf(rows.slice(0, count + 1)) <= BATCH_GAS)) count += 1;
  return rows.slice(0, count);
}

/** What a batch of these rows uses at most. */
export function gasOf(rows: readonly Row[]): bigint {
  const lines = rows.reduce((sum, row) => sum + row.lines.length, 0);
  return BASE_GAS + BigInt(rows.length) * ROW_GAS + BigInt(lines) * LINE_GAS;
}
