import { rewardsAbi, stelaiAbi } from "@stelai/sdk/abis";
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Address } from "viem";
import type { Accounts } from "../people/accounts.ts";
import { tables } from "../store/index.ts";
import { balanceLow } from "./notices.ts";
import type { KeeperOptions } from "./shared.ts";

const { lowBalances, requests, tabs, topUps } = tables;

const MICRO = 10n ** 12n;
/** Accounts that are looked at in one round. */
const AT_ONCE = 200;

export type BalancesOptions = KeeperOptions & { operator: Address; accounts: Pick<Accounts, "known"> };

/** Who paid for something here since. */
export async function payersSince({ store, operator }: BalancesOptions, since: Date): Promise<Address[]> {
  const rows = await store.db
    .selectDistinct({ payer: tabs.payer })
    .from(requests)
    .innerJoin(tabs, and(eq(tabs.operator, requests.operator), eq(tabs.tabId, requests.tabId)))
    .where(and(eq(requests.operator, operator), gt(requests.createdAt, since)));
  return rows.map(({ payer }) => payer);
}

/**
 * Tells who has few credits left, once until they have more. What counts is all that an account can spend: its wallet, its
 * bonus credits and what is left in its tabs here. Who is topped up is told of that instead.
 * @param spent Whose credits became fewer since the last round.
 */
export async function tellLow(options: BalancesOptions, spent: readonly Address[], now: bigint): Promise<void> {
  const { store, config, tell, accounts } = options;
  if (config.BALANCE_LOW === 0n || spent.length === 0) return;
  const known = await accounts.known(spent);
  if (known.length === 0) return;
  const topped = await store.db
    .select({ account: topUps.account })
    .from(topUps)
    .where(and(eq(topUps.agreed, true), inArray(topUps.account, known)));
  const others = new Set(known);
  for (const { account } of topped) others.delete(account);
  for (const account of [...others].slice(0, AT_ONCE)) {
    const balance = await balanceOf(options, account);
    if (balance >= config.BALANCE_LOW) {
      await store.db.delete(lowBalances).where(eq(lowBalances.account, account));
      continue;
    }
    const fresh = await store.db
      .insert(lowBalances)
      .values({ account, toldAt: now })
      .onConflictDoNothing()
      .returning({ account: lowBalances.account });
    if (fresh.length > 0) await tell(balanceLow(account, balance, now));
  }
}

/** All that an account can spend, in microcredits; less is read where the tabs alone hold enough. */
async function balanceOf({ store, chain, operator, config }: BalancesOptions, account: Address): Promise<bigint> {
  const [row] = await store.db
    .select({ left: sql<string>`coalesce(sum(greatest(${tabs.cap} - ${tabs.cumulative}, 0)), 0)` })
    .from(tabs)
    .where(and(eq(tabs.operator, operator), eq(tabs.payer, account), eq(tabs.closed, false)));
  const left = BigInt(row?.left ?? "0");
  if (left >= config.BALANCE_LOW) return left;
  const { Stelai, Rewards } = chain.contracts;
  const [wallet, [bonus]] = await Promise.all([
    chain.client.readContract({ address: Stelai, abi: stelaiAbi, functionName: "balanceOf", args: [account] }),
    chain.client.readContract({ address: Rewards, abi: rewardsAbi, functionName: "bonusOf", args: [account] }),
  ]);
  return left + (wallet + bonus) / MICRO;
}
