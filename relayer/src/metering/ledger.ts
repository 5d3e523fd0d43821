import { applyReceipt, type Receipt, type TabState } from "@stelai/sdk";
import type { SignedReceipt } from "@stelai/sdk/wire";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { OperatorAccount } from "../operator.ts";
import type { Database, Store } from "../store/index.ts";
import { type RequestStatus, receipts, requests, tabs } from "../store/schema/metering.ts";
import { Combiner } from "./combiner.ts";
import type { MeterDigests } from "./digest.ts";
import { RequestDiffersError, RequestInProgressError } from "./errors.ts";
import { loadLines, storeLines } from "./lines.ts";
import type { Charge, Release, Reservation, TabRows } from "./requests.ts";
import { admit, UnknownTabError } from "./rules.ts";
import type { TabRow } from "./tabs.ts";

/** What became of a reservation: held now, or served before. */
export type Admission = { kind: "held"; payer: Address } | { kind: "served" };

/** A receipt, signed, and the base that the next voucher starts from. */
export type Metered = { receipt: SignedReceipt; base: bigint };

/** Thrown when a reservation is not this process's any more: it was given up for dead. Nothing is charged. */
export class ReservationLostError extends Error {
  override readonly name = "ReservationLostError";
}

/**
 * The books: what is held, what is charged. Each batch is one SQL transaction that locks its tabs in the order of
 * their ids, so any number of processes on one database never spend a tab twice.
 */
export class Ledger {
  readonly #store: Store;
  readonly #operator: OperatorAccount;
  readonly #digests: MeterDigests;
  readonly #instance: string;
  readonly #now: () => bigint;
  readonly #reservations: Combiner<Reservation, Admission>;
  readonly #outcomes: Combiner<Charge | Release, Metered | null>;

  constructor(store: Store, operator: OperatorAccount, digests: MeterDigests, instance: string, now: () => bigint) {
    this.#store = store;
    this.#operator = operator;
    this.#digests = digests;
    this.#instance = instance;
    this.#now = now;
    this.#reservations = new Combiner((items) => this.#reserve(items));
    this.#outcomes = new Combiner((items) => this.#conclude(items));
  }

  /**
   * Holds `needed` inside the tab's cap, or finds that the request was served before.
   * @throws any of `rules.ts`, RequestInProgressError, RequestDiffersError
   */
  reserve(reservation: Reservation): Promise<Admission> {
    return this.#reservations.submit(reservation);
  }

  /**
   * Charges what was delivered: the next receipt of the tab's chain, signed.
   * @throws ReservationLostError
   */
  async charge(charge: Charge): Promise<Metered> {
    const metered = await this.#outcomes.submit(charge);
    if (metered === null) throw new ReservationLostError("a charge has a receipt");
    return metered;
  }

  /** Lets go of what was held; the same id may be tried again. */
  async release(release: Release): Promise<void> {
    await this.#outcomes.submit(release);
  }

