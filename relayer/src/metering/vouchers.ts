import { applyReceipt, hashLines, type Line, type Receipt, type TabState } from "@stelai/sdk";
import type { Seal, SignedVoucher } from "@stelai/sdk/wire";
import { and, asc, eq, gt, lte } from "drizzle-orm";
import type { Address, Hex } from "viem";
import { sameAddress } from "../chain/index.ts";
import type { OperatorAccount } from "../operator.ts";
import type { Database, Store } from "../store/index.ts";
import { receipts, seals, tabs, vouchers } from "../store/schema/metering.ts";
import { recoverSigner } from "./curve.ts";
import { type MeterDigests, structHash } from "./digest.ts";
import {
  TabClosedError,
  TabNotFoundError,
  type VoucherRefusal,
  VoucherRefusedError,
  VoucherStaleError,
} from "./errors.ts";
import { stateOf } from "./ledger.ts";
import { loadLines, receiptOf, storeLines } from "./lines.ts";
import type { TabBook, TabRow } from "./tabs.ts";

/** How long after its expiry the chain settles a tab, in seconds: `InferenceMeter.THAW`. */
const THAW = 86_400n;

/** Seconds that a voucher must still be good for when it is taken: it is sealed, sent and mined in that time. */
export const ACCEPT_MARGIN = 600n;

/** Seconds that it must still be good for when it is sealed; below, the key in force has to sign anew. */
export const SEAL_MARGIN = 120n;

/** Takes vouchers and seals them. */
export type VoucherBook = {
  /**
   * Keeps a voucher over any prefix of what was served.
   * @throws VoucherRefusedError with the reason, VoucherStaleError with the seal to start from.
   */
  accept(signed: SignedVoucher): Promise<void>;
  /**
   * Countersigns the newest voucher of the tab's base, once and for good, and starts the tab from its total.
   * @returns undefined when nothing new is signed.
   */
  seal(tabId: bigint): Promise<Seal | undefined>;
};

/** The voucher book of one operator. */
export function createVoucherBook(
  store: Store,
  book: TabBook,
  operator: OperatorAccount,
  digests: MeterDigests,
  now: () => bigint,
  remember: (row: TabRow) => void,
): VoucherBook {
  return {
    accept: async (signed) => {
      const { voucher } = signed;
      if (!sameAddress(voucher.operator, operator.address)) refuse("wrong_operator");
      const signer = await recoverSigner(digests.of("Voucher", voucher), signed.signature);
      if ((await book.find(voucher.tabId, signer)) === undefined) throw new TabNotFoundError(voucher.tabId);
      const changed = await store.transaction(async (tx) => {
        const tab = await lockTab(tx, operator.address, voucher.tabId);
        if (tab === undefined) throw new TabNotFoundError(voucher.tabId);
        if (tab.broken !== null) throw new TabClosedError(tab.tabId, tab.broken);
        checkSigner(tab, signer, now());
        if (now() + ACCEPT_MARGIN >= tab.expiry + THAW) refuse("too_late");
        if (voucher.base !== tab.base) throw await stale(tx, tab, voucher.base);
        if (voucher.cumulative === tab.signed) refuse("replayed");
        if (voucher.cumulative < tab.signed) refuse("lower");
        if (voucher.cumulative > tab.cap) refuse("above_cap");
        const state = await stateAt(tx, tab, voucher.receipts);
        if (voucher.cumulative !== state.cumulative) refuse("total_differs");
        if (voucher.lines !== hashLines(state.lines) || hashLines(signed.lines) !== voucher.lines)
          refuse("lines_differ");
        await keep(tx, operator.address, signed, state, signer as Address, now());
        const [row] = await tx
          .update(tabs)
          .set({ signed: voucher.cumulative })
          .where(and(eq(tabs.operator, tab.operator), eq(tabs.tabId, tab.tabId)))
          .returning();
        return row;
      });
      if (changed !== undefined) remember(changed);
    },

    seal: (tabId) =>
      store.transaction(async (tx) => {
        const tab = await lockTab(tx, operator.address, tabId);
        if (tab === undefined || tab.broken !== null || tab.signed <= tab.base) return undefined;
        const [row] = await tx
          .select()
          .from(vouchers)
          .where(and(eq(vouchers.operator, tab.operator), eq(vouchers.tabId, tabId), eq(vouchers.base, tab.base)));
        if (row === undefined) return undefined;
        if (!settles(tab, row.signer, now() + SEAL_MARGIN)) {
          await forget(tx, tab);
          return undefined;
        }
        const { base, cumulative, lines, linesHash, receipts: head, signature, sequence } = row;
        const voucher = { operator: operator.address, tabId, base, cumulative, lines: linesHash, receipts: head };
        const sealSignature = await operator.sign(digests.of("Seal", { voucher: structHash("Voucher", voucher) }));
        // One a base, ever: the unique index holds even if this were asked twice.
        await tx.insert(seals).values({
          operator: operator.address,
          tabId,
          base,
          cumulative,
          lines,
          linesHash,
          receipts: head,
          signature,
          sealSignature,
          status: "sealed",
          sealedAt: now(),
        });
        const after = await receiptsAfter(tx, tab, sequence);
        const state = replay({ ...stateOf(tab), base: cumulative, cumulative, lines: [], head, sequence }, after);
        await tx
          .update(tabs)
          .set({ base: cumulative, sealedSequence: sequence, lines: storeLines(state.lines) })
          .where(and(eq(tabs.operator, tab.operator), eq(tabs.tabId, tabId)));
        return { voucher, lines: loadLines(lines), signature, sealSignature };
      }),
  };
}

