import { creditPlansAbi, rewardsAbi } from "@stelai/sdk/abis";
import { eq, gte, inArray, sql } from "drizzle-orm";
import { type Address, getAddress, type Hex, numberToHex, type RpcLog, toEventSelector } from "viem";
import type { Chain, Head } from "../chain/index.ts";
import { type Store, tables } from "../store/index.ts";

const { bonuses, facts, subscriptions, topUps } = tables;

export type BooksOptions = { store: Store; chain: Chain };

const POSITION = "plans";
/** Blocks of one `eth_getLogs`, and accounts that are read at once. */
const SPAN = 10_000n;
const READ = 200;
const MICRO = 10n ** 12n;

const topicsOf = (names: readonly string[]): Hex[] =>
  [...creditPlansAbi, ...rewardsAbi]
    .filter((item) => item.type === "event")
    .filter((item) => names.includes(item.name))
    .map((item) => toEventSelector(item));
/** Events by the book that they concern; the first value of each is the account. */
const OF_PLANS = topicsOf(["Subscribed", "Renewed", "Upgraded", "RenewalSet"]);
const OF_TOP_UPS = topicsOf(["TopUpSet", "ToppedUp"]);
const OF_BONUS = topicsOf(["Granted", "LapseMoved", "Drawn", "Restored", "Lapsed"]);
const TRANSFER = toEventSelector("Transfer(address,address,uint256)");

/**
 * Brings the books of plans, top-ups and bonus credits up to the chain's head, from where they stood. Logs of blocks that
 * are not final are read again each time, and so is every row that one of them spoke of: what a reorganisation took back is
 * then right again, whichever process saw it. One process at a time calls this.
 * @returns whose $STELAI went somewhere since: who may have few left.
 */
export async function followPlans({ store, chain }: BooksOptions): Promise<Set<Address>> {
  const head = await chain.refresh();
  const final = head.number - BigInt(chain.finalityBlocks);
  const [known] = await store.db.select().from(facts).where(eq(facts.key, POSITION));
  let from = known === undefined ? chain.startBlock : BigInt(known.value);
  for (const table of [subscriptions, topUps, bonuses]) {
    await store.db.update(table).set({ stale: true }).where(gte(table.touched, from));
  }
  const spenders = new Set<Address>();
  while (from <= head.number) {
    const end = from + SPAN - 1n;
    const to = end < head.number ? end : head.number;
    const { CreditPlans, Rewards, Stelai } = chain.contracts;
    const [logs, transfers] = await Promise.all([
      logsOf(chain, [CreditPlans, Rewards], [...OF_PLANS, ...OF_TOP_UPS, ...OF_BONUS], from, to),
      // Books that begin now have every row read anyway.
      known === undefined ? [] : logsOf(chain, [Stelai], [TRANSFER], from, to),
    ]);
    const senders = new Set(transfers.map(accountIn).filter((account) => account !== undefined));
    for (const account of senders) spenders.add(account);
    const position = to < final ? to + 1n : final + 1n;
    await store.transaction(async (tx) => {
      await touch({ store: { ...store, db: tx }, chain }, logs, head);
      // With the position: whoever reads on after this process died does not see these blocks again.
      for (const page of pagesOf([...senders])) {
        await tx.update(topUps).set({ stale: true }).where(inArray(topUps.account, page));
      }
      if (position <= from) return;
      const value = String(position);
      await tx.insert(facts).values({ key: POSITION, value }).onConflictDoUpdate({ target: facts.key, set: { value } });
    });
    from = to + 1n;
  }
  await readPlans({ store, chain });
  await readBonuses({ store, chain });
  return spenders;
}

async function logsOf(chain: Chain, address: Address[], topics: Hex[], from: bigint, to: bigint): Promise<RpcLog[]> {
  return chain.client.request({
    method: "eth_getLogs",
    params: [{ address, topics: [topics], fromBlock: numberToHex(from), toBlock: numberToHex(to) }],
  });
}

/** The account that an event is about, its first indexed value; undefined for what is minted. */
function accountIn(log: RpcLog): Address | undefined {
  const word = BigInt(log.topics[1] ?? "0x0");
  return word === 0n ? undefined : getAddress(numberToHex(word, { size: 20 }));
}

