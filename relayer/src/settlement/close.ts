import { inferenceMeterAbi } from "@stelai/sdk/abis";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { encodeFunctionData } from "viem";
import { tabs } from "../store/schema/metering.ts";
import type { SettlementOptions } from "./index.ts";
import { TransactionRefusedError } from "./transactions.ts";

type Needs = Pick<SettlementOptions, "store" | "chain" | "operator" | "transactions" | "log" | "metering">;

/** Pays back what is left of every tab that its session key agreed to close and that is settled to the end. */
export async function closeTabs({ store, chain, operator, transactions, log, metering }: Needs): Promise<void> {
  const due = await store.db
    .select()
    .from(tabs)
    .where(
      and(
        eq(tabs.operator, operator.address),
        eq(tabs.closed, false),
        isNotNull(tabs.closeSignature),
        sql`${tabs.spent} = ${tabs.closeTotal}`,
      ),
    );
  for (const { tabId, closeTotal, closeSignature } of due) {
    if (closeTotal === null || closeSignature === null) continue;
    const description = `close tab ${tabId}`;
    if (await transactions.isPending(description)) continue;
    const data = encodeFunctionData({
      abi: inferenceMeterAbi,
      functionName: "close",
      // The operator itself calls: its signature may be empty.
      args: [operator.address, tabId, Number(closeTotal), closeSignature, "0x"],
    });
    try {
      await transactions.enqueue({ to: chain.contracts.InferenceMeter, data, description });
    } catch (error) {
      if (!(error instanceof TransactionRefusedError)) throw error;
      // Closed by another way, or the key was rotated: the chain's word is read again.
      log.warn({ tab: tabId.toString(), error }, "a tab could not be closed");
      const tab = await metering.tabs.sync(tabId);
      if (tab?.closed === false)
        await store.db
          .update(tabs)
          .set({ closeSignature: null, closeTotal: null })
          .where(keyOf(operator.address, tabId));
    }
  }
}

function keyOf(operator: `0x${string}`, tabId: bigint) {
  return and(eq(tabs.operator, operator), eq(tabs.tabId, tabId));
}