/** A seal as it is published. */
export function sealOf(row: typeof seals.$inferSelect): Seal {
  const { operator, tabId, base, cumulative, linesHash, receipts: head } = row;
  return {
    voucher: { operator, tabId, base, cumulative, lines: linesHash, receipts: head },
    lines: loadLines(row.lines),
    signature: row.signature,
    sealSignature: row.sealSignature,
  };
}

function refuse(reason: VoucherRefusal): never {
  throw new VoucherRefusedError(reason);
}

function checkSigner(tab: TabRow, signer: string | undefined, now: bigint): void {
  if (!settles(tab, signer, now + ACCEPT_MARGIN)) refuse("bad_signature");
}

/** The key before the last rotation still settles what it signed, as long as the chain takes it. */
function settles(tab: TabRow, signer: string | undefined, at: bigint): boolean {
  if (signer === tab.sessionKey.toLowerCase()) return true;
  return signer === tab.previousKey.toLowerCase() && at < tab.previousKeyUntil;
}

/** Drops a voucher that would be refused by the chain before it is sealed: the same total can be signed again. */
async function forget(tx: Database, tab: TabRow): Promise<void> {
  const { operator, tabId, base } = tab;
  await tx
    .delete(vouchers)
    .where(and(eq(vouchers.operator, operator), eq(vouchers.tabId, tabId), eq(vouchers.base, base)));
  await tx
    .update(tabs)
    .set({ signed: base })
    .where(and(eq(tabs.operator, operator), eq(tabs.tabId, tabId)));
}

async function lockTab(tx: Database, operator: Address, tabId: bigint): Promise<TabRow | undefined> {
  const [row] = await tx
    .select()
    .from(tabs)
    .where(and(eq(tabs.operator, operator), eq(tabs.tabId, tabId)))
    .for("update");
  return row;
}

async function stale(tx: Database, tab: TabRow, base: bigint): Promise<VoucherStaleError> {
  const [row] = await tx
    .select()
    .from(seals)
    .where(and(eq(seals.operator, tab.operator), eq(seals.tabId, tab.tabId), eq(seals.base, base)));
  return new VoucherStaleError(tab.base, row === undefined ? undefined : sealOf(row));
}

/** Where the tab stood after the receipt with this hash, counted from the tab's base. */
async function stateAt(tx: Database, tab: TabRow, head: Hex): Promise<TabState> {
  if (head === tab.head) return stateOf(tab);
  const [last] = await tx
    .select({ sequence: receipts.sequence })
    .from(receipts)
    .where(and(eq(receipts.operator, tab.operator), eq(receipts.tabId, tab.tabId), eq(receipts.hash, head)));
  if (last === undefined || last.sequence <= tab.sealedSequence) return refuse("unknown_receipts");
  const rows = await receiptsAfter(tx, tab, tab.sealedSequence, last.sequence);
  const first = rows[0];
  if (first === undefined) return refuse("unknown_receipts");
  const start = {
    ...stateOf(tab),
    cumulative: tab.base,
    lines: [] as Line[],
    head: first.previous,
    sequence: tab.sealedSequence,
  };
  return replay(start, rows);
}

async function receiptsAfter(tx: Database, tab: TabRow, after: bigint, upTo = tab.sequence): Promise<Receipt[]> {
  const rows = await tx
    .select()
    .from(receipts)
    .where(
      and(
        eq(receipts.operator, tab.operator),
        eq(receipts.tabId, tab.tabId),
        gt(receipts.sequence, after),
        lte(receipts.sequence, upTo),
      ),
    )
    .orderBy(asc(receipts.sequence));
  return rows.map(receiptOf);
}

function replay(start: TabState, rows: readonly Receipt[]): TabState {
  return rows.reduce<TabState>(applyReceipt, start);
}

async function keep(
  tx: Database,
  operator: Address,
  signed: SignedVoucher,
  state: TabState,
  signer: Address,
  now: bigint,
): Promise<void> {
  const { voucher, lines, signature } = signed;
  const newest = {
    cumulative: voucher.cumulative,
    lines: storeLines(lines),
    linesHash: voucher.lines,
    receipts: voucher.receipts,
    sequence: state.sequence,
    signature,
    signer,
  };
  await tx
    .insert(vouchers)
    .values({ operator, tabId: voucher.tabId, base: voucher.base, ...newest, firstAt: now })
    .onConflictDoUpdate({ target: [vouchers.operator, vouchers.tabId, vouchers.base], set: newest });
}