/** Has every row that the logs speak of read anew, and what was given up on for a while tried again. */
async function touch({ store: { db } }: BooksOptions, logs: readonly RpcLog[], head: Head): Promise<void> {
  const of = (topics: readonly Hex[]) => {
    const newest = new Map<Address, bigint>();
    for (const log of logs) {
      const account = accountIn(log);
      if (account === undefined || !topics.includes(log.topics[0] ?? "0x")) continue;
      // In the order of the chain: the last one counts.
      newest.set(account, BigInt(log.blockNumber ?? "0x0"));
    }
    return pagesOf([...newest].map(([account, touched]) => ({ account, touched, stale: true })));
  };
  const again = (table: typeof subscriptions | typeof topUps) => ({
    stale: true,
    touched: sql`greatest(${table.touched}, excluded.touched)`,
    nextTry: sql`case when excluded.touched > ${table.touched} and ${table.nextTry} is not null then ${head.timestamp} else ${table.nextTry} end`,
  });
  for (const page of of(OF_PLANS)) {
    await db
      .insert(subscriptions)
      .values(page.map((row) => ({ ...row, planId: 0n, until: 0n, renews: false })))
      .onConflictDoUpdate({ target: subscriptions.account, set: again(subscriptions) });
  }
  for (const page of of(OF_TOP_UPS)) {
    await db
      .insert(topUps)
      .values(page.map((row) => ({ ...row, agreed: true })))
      .onConflictDoUpdate({ target: topUps.account, set: again(topUps) });
  }
  for (const page of of(OF_BONUS)) {
    await db
      .insert(bonuses)
      .values(page.map((row) => ({ ...row, balance: 0n, lapsesAt: 0n })))
      .onConflictDoUpdate({
        target: bonuses.account,
        set: {
          ...{ stale: true, touched: sql`greatest(${bonuses.touched}, excluded.touched)` },
          balance: sql`case when excluded.touched > ${bonuses.touched} then 0 else ${bonuses.balance} end`,
          burnTransactionId: sql`case when excluded.touched > ${bonuses.touched} then null else ${bonuses.burnTransactionId} end`,
        },
      });
  }
}

async function readPlans({ store, chain }: BooksOptions): Promise<void> {
  const contract = { address: chain.contracts.CreditPlans, abi: creditPlansAbi } as const;
  for (;;) {
    const rows = await store.db.select().from(subscriptions).where(eq(subscriptions.stale, true)).limit(READ);
    if (rows.length === 0) return;
    const read = await Promise.all(
      rows.map(async (row) => {
        const { renewalPlanId, end, mandate } = await chain.client.readContract({
          ...{ ...contract, functionName: "subscriptionOf", args: [row.account] },
        });
        return { ...row, stale: false, planId: BigInt(renewalPlanId), until: end, renews: mandate > 0n };
      }),
    );
    await store.db
      .insert(subscriptions)
      .values(read)
      .onConflictDoUpdate({
        target: subscriptions.account,
        set: {
          ...{ stale: false, planId: sql`excluded.plan_id`, until: sql`excluded.until` },
          renews: sql`excluded.renews`,
        },
      });
  }
}

async function readBonuses({ store, chain }: BooksOptions): Promise<void> {
  const contract = { address: chain.contracts.Rewards, abi: rewardsAbi } as const;
  for (;;) {
    const rows = await store.db.select().from(bonuses).where(eq(bonuses.stale, true)).limit(READ);
    if (rows.length === 0) return;
    const read = await Promise.all(
      rows.map(async (row) => {
        const [balance, lapsesAt] = await chain.client.readContract({
          ...{ ...contract, functionName: "bonusOf", args: [row.account] },
        });
        // The chain says zero of what lapsed and is not burned yet: what it was is what was read before.
        const hasLapsed = lapsesAt === row.lapsesAt && lapsesAt < chain.head().timestamp;
        return { ...row, stale: false, balance: hasLapsed ? row.balance : balance / MICRO, lapsesAt };
      }),
    );
    await store.db
      .insert(bonuses)
      .values(read)
      .onConflictDoUpdate({
        target: bonuses.account,
        set: { stale: false, balance: sql`excluded.balance`, lapsesAt: sql`excluded.lapses_at` },
      });
  }
}

function* pagesOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += READ) yield rows.slice(at, at + READ);
}
