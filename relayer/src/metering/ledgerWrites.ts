import type { Receipt } from "@stelai/sdk";
import type { Address, Hex } from "viem";
import type { QueuePlace } from "../store/schema/metering.ts";
import type { Reservation } from "./requests.ts";
import type { TabRow } from "./tabs.ts";

/** A receipt with what is kept besides it. */
export type SignedRow = Receipt & { hash: Hex; cumulative: bigint; signature: Hex; requestId: Hex };

/** How a request ended: with a receipt (`sequence`), or without (`position` in the statement). */
export type ConcludedRequest = {
  tabId: bigint;
  id: Hex;
  sequence: bigint | null;
  position: bigint | null;
  answer: Uint8Array | null;
  error: { code: string; message: string } | undefined;
};

/** What one batch of the ledger changes. */
export type Changes = {
  held: Reservation[];
  /** What of a queue runs from now on, here; and what waits again. A request that ran before is not written again. */
  started: { reservation: Reservation; isWritten: boolean }[];
  paused: Reservation[];
  concluded: ConcludedRequest[];
  receipts: SignedRow[];
  tabs: Set<TabRow>;
};

/** What a batch changes, as the database's function `relayer.book` takes it. */
export function batchOf(operator: Address, instance: string, now: bigint, changes: Changes): string {
  const batch = {
    ...{ operator, instance, now },
    held: heldRows(changes),
    moved: movedRows(changes),
    concluded: concludedRows(changes),
    receipts: receiptRows(changes),
    tabs: tabRows(changes),
  };
  return JSON.stringify(batch, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/** Whether a batch was refused because something changed that it was made from. */
export function isStaleBatch(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "SL001") return true;
  }
  return false;
}

function heldRows({ held }: Changes) {
  return held.map((item) => ({
    tab_id: item.tabId,
    id: item.id,
    body_hash: item.bodyHash,
    character_id: item.characterId,
    terms_version: item.termsVersion,
    max_cost: item.maxCost,
    deadline: item.deadline,
    signature: item.signature,
    struct_hash: item.structHash,
    reserved: item.needed,
    queue: item.isQueued === true ? ("waits" satisfies QueuePlace) : null,
  }));
}

function movedRows({ started, paused }: Changes) {
  const row = (queue: QueuePlace) => (item: Reservation) => ({ tab_id: item.tabId, id: item.id, queue });
  const begun = started.filter(({ isWritten }) => !isWritten).map(({ reservation }) => reservation);
  return [...begun.map(row("runs")), ...paused.map(row("waits"))];
}

function concludedRows({ concluded }: Changes) {
  return concluded.map(({ tabId, id, sequence, position, answer, error }) => ({
    tab_id: tabId,
    id,
    sequence,
    position,
    answer: answer === null ? null : Buffer.from(answer).toString("base64"),
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
  }));
}

function receiptRows({ receipts }: Changes) {
  return receipts.map((row) => ({
    tab_id: row.tabId,
    sequence: row.sequence,
    request_id: row.requestId,
    request: row.request,
    response: row.response,
    character_id: row.characterId,
    terms_version: row.termsVersion,
    milliunits: row.milliunits,
    quality: row.quality,
    amount: row.amount,
    fee: row.fee,
    served_at: row.servedAt,
    previous: row.previous,
    hash: row.hash,
    cumulative: row.cumulative,
    signature: row.signature,
  }));
}

function tabRows({ tabs }: Changes) {
  return [...tabs].map((row) => ({
    tab_id: row.tabId,
    version: row.version,
    reserved: row.reserved,
    in_flight: row.inFlight,
    queued: row.queued,
    queued_requests: row.queuedRequests,
    cumulative: row.cumulative,
    lines: row.lines,
    head: row.head,
    sequence: row.sequence,
  }));
}
