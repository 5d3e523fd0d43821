import { eq } from "drizzle-orm";
import type { Gauge } from "prom-client";
import type { Chain } from "../chain/index.ts";
import type { Logger } from "../log.ts";
import type { QuotaScope, Quotas } from "../people/quotas.ts";
import { type Database, tables } from "../store/index.ts";

const { transactions } = tables;

/** Wei of the chain's coin that budgets are counted in. */
export const GWEI = 1_000_000_000n;

/** What waits while gas costs too much. */
export type GasLimit = {
  /** In wei. */
  maximum: bigint;
  /** The setting's name, and what waits, for the log. */
  setting: string;
  what: string;
  /** 1 while it waits. */
  gauge: Pick<Gauge, "set">;
};

/** Whether gas costs no more than the operator allows for something, as the node has it now. */
export async function isGasAffordable(
  { chain, log }: { chain: Pick<Chain, "client">; log: Logger },
  { maximum, setting, what, gauge }: GasLimit,
): Promise<boolean> {
  const price = await chain.client.getGasPrice();
  const isTooDear = price > maximum;
  gauge.set(isTooDear ? 1 : 0);
  if (isTooDear) log.info({ price: String(price) }, `${what} wait: gas costs more than ${setting}`);
  return !isTooDear;
}

/** What may be spent on something in a UTC day, in wei: by gas limits and highest fees. */
export type GasBudget = { scope: QuotaScope & `${string}.gwei`; limit: bigint };

/**
 * Takes the most that a transaction may cost from the day's budget, in the SQL transaction that stores it.
 * @throws DailyLimitError when it is not covered; then nothing is stored.
 */
export async function takeFromBudget(
  { quotas }: { quotas: Pick<Quotas, "within"> },
  { scope, limit }: GasBudget,
  tx: Database,
  id: number,
): Promise<void> {
  const { gas, attempts } = transactions;
  const [row] = await tx.select({ gas, attempts }).from(transactions).where(eq(transactions.id, id));
  const fee = row?.attempts[0]?.maxFee;
  if (row === undefined || fee === undefined) throw new Error(`transaction ${id} is not stored`);
  const amount = (row.gas * BigInt(fee) + GWEI - 1n) / GWEI;
  const claim = { scope, subject: "all", amount, limit: limit / GWEI } as const;
  await quotas.within(tx).take([claim], "The operator spent on gas for this what it does in a day.");
}
