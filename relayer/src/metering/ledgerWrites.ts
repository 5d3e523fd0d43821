import type { Receipt } from "@stelai/sdk";
import { sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { Database } from "../store/index.ts";
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
  concluded: ConcludedRequest[];
  receipts: SignedRow[];
  tabs: Set<TabRow>;
};

/**
 * Writes a batch in one statement. Rows travel as one JSON parameter a table: binding a value each, and a statement
 * each, cost more than the writing itself.
 */
export async function writeChanges(
  tx: Database,
  operator: Address,
  instance: string,
  now: bigint,
  changes: Changes,
): Promise<void> {
  await tx.execute(sql`
    with held as (
      insert into relayer.requests (operator, tab_id, id, body_hash, character_id, terms_version, max_cost, deadline,
        signature, struct_hash, status, reserved, instance, admitted_at)
      select ${operator}::text, v.*, ${instance}::text, ${now}::bigint
      from jsonb_to_recordset(${heldRows(changes)}::jsonb) as v(tab_id bigint, id text, body_hash text,
        character_id bigint, terms_version bigint, max_cost bigint, deadline bigint, signature text, struct_hash text,
        status text, reserved bigint)
      -- Only a request that failed without a charge comes here a second time.
      on conflict (operator, tab_id, id) do update set body_hash = excluded.body_hash,
        character_id = excluded.character_id, terms_version = excluded.terms_version, max_cost = excluded.max_cost,
        deadline = excluded.deadline, signature = excluded.signature, struct_hash = excluded.struct_hash,
        status = excluded.status, reserved = excluded.reserved, instance = excluded.instance,
        admitted_at = excluded.admitted_at, position = null, error_code = null, error_message = null
    ), concluded as (
      update relayer.requests r set status = case when v.sequence is null then 'failed' else 'served' end,
        reserved = 0, sequence = v.sequence, position = v.position, answer = decode(v.answer, 'base64'),
        error_code = v.error_code, error_message = v.error_message
      from jsonb_to_recordset(${concludedRows(changes)}::jsonb) as v(tab_id bigint, id text, sequence bigint,
        position bigint, answer text, error_code text, error_message text)
      where r.operator = ${operator} and r.tab_id = v.tab_id and r.id = v.id
    ), charged as (
      insert into relayer.receipts (operator, tab_id, sequence, request_id, request, response, character_id,
        terms_version, milliunits, quality, amount, fee, served_at, previous, hash, cumulative, signature)
      select ${operator}::text, v.* from jsonb_to_recordset(${receiptRows(changes)}::jsonb) as v(tab_id bigint,
        sequence bigint, request_id text, request text, response text, character_id bigint, terms_version bigint,
        milliunits bigint, quality integer, amount bigint, fee bigint, served_at bigint, previous text, hash text,
        cumulative bigint, signature text)
    )
    update relayer.tabs t set reserved = v.reserved, in_flight = v.in_flight, cumulative = v.cumulative,
      lines = v.lines, head = v.head, sequence = v.sequence
    from jsonb_to_recordset(${tabRows(changes)}::jsonb) as v(tab_id bigint, reserved bigint, in_flight integer,
      cumulative bigint, lines jsonb, head text, sequence bigint)
    where t.operator = ${operator} and t.tab_id = v.tab_id`);
}

function heldRows({ held }: Changes): string {
  return rows(held, (item) => ({
    tab_id: item.tabId,
    id: item.id,
    body_hash: item.bodyHash,
    character_id: item.characterId,
    terms_version: item.termsVersion,
    max_cost: item.maxCost,
    deadline: item.deadline,
    signature: item.signature,
    struct_hash: item.structHash,
    status: "reserved",
    reserved: item.needed,
  }));
}

function concludedRows({ concluded }: Changes): string {
  return rows(concluded, ({ tabId, id, sequence, position, answer, error }) => ({
    tab_id: tabId,
    id,
    sequence,
    position,
    answer: answer === null ? null : Buffer.from(answer).toString("base64"),
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
  }));
}

function receiptRows({ receipts }: Changes): string {
  return rows(receipts, (row) => ({
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

function tabRows({ tabs }: Changes): string {
  return rows([...tabs], (row) => ({
    tab_id: row.tabId,
    reserved: row.reserved,
    in_flight: row.inFlight,
    cumulative: row.cumulative,
    lines: row.lines,
    head: row.head,
    sequence: row.sequence,
  }));
}

function rows<T>(items: readonly T[], row: (item: T) => Record<string, unknown>): string {
  return JSON.stringify(items.map(row), (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
