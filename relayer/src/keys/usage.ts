import type { BudgetKeyUsage } from "@stelai/sdk/wire";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Address } from "viem";
import { type Database, tables } from "../store/index.ts";

const { receipts } = tables;

/** How many days and characters are told. */
const MAX_ROWS = 90;

/** What was charged to a tab, by day of the chain's time and by character. */
export async function usageOf(db: Database, operator: Address, tabId: bigint): Promise<BudgetKeyUsage> {
  const ofTab = and(eq(receipts.operator, operator), eq(receipts.tabId, tabId));
  const requests = sql<number>`count(*)::integer`;
  const charged = sql<string>`coalesce(sum(${receipts.amount} + ${receipts.fee}), 0)::text`;
  const [total] = await db.select({ requests, amount: charged }).from(receipts).where(ofTab);
  const day = sql<string>`to_char(to_timestamp(${receipts.servedAt}) at time zone 'UTC', 'YYYY-MM-DD')`;
  const days = await db
    .select({ day, requests, amount: charged })
    .from(receipts)
    .where(ofTab)
    .groupBy(day)
    .orderBy(desc(day))
    .limit(MAX_ROWS);
  const { characterId } = receipts;
  const characters = await db
    .select({ characterId, requests, milliunits: sql<string>`sum(${receipts.milliunits})::text`, amount: charged })
    .from(receipts)
    .where(ofTab)
    .groupBy(characterId)
    .orderBy(desc(sql`sum(${receipts.amount} + ${receipts.fee})`), characterId)
    .limit(MAX_ROWS);
  return {
    requests: total?.requests ?? 0,
    amount: BigInt(total?.amount ?? 0),
    days: days.map((one) => ({ ...one, amount: BigInt(one.amount) })),
    characters: characters.map((one) => ({
      ...one,
      milliunits: BigInt(one.milliunits),
      amount: BigInt(one.amount),
    })),
  };
}
