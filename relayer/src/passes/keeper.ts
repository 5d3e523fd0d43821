import { characterAccessAbi, stelaiAbi } from "@stelai/sdk/abis";
import { and, eq, gt, inArray, isNotNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { type Address, encodeFunctionData } from "viem";
import type { CharacterRegistry } from "../chain/characters.ts";
import type { Chain } from "../chain/index.ts";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { type Notice, passEnded, renewalDue, renewalFailed } from "../people/notices.ts";
import { isGasAffordable } from "../settlement/gas.ts";
import { TRANSACTION_GAS, type TransactionQueue, TransactionRefusedError } from "../settlement/transactions.ts";
import { type Database, type Store, tables } from "../store/index.ts";

const { passes, renewals, transactions: sentTransactions } = tables;

/** As `RenewalStatus` numbers them. */
export const RENEWAL_STATUSES = [
  ...["Due", "NotDue", "NotRenewing", "Lapsed", "Paused", "Suspended", "NotAllowed", "NotOffered"],
  ...["PriceAboveMandate", "BalanceTooLow", "AllowanceTooLow"],
] as const;

/** What the holder is told of: the rest passes by itself, or is what the holder wants. */
const TOLD: ReadonlySet<string> = new Set([
  ...["Suspended", "NotAllowed", "NotOffered", "PriceAboveMandate", "BalanceTooLow", "AllowanceTooLow"],
]);

/** How long after its end a period can be renewed: `Renewals.LAPSE`. */
export const LAPSE = 14n * 86_400n;
/** How long before its renewal a holder is told of it. */
const NOTICE = 3n * 86_400n;
/** The first time to wait after a refusal, and the longest: four times as long each time. */
const FIRST_WAIT = 60n;
const LONGEST_WAIT = 6n * 3_600n;
/** More than one renewal ever uses; unused gas is not paid. */
const RENEWAL_GAS = 130_000n;
const BASE_GAS = 60_000n;
/** Batches of one round. */
const BATCHES = 20;

export type KeeperOptions = {
  store: Store;
  chain: Chain;
  characters: Pick<CharacterRegistry, "all">;
  transactions: TransactionQueue;
  config: Pick<Config, "KEEPER_MAX_GAS_PRICE" | "KEEPER_MINIMUM_PRICE" | "KEEPER_BATCH">;
  log: Logger;
  metrics: Metrics;
  /** Tells a holder; never throws. */
  tell: (notice: Notice) => Promise<void>;
};

type Row = { characterId: bigint; account: Address; until: bigint; plan: string; mandate: bigint; tries: number };

/** Tells of what comes and of what ended, and renews what is due. One process at a time calls this. */
export async function keepPasses(options: KeeperOptions): Promise<void> {
  const served = options.characters.all().map(({ id }) => id);
  await concludeSent(options);
  if (served.length === 0) return;
  const now = options.chain.head().timestamp;
  const isServed = and(eq(passes.stale, false), eq(passes.lifetime, false), inArray(passes.characterId, served));
  await announce(options, now, isServed);
  await tellEnds(options, now, isServed);
  await giveUp(options.store.db, now);
  const due = and(isServed, gt(passes.mandate, 0n), lte(passes.until, now), gt(passes.until, now - LAPSE - 1n));
  await renewDue(options, now, and(due, isWorthwhile(options)));
}

/** Passes whose renewal is not below the least price that is renewed here; what is not offered any more costs no gas. */
function isWorthwhile({ characters, config }: KeeperOptions): SQL | undefined {
  const isEnough = (price: bigint) => price === 0n || price >= config.KEEPER_MINIMUM_PRICE;
  const idsBy = (plan: "monthly" | "annual") =>
    characters
      .all()
      .filter(({ terms }) => isEnough(terms[plan]))
      .map(({ id }) => id);
  return or(
    and(eq(passes.plan, "Annual"), inArray(passes.characterId, idsBy("annual"))),
    and(ne(passes.plan, "Annual"), inArray(passes.characterId, idsBy("monthly"))),
  );
}

/** What was sent and came to nothing is tried again later; what was renewed is recorded when it is final. */
async function concludeSent({ store, chain, metrics }: KeeperOptions): Promise<void> {
  const now = chain.head().timestamp;
  const sent = await store.db
    .select({ renewal: renewals, outcome: sentTransactions.status })
    .from(renewals)
    .leftJoin(sentTransactions, eq(sentTransactions.id, renewals.transactionId))
    .where(eq(renewals.status, "Sent"));
  for (const { renewal, outcome } of sent) {
    if (outcome === "sent" || outcome === "mined") continue;
    const status = outcome === "final" ? "Skipped" : "Reverted";
    metrics.renewals.inc({ outcome: status });
    await store.db
      .update(renewals)
      .set({ status, nextTry: now + waitAfter(renewal.tries), updatedAt: new Date() })
      .where(and(isRow(renewal), eq(renewals.ended, renewal.ended)));
  }
}

/** Three days before, once for each period. */
async function announce({ store, chain, characters, tell }: KeeperOptions, now: bigint, isServed: SQL | undefined) {
  const isNear = and(gt(passes.mandate, 0n), gt(passes.until, now), lte(passes.until, now + NOTICE));
  const rows = await store.db
    .select()
    .from(passes)
    .where(and(isServed, isNear, sql`${passes.announced} is distinct from ${passes.until}`));
  const offers = new Map(characters.all().map((one) => [one.id, one]));
  for (const row of rows) {
    const { characterId, account, until, plan, mandate } = row;
    const offer = offers.get(characterId);
    if (offer === undefined) continue;
    const price = plan === "Annual" ? offer.terms.annual : offer.terms.monthly;
    const problem = offer.suspended ? "Suspended" : await problemOf(chain, account, price, mandate);
    await tell(renewalDue({ account, characterId, until }, { plan, price, mandate, problem }));
    await store.db
      .update(passes)
      .set({ announced: until })
      .where(and(eq(passes.characterId, characterId), eq(passes.account, account)));
  }
}

/** What would keep it from being renewed as things are now, as `RenewalStatus` names it. */
async function problemOf(chain: Chain, account: Address, price: bigint, mandate: bigint): Promise<string | null> {
  if (price === 0n) return "NotOffered";
  if (price > mandate) return "PriceAboveMandate";
  const contract = { address: chain.contracts.Stelai, abi: stelaiAbi } as const;
  const [balance, allowance] = await Promise.all([
    chain.client.readContract({ ...contract, functionName: "balanceOf", args: [account] }),
    chain.client.readContract({
      ...{ ...contract, functionName: "allowance", args: [account, chain.contracts.CharacterAccess] },
    }),
  ]);
  const amount = price * 10n ** 12n;
  if (balance < amount) return "BalanceTooLow";
  return allowance < amount ? "AllowanceTooLow" : null;
}

/** Passes that ran out, or whose agreement lapsed without a renewal. */
async function tellEnds({ store, tell }: KeeperOptions, now: bigint, isServed: SQL | undefined): Promise<void> {
  const isOver = or(and(eq(passes.mandate, 0n), lte(passes.until, now)), lte(passes.until, now - LAPSE - 1n));
  const rows = await store.db
    .select()
    .from(passes)
    .where(and(isServed, eq(passes.running, true), isOver));
  for (const { characterId, account, until } of rows) {
    await tell(passEnded({ account, characterId, until }));
    await store.db
      .update(passes)
      .set({ running: false })
      .where(and(eq(passes.characterId, characterId), eq(passes.account, account)));
  }
}

/** Agreements that have lapsed are not tried again. */
async function giveUp(db: Database, now: bigint): Promise<void> {
  await db
    .update(renewals)
    .set({ status: "Lapsed", nextTry: null, updatedAt: new Date() })
    .where(and(lte(renewals.ended, now - LAPSE - 1n), isNotNull(renewals.nextTry)));
}

async function renewDue(options: KeeperOptions, now: bigint, due: SQL | undefined): Promise<void> {
  const { store, config, metrics } = options;
  const isWaiting = sql`(${renewals.status} is null or (${renewals.status} <> 'Sent' and ${renewals.nextTry} <= ${now}))`;
  const waiting = () =>
    store.db
      .select({ pass: passes, tries: renewals.tries })
      .from(passes)
      .leftJoin(
        renewals,
        and(
          eq(renewals.characterId, passes.characterId),
          eq(renewals.account, passes.account),
          eq(renewals.ended, passes.until),
        ),
      )
      .where(and(due, isWaiting))
      .orderBy(passes.until)
      .limit(config.KEEPER_BATCH);
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = (await waiting()).map(({ pass, tries }) => ({ ...pass, tries: tries ?? 0 }));
    metrics.renewalsDue.set(rows.length);
    if (rows.length === 0 || !(await isAffordable(options))) return;
    const statuses = await statusesOf(options.chain, rows);
    const named = rows.map((row, index) => ({ row, status: RENEWAL_STATUSES[statuses[index] ?? 1] ?? "NotDue" }));
    for (const { row, status } of named) if (status !== "Due") await refused(options, row, status, now);
    await send(
      options,
      named.filter(({ status }) => status === "Due").map(({ row }) => row),
      now,
    );
  }
}

