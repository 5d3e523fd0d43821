import { encodeBatch } from "@stelai/sdk";
import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { and, asc, eq, inArray } from "drizzle-orm";
import { encodeFunctionData } from "viem";
import { loadLines } from "../metering/lines.ts";
import { seals } from "../store/schema/metering.ts";
import type { SettlementOptions } from "./index.ts";

/** Rows of one batch. */
const BATCH = 100;

/** More than a row and a line of it ever use, a character's first credit included; unused gas is not paid. */
const ROW_GAS = 25_000n;
const LINE_GAS = 26_000n;

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
    if (waiting.length === 0) return;
    const batch = encodeBatch(
      waiting.map(({ tabId, cumulative, receipts, lines, signature }) => ({
        ...{ tabId, cumulative, receipts, signature },
        lines: loadLines(lines),
      })),
    );
    const data = encodeFunctionData({ abi: inferenceMeterAbi, functionName: "settle", args: [batch] });
    const lines = waiting.reduce((sum, row) => sum + row.lines.length, 0);
    const request = {
      to: chain.contracts.InferenceMeter,
      data,
      description: `settle ${waiting.length} vouchers`,
      // An estimate may skip rows that follow one still on its way, and a skipped row is cheap.
      minimumGas: 60_000n + BigInt(waiting.length) * ROW_GAS + BigInt(lines) * LINE_GAS,
    };
    await transactions.enqueue(request, async (tx, id) => {
      const numbers = waiting.map(({ number }) => number);
      await tx.update(seals).set({ status: "sent", transactionId: id }).where(inArray(seals.number, numbers));
    });
    if (waiting.length < BATCH) return;
  }
}