  async #reserve(items: readonly Reservation[]): Promise<(Admission | Error)[]> {
    const now = this.#now();
    return this.#store.transaction(async (tx) => {
      const rows = await this.#lock(tx, items);
      const known = await this.#known(tx, items);
      const flying = await this.#charactersInFlight(tx, rows);
      const held: Reservation[] = [];
      const results = items.map((item): Admission | Error => {
        const key = `${item.tabId}:${item.id}`;
        const row = rows.get(item.tabId);
        if (row === undefined) return new UnknownTabError(item.tabId);
        const before = known.get(key);
        try {
          if (before !== undefined && before.status !== "failed") {
            admit.signer(row, item);
            if (before.bodyHash !== item.bodyHash || before.characterId !== item.characterId)
              throw new RequestDiffersError();
            if (before.status === "reserved") throw new RequestInProgressError();
            return { kind: "served" };
          }
          if (item.refusal !== undefined) throw item.refusal;
          admit.all(row, item, now, flying.get(item.tabId));
        } catch (error) {
          return error instanceof Error ? error : new Error(String(error));
        }
        row.reserved += item.needed;
        row.inFlight += 1;
        flying.get(item.tabId)?.add(item.characterId);
        known.set(key, { status: "reserved", bodyHash: item.bodyHash, characterId: item.characterId });
        held.push(item);
        return { kind: "held", payer: row.payer };
      });
      if (held.length > 0) {
        await this.#insertRequests(tx, held, now);
        await this.#writeReserved(tx, rows, held);
      }
      return results;
    });
  }

  async #conclude(items: readonly (Charge | Release)[]): Promise<(Metered | null | Error)[]> {
    const servedAt = this.#now();
    return this.#store.transaction(async (tx) => {
      const reservations = items.map((item) => item.reservation);
      const rows = await this.#lock(tx, reservations);
      const known = await this.#known(tx, reservations);
      const results: (Metered | null | Error)[] = [];
      const signed: (Receipt & { hash: Hex; cumulative: bigint; signature: Hex; requestId: Hex })[] = [];
      const outcomes: Outcome[] = [];
      for (const item of items) {
        const { reservation } = item;
        const row = rows.get(reservation.tabId);
        const before = known.get(`${reservation.tabId}:${reservation.id}`);
        if (row === undefined || before?.status !== "reserved" || before.instance !== this.#instance) {
          results.push(new ReservationLostError(`request ${reservation.id} of tab ${reservation.tabId} was given up`));
          continue;
        }
        row.reserved -= reservation.needed;
        row.inFlight -= 1;
        before.status = "failed";
        if (!("response" in item)) {
          const position = row.sequence + 1n;
          outcomes.push({
            ...keyOf(reservation),
            status: "failed",
            sequence: null,
            position,
            answer: null,
            error: item.error,
          });
          results.push(null);
          continue;
        }
        const receipt = this.#receiptFor(row, item, servedAt);
        const next = applyReceipt(stateOf(row), receipt);
        const signature = await this.#operator.sign(this.#digests.ofHash(next.head));
        row.cumulative = next.cumulative;
        row.lines = storeLines(next.lines);
        row.head = next.head;
        row.sequence = next.sequence;
        signed.push({ ...receipt, hash: next.head, cumulative: next.cumulative, signature, requestId: reservation.id });
        outcomes.push({
          ...keyOf(reservation),
          status: "served",
          sequence: receipt.sequence,
          position: null,
          answer: item.answer,
          error: item.error,
        });
        results.push({ receipt: { receipt, signature }, base: row.base });
      }
      if (signed.length > 0) await tx.insert(receipts).values(signed);
      if (outcomes.length > 0) {
        await this.#writeOutcomes(tx, outcomes);
        await this.#writeTabs(tx, rows);
      }
      return results;
    });
  }

  #receiptFor(row: TabRow, charge: Charge, servedAt: bigint): Receipt {
    return {
      operator: this.#operator.address,
      tabId: row.tabId,
      sequence: row.sequence + 1n,
      request: charge.reservation.structHash,
      response: charge.response,
      characterId: charge.reservation.characterId,
      termsVersion: charge.reservation.termsVersion,
      milliunits: charge.milliunits,
      quality: charge.quality,
      amount: charge.amount,
      fee: charge.fee,
      servedAt,
      previous: row.head,
    };
  }

  async #lock(tx: Database, items: readonly Reservation[]): Promise<TabRows> {
    const ids = [...new Set(items.map((item) => item.tabId))];
    const rows = await tx
      .select()
      .from(tabs)
      .where(and(eq(tabs.operator, this.#operator.address), inArray(tabs.tabId, ids)))
      .orderBy(tabs.tabId)
      .for("update");
    return new Map(rows.map((row) => [row.tabId, row]));
  }

  /** What is known of these ids; read under the tabs' locks, which every change of a request holds. */
  async #known(tx: Database, items: readonly Reservation[]): Promise<Map<string, Known>> {
    const rows = await tx
      .select({
        tabId: requests.tabId,
        id: requests.id,
        status: requests.status,
        bodyHash: requests.bodyHash,
        characterId: requests.characterId,
        instance: requests.instance,
      })
      .from(requests)
      .where(
        and(
          eq(requests.operator, this.#operator.address),
          inArray(requests.tabId, [...new Set(items.map((item) => item.tabId))]),
          inArray(
            requests.id,
            items.map((item) => item.id),
          ),
        ),
      );
    return new Map(rows.map((row) => [`${row.tabId}:${row.id}`, row]));
  }

  /** Only asked for where the lines could come to their limit. */
  async #charactersInFlight(tx: Database, rows: TabRows): Promise<Map<bigint, Set<bigint>>> {
    const result = new Map([...rows.keys()].map((tabId) => [tabId, new Set<bigint>()]));
    const crowded = [...rows.values()].filter((row) => row.inFlight > 0).map((row) => row.tabId);
    if (crowded.length === 0) return result;
    const found = await tx
      .selectDistinct({ tabId: requests.tabId, characterId: requests.characterId })
      .from(requests)
      .where(
        and(
          eq(requests.operator, this.#operator.address),
          eq(requests.status, "reserved"),
          inArray(requests.tabId, crowded),
        ),
      );
    for (const { tabId, characterId } of found) result.get(tabId)?.add(characterId);
    return result;
  }

  async #insertRequests(tx: Database, held: readonly Reservation[], now: bigint): Promise<void> {
    await tx
      .insert(requests)
      .values(
        held.map((item) => ({
          operator: this.#operator.address,
          tabId: item.tabId,
          id: item.id,
          bodyHash: item.bodyHash,
          characterId: item.characterId,
          termsVersion: item.termsVersion,
          maxCost: item.maxCost,
          deadline: item.deadline,
          signature: item.signature,
          structHash: item.structHash,
          status: "reserved" as const,
          reserved: item.needed,
          instance: this.#instance,
          admittedAt: now,
        })),
      )
      // Only a request that failed without a charge comes here a second time.
      .onConflictDoUpdate({
        target: [requests.operator, requests.tabId, requests.id],
        set: RENEWED,
      });
  }

  async #writeReserved(tx: Database, rows: TabRows, held: readonly Reservation[]): Promise<void> {
    const changed = [...new Set(held.map((item) => item.tabId))].map((tabId) => rows.get(tabId));
    await tx.execute(sql`
      update relayer.tabs t set reserved = v.reserved, in_flight = v.in_flight
      from jsonb_to_recordset(${JSON.stringify(
        changed.map((row) => ({
          tab_id: row?.tabId.toString(),
          reserved: row?.reserved.toString(),
          in_flight: row?.inFlight,
        })),
      )}::jsonb) as v(tab_id bigint, reserved bigint, in_flight integer)
      where t.operator = ${this.#operator.address} and t.tab_id = v.tab_id`);
  }

  async #writeTabs(tx: Database, rows: TabRows): Promise<void> {
    const values = [...rows.values()].map((row) => ({
      tab_id: row.tabId.toString(),
      reserved: row.reserved.toString(),
      in_flight: row.inFlight,
      cumulative: row.cumulative.toString(),
      signed: row.signed.toString(),
      lines: row.lines,
      head: row.head,
      sequence: row.sequence.toString(),
    }));
    await tx.execute(sql`
      update relayer.tabs t set reserved = v.reserved, in_flight = v.in_flight, cumulative = v.cumulative,
        signed = v.signed, lines = v.lines, head = v.head, sequence = v.sequence
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v(tab_id bigint, reserved bigint, in_flight integer,
        cumulative bigint, signed bigint, lines jsonb, head text, sequence bigint)
      where t.operator = ${this.#operator.address} and t.tab_id = v.tab_id`);
  }

  async #writeOutcomes(tx: Database, outcomes: readonly Outcome[]): Promise<void> {
    const values = outcomes.map(({ tabId, id, status, sequence, position, answer, error }) => ({
      tab_id: tabId.toString(),
      id,
      status,
      sequence: sequence?.toString() ?? null,
      position: position?.toString() ?? null,
      answer: answer === null ? null : Buffer.from(answer).toString("base64"),
      error_code: error?.code ?? null,
      error_message: error?.message ?? null,
    }));
    await tx.execute(sql`
      update relayer.requests r set status = v.status, reserved = 0, sequence = v.sequence, position = v.position,
        answer = decode(v.answer, 'base64'), error_code = v.error_code, error_message = v.error_message
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v(tab_id bigint, id text, status text,
        sequence bigint, position bigint, answer text, error_code text, error_message text)
      where r.operator = ${this.#operator.address} and r.tab_id = v.tab_id and r.id = v.id`);
  }
}

