import { characterAccessAbi, charactersAbi } from "@stelai/sdk/abis";
import { and, eq, gte, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { type Address, getAddress, numberToHex, parseEventLogs, type RpcLog, toEventSelector } from "viem";
import { accountIn, characterIn, PASS_TOPICS } from "../chain/access.ts";
import type { CharacterRegistry } from "../chain/characters.ts";
import type { Chain, Head } from "../chain/index.ts";
import { type Database, type Store, tables } from "../store/index.ts";
import type { PassPlan } from "../store/schema/access.ts";

const { passes, circles, renewals, facts } = tables;

/** A renewal that is final on the chain. */
export type FinalRenewal = {
  characterId: bigint;
  account: Address;
  plan: PassPlan;
  price: bigint;
  start: bigint;
  until: bigint;
  transaction: string;
};

export type BooksOptions = { store: Store; chain: Chain; characters: Pick<CharacterRegistry, "all"> };

/** As `ICharacterAccess.Plan` numbers them. */
const PLANS: readonly PassPlan[] = ["Lifetime", "Monthly", "Annual"];

const POSITION = "passes";
/** Blocks of one `eth_getLogs`, and passes that are read at once. */
const SPAN = 10_000n;
const READ = 200;
const ALLOWED = toEventSelector("AllowListChanged(uint256,address[],bool)");
const REDEEMED = toEventSelector("InviteRedeemed(uint256,address,bytes32)");

/**
 * Brings the books of passes and allow lists up to the chain's head, from where they stood. Logs of blocks that are not
 * final are read again each time, and so is every pass that one of them spoke of: what a reorganisation took back is
 * then right again, whichever process saw it. One process at a time calls this.
 * @returns the renewals that became final since.
 */
export async function followPasses(options: BooksOptions): Promise<FinalRenewal[]> {
  const { store, chain } = options;
  const head = await chain.refresh();
  const final = head.number - BigInt(chain.finalityBlocks);
  const [known] = await store.db.select().from(facts).where(eq(facts.key, POSITION));
  let from = known === undefined ? chain.startBlock : BigInt(known.value);
  await store.db.update(passes).set({ stale: true }).where(gte(passes.touched, from));
  const renewed: FinalRenewal[] = [];
  while (from <= head.number) {
    const end = from + SPAN - 1n;
    const to = end < head.number ? end : head.number;
    const [ofPasses, ofCircles] = await Promise.all([
      logsOf(chain, chain.contracts.CharacterAccess, PASS_TOPICS, from, to),
      logsOf(chain, chain.contracts.Characters, [ALLOWED, REDEEMED], from, to),
    ]);
    const isFinal = (log: RpcLog) => BigInt(log.blockNumber ?? "0x0") <= final;
    const ended = renewalsIn(ofPasses.filter(isFinal));
    const position = to < final ? to + 1n : final + 1n;
    await store.transaction(async (tx) => {
      await touch(tx, ofPasses, head);
      await remember(tx, ofCircles);
      for (const one of ended) await recordRenewed(tx, one);
      if (position <= from) return;
      const value = String(position);
      await tx.insert(facts).values({ key: POSITION, value }).onConflictDoUpdate({ target: facts.key, set: { value } });
    });
    renewed.push(...ended);
    from = to + 1n;
  }
  await readStale(options, head);
  return renewed;
}

async function logsOf(chain: Chain, address: Address, topics: `0x${string}`[], from: bigint, to: bigint) {
  return chain.client.request({
    method: "eth_getLogs",
    params: [{ address, topics: [topics], fromBlock: numberToHex(from), toBlock: numberToHex(to) }],
  });
}

/** Has every pass that the logs speak of read anew, and what was given up on for a while tried again. */
async function touch(tx: Database, logs: readonly RpcLog[], head: Head): Promise<void> {
  const rows = new Map<string, typeof passes.$inferInsert>();
  for (const log of logs) {
    const account = accountIn(log);
    if (account === undefined) continue;
    const characterId = characterIn(log);
    // In the order of the chain: the last one counts.
    rows.set(`${characterId}:${account}`, {
      ...{ characterId, account: getAddress(account), touched: BigInt(log.blockNumber ?? "0x0"), stale: true },
      ...{ lifetime: false, until: 0n, plan: "Monthly", mandate: 0n, running: false },
    });
  }
  for (const page of pagesOf([...rows.values()])) {
    for (const { characterId, account, touched } of page) {
      const isNews = sql`exists (select from relayer.passes p where p.character_id = ${characterId} and p.account = ${account} and p.touched < ${touched})`;
      await tx
        .update(renewals)
        .set({ nextTry: head.timestamp })
        .where(
          and(
            eq(renewals.characterId, characterId),
            eq(renewals.account, account),
            isNotNull(renewals.nextTry),
            isNews,
          ),
        );
    }
    await tx
      .insert(passes)
      .values(page)
      .onConflictDoUpdate({
        target: [passes.characterId, passes.account],
        set: { stale: true, touched: sql`greatest(${passes.touched}, excluded.touched)` },
      });
  }
}

/** Remembers who was put on an allow list. */
async function remember(tx: Database, logs: readonly RpcLog[]): Promise<void> {
  const rows: (typeof circles.$inferInsert)[] = [];
  for (const { eventName, args } of parseEventLogs({ abi: charactersAbi, logs: logs as never })) {
    if (eventName === "InviteRedeemed") rows.push({ characterId: args.characterId, account: args.account });
    if (eventName !== "AllowListChanged" || !args.allowed) continue;
    rows.push(...args.accounts.map((account) => ({ characterId: args.characterId, account })));
  }
  for (const page of pagesOf(rows)) await tx.insert(circles).values(page).onConflictDoNothing();
}

function renewalsIn(logs: readonly RpcLog[]): FinalRenewal[] {
  const events = parseEventLogs({ abi: characterAccessAbi, eventName: "PassRenewed", logs: logs as never });
  return events.map(({ args, transactionHash }) => ({
    ...{ characterId: args.characterId, account: args.account, plan: PLANS[args.plan] ?? "Monthly" },
    ...{
      price: BigInt(args.price),
      start: BigInt(args.start),
      until: BigInt(args.until),
      transaction: transactionHash,
    },
  }));
}

/** The period that ended last before it was renewed is the one that was due. */
async function recordRenewed(tx: Database, { characterId, account, price, start }: FinalRenewal): Promise<void> {
  const isIt = sql`${renewals.ended} = (select max(r.ended) from relayer.renewals r where r.character_id = ${characterId} and r.account = ${account} and r.ended <= ${start})`;
  await tx
    .update(renewals)
    .set({ status: "Renewed", price, nextTry: null, updatedAt: new Date() })
    .where(and(eq(renewals.characterId, characterId), eq(renewals.account, account), isIt));
}

/** Reads every pass of a character served here that may have changed. */
async function readStale({ store, chain, characters }: BooksOptions, head: Head): Promise<void> {
  const served = characters.all().map(({ id }) => id);
  if (served.length === 0) return;
  for (;;) {
    const rows = await store.db
      .select()
      .from(passes)
      .where(and(eq(passes.stale, true), inArray(passes.characterId, served)))
      .limit(READ);
    if (rows.length === 0) return;
    const read = await Promise.all(
      rows.map(async (row) => {
        const access = await chain.client.readContract({
          ...{ address: chain.contracts.CharacterAccess, abi: characterAccessAbi, functionName: "accessOf" },
          args: [row.characterId, row.account],
        });
        const until = BigInt(access.until);
        const isSame = row.running && row.until === until;
        return {
          ...row,
          ...{ stale: false, lifetime: access.lifetime, until, mandate: BigInt(access.mandate) },
          plan: PLANS[access.renewalPlan] ?? "Monthly",
          // One that ran until now may have ended by time: that is still to be told. One that was cancelled is not.
          running: !access.lifetime && (until > head.timestamp || isSame),
        };
      }),
    );
    await store.db
      .insert(passes)
      .values(read)
      .onConflictDoUpdate({
        target: [passes.characterId, passes.account],
        set: {
          ...{ stale: sql`false`, lifetime: sql`excluded.lifetime`, until: sql`excluded.until` },
          ...{ plan: sql`excluded.plan`, mandate: sql`excluded.mandate`, running: sql`excluded.running` },
        },
      });
  }
}

/** Forgets what became of renewals long ago. */
export async function pruneRenewals(db: Database, now = Date.now()): Promise<void> {
  await db.delete(renewals).where(lt(renewals.updatedAt, new Date(now - 400 * 86_400_000)));
}

function* pagesOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += READ) yield rows.slice(at, at + READ);
}