/** Whether gas costs no more than the operator allows. */
export function isAffordable({
  chain,
  config,
  log,
  metrics,
}: Pick<KeeperOptions, "chain" | "log" | "metrics"> & {
  config: Pick<Config, "KEEPER_MAX_GAS_PRICE">;
}): Promise<boolean> {
  const { KEEPER_MAX_GAS_PRICE: maximum } = config;
  const limit = { maximum, setting: "KEEPER_MAX_GAS_PRICE", what: "renewals", gauge: metrics.renewalsWaitForGas };
  return isGasAffordable({ chain, log }, limit);
}

function statusesOf(chain: Chain, rows: readonly Row[]): Promise<readonly number[]> {
  return chain.client.readContract({
    ...{ address: chain.contracts.CharacterAccess, abi: characterAccessAbi, functionName: "renewalsOf" },
    args: [rows.map(({ characterId, account }) => ({ characterId, account }))],
  });
}

/** Sends a batch; that it is sent is stored with its transaction. One that would revert as a whole is halved. */
async function send(options: KeeperOptions, rows: readonly Row[], now: bigint): Promise<void> {
  const { chain, transactions, metrics, log } = options;
  if (rows.length === 0) return;
  const args = [rows.map(({ characterId, account }) => ({ characterId, account }))] as const;
  const data = encodeFunctionData({ abi: characterAccessAbi, functionName: "renew", args });
  const needed = BASE_GAS + BigInt(rows.length) * RENEWAL_GAS;
  const request = {
    ...{ to: chain.contracts.CharacterAccess, data, description: `renew ${rows.length} passes` },
    // The estimate of one whose credits are gone by then is too low for when they are back.
    minimumGas: needed < TRANSACTION_GAS ? needed : TRANSACTION_GAS,
    maximumGas: TRANSACTION_GAS,
  };
  try {
    await transactions.enqueue(request, async (tx, transactionId) => {
      for (const row of rows) await record(tx, row, { status: "Sent", nextTry: null, transactionId });
    });
    metrics.renewals.inc({ outcome: "Sent" }, rows.length);
  } catch (error) {
    if (!(error instanceof TransactionRefusedError)) throw error;
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) {
      log.warn({ error, character: String(only.characterId) }, "a renewal would revert; it is tried again later");
      await refused(options, only, "Refused", now);
      return;
    }
    const middle = Math.ceil(rows.length / 2);
    await send(options, rows.slice(0, middle), now);
    await send(options, rows.slice(middle), now);
  }
}