/** Columns that a second try of a failed request brings anew. */
const RENEWED = {
  bodyHash: sql`excluded.body_hash`,
  characterId: sql`excluded.character_id`,
  termsVersion: sql`excluded.terms_version`,
  maxCost: sql`excluded.max_cost`,
  deadline: sql`excluded.deadline`,
  signature: sql`excluded.signature`,
  structHash: sql`excluded.struct_hash`,
  status: sql`excluded.status`,
  reserved: sql`excluded.reserved`,
  instance: sql`excluded.instance`,
  admittedAt: sql`excluded.admitted_at`,
  errorCode: sql`null`,
  errorMessage: sql`null`,
};

type Known = { status: RequestStatus; bodyHash: Hex; characterId: bigint; instance?: string };
type Outcome = {
  tabId: bigint;
  id: Hex;
  status: "served" | "failed";
  sequence: bigint | null;
  position: bigint | null;
  answer: Uint8Array | null;
  error: { code: string; message: string } | undefined;
};

function keyOf({ tabId, id }: Reservation) {
  return { tabId, id };
}

/** A row as the state that the SDK computes with. */
export function stateOf(row: TabRow): TabState {
  return {
    operator: row.operator as Address,
    tabId: row.tabId,
    base: row.base,
    cumulative: row.cumulative,
    lines: loadLines(row.lines),
    head: row.head,
    sequence: row.sequence,
  };
}
