import type { Seal, StatementEntry, TabStatus } from "@stelai/sdk/wire";
import { and, asc, eq, gt, lte } from "drizzle-orm";
import type { Address } from "viem";
import type { Store } from "../store/index.ts";
import { receipts, requests, seals } from "../store/schema/metering.ts";
import { loadLines, receiptOf } from "./lines.ts";
import type { TabRow } from "./tabs.ts";
import { sealOf } from "./vouchers.ts";

/** Where a tab stands, as `GET /v1/tabs/:tabId` says it. */
export function statusOf(tab: TabRow): TabStatus {
  const { operator, tabId, payer, sessionKey, cap, spent, expiry, base, cumulative, signed, reserved } = tab;
  return {
    ...{ operator, tabId, payer, sessionKey, cap, spent, expiry, base, cumulative, signed, reserved },
    closing: tab.closing || tab.closed || tab.closeSignature !== null,
    exposureLimit: tab.exposureLimit,
    sequence: tab.sequence,
    head: tab.head,
    lines: loadLines(tab.lines),
  };
}

/** The most failed requests that one page shows. */
const MAX_FAILED = 200;

/**
 * A page of a tab's statement: the receipts after number `after`, oldest first, and among them the requests that
 * failed without a charge. `next` is the number to go on after.
 */
export async function statementOf(
  store: Store,
  operator: Address,
  tabId: bigint,
  after: bigint,
  limit: number,
): Promise<{ entries: StatementEntry[]; seals: Seal[]; next: bigint | null }> {
  const ofTab = and(eq(requests.operator, operator), eq(requests.tabId, tabId));
  const rows = await store.db
    .select({ receipt: receipts, request: requests })
    .from(receipts)
    .innerJoin(requests, and(ofTab, eq(requests.id, receipts.requestId)))
    .where(and(eq(receipts.operator, operator), eq(receipts.tabId, tabId), gt(receipts.sequence, after)))
    .orderBy(asc(receipts.sequence))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const more = rows.length > limit;
  const last = page.at(-1)?.receipt.sequence;
  const failed = await store.db
    .select()
    .from(requests)
    .where(
      and(
        ofTab,
        eq(requests.status, "failed"),
        gt(requests.position, after),
        more && last !== undefined ? lte(requests.position, last) : undefined,
      ),
    )
    .orderBy(asc(requests.position), asc(requests.createdAt))
    .limit(MAX_FAILED);
  const places = [
    ...failed.map((request) => ({ place: request.position ?? 0n, entry: entryOf(request, null) })),
    ...page.map(({ request, receipt }) => ({ place: receipt.sequence, entry: entryOf(request, receipt) })),
  ];
  const sealed = await store.db
    .select()
    .from(seals)
    .where(and(eq(seals.operator, operator), eq(seals.tabId, tabId)))
    .orderBy(asc(seals.number));
  return {
    // Stable: a failed request stays before the receipt that came next.
    entries: places.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)).map(({ entry }) => entry),
    seals: sealed.map(sealOf),
    next: more && last !== undefined ? last : null,
  };
}

function entryOf(request: typeof requests.$inferSelect, receipt: typeof receipts.$inferSelect | null): StatementEntry {
  const { bodyHash, maxCost, termsVersion, deadline, signature, errorCode } = request;
  return {
    requestId: request.id,
    characterId: request.characterId,
    at: receipt?.servedAt ?? request.admittedAt,
    receipt: receipt === null ? null : { receipt: receiptOf(receipt), signature: receipt.signature },
    request: { body: bodyHash, maxCost, termsVersion, deadline, signature },
    error: errorCode === null ? null : { code: errorCode, message: request.errorMessage ?? "" },
  };
}

/** A page of seals, oldest first, of one tab or of all. */
export async function sealsOf(
  store: Store,
  operator: Address,
  page: { tabId?: bigint | undefined; after: bigint; limit: number },
): Promise<{ seals: Seal[]; next: bigint | null }> {
  const rows = await store.db
    .select()
    .from(seals)
    .where(
      and(
        eq(seals.operator, operator),
        page.tabId === undefined ? undefined : eq(seals.tabId, page.tabId),
        gt(seals.number, Number(page.after)),
      ),
    )
    .orderBy(asc(seals.number))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { seals: shown.map(sealOf), next: rows.length > page.limit && last ? BigInt(last.number) : null };
}