/** Records why it was not renewed, tells the holder once, and waits longer each time. */
async function refused({ store, metrics, tell }: KeeperOptions, row: Row, status: string, now: bigint): Promise<void> {
  metrics.renewals.inc({ outcome: status });
  const { account, characterId, until } = row;
  if (TOLD.has(status)) await tell(renewalFailed({ account, characterId, until }, status));
  const nextTry = status === "Lapsed" ? null : now + waitAfter(row.tries + 1);
  await record(store.db, row, { status, nextTry, transactionId: null });
}

type Record = Pick<typeof renewals.$inferInsert, "status" | "nextTry" | "transactionId">;

async function record(db: Database, { characterId, account, until, tries }: Row, fields: Record): Promise<void> {
  const values = { ...fields, tries: tries + 1, updatedAt: new Date() };
  await db
    .insert(renewals)
    .values({ characterId, account, ended: until, ...values })
    .onConflictDoUpdate({ target: [renewals.characterId, renewals.account, renewals.ended], set: values });
}

function isRow({ characterId, account }: { characterId: bigint; account: Address }): SQL | undefined {
  return and(eq(renewals.characterId, characterId), eq(renewals.account, account));
}

/** Seconds to wait after so many tries. */
export function waitAfter(tries: number): bigint {
  const wait = FIRST_WAIT * 4n ** BigInt(Math.min(Math.max(tries - 1, 0), 10));
  return wait < LONGEST_WAIT ? wait : LONGEST_WAIT;
}
