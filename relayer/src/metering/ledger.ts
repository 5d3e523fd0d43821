import type { Receipt, TabState } from "@stelai/sdk";
import type { SignedReceipt } from "@stelai/sdk/wire";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Address, Hex } from "viem";
import type { OperatorAccount } from "../operator.ts";
import type { Database, Store } from "../store/index.ts";
import { requests, tabs } from "../store/schema/metering.ts";
import { Combiner } from "./combiner.ts";
import { type MeterDigests, structHash } from "./digest.ts";
import { RequestDiffersError, RequestInProgressError } from "./errors.ts";
import { batchOf, type Changes, type ConcludedRequest, isStaleBatch, type SignedRow } from "./ledgerWrites.ts";
import { addReceipt, loadLines } from "./lines.ts";
import type { Charge, Known, Release, Reservation, TabRows } from "./requests.ts";
import { admit, UnknownTabError } from "./rules.ts";
import { TabMemory } from "./tabMemory.ts";
import { canSignFor, type TabRow } from "./tabs.ts";

/** What became of a reservation: held now, or served before. */
export type Admission = { kind: "held"; payer: Address } | { kind: "served" };

/** A receipt, signed, and the base that the next voucher starts from. */
export type Metered = { receipt: SignedReceipt; base: bigint };

/** Thrown when a reservation is not this process's any more: it was given up for dead. Nothing is charged. */
export class ReservationLostError extends Error {
  override readonly name = "ReservationLostError";
}

type Entry =
  | { kind: "reserve"; reservation: Reservation }
  | { kind: "charge"; reservation: Reservation; charge: Charge }
  | { kind: "release"; reservation: Reservation; release: Release }
  | { kind: "start"; reservation: Reservation }
  | { kind: "pause"; reservation: Reservation };
type Move = Extract<Entry, { kind: "start" | "pause" }>;
type Ending = Extract<Entry, { kind: "charge" | "release" }>;
type Result = Admission | Metered | { kind: "released" | "started" | "paused" };

/**
 * The books: what is held, what is charged. Each batch of entries is one SQL transaction that locks its tabs in the
 * order of their ids, so any number of processes on one database never spend a tab twice.
 */
export class Ledger {
  readonly #store: Store;
  readonly #operator: OperatorAccount;
  readonly #digests: MeterDigests;
  readonly #instance: string;
  readonly #now: () => bigint;
  readonly #entries: Combiner<Entry, Result>;
  readonly #memory = new TabMemory();
  readonly #onHeldCharge: (tabId: bigint) => void;

  /** @param onHeldCharge Told of tabs with something newly charged that the operator can sign for. */
  constructor(
    store: Store,
    operator: OperatorAccount,
    digests: MeterDigests,
    instance: string,
    now: () => bigint,
    onHeldCharge: (tabId: bigint) => void,
  ) {
    this.#onHeldCharge = onHeldCharge;
    this.#store = store;
    this.#operator = operator;
    this.#digests = digests;
    this.#instance = instance;
    this.#now = now;
    this.#entries = new Combiner((entries) => this.#book(entries));
  }

  /**
   * Holds `needed` inside the tab's cap, or finds that the request was served before.
   * @throws any of `rules.ts`, the reservation's own refusal, RequestInProgressError, RequestDiffersError
   */
  async reserve(reservation: Reservation): Promise<Admission> {
    return (await this.#entries.submit({ kind: "reserve", reservation })) as Admission;
  }

  /**
   * Charges what was delivered: the next receipt of the tab's chain, signed.
   * @throws ReservationLostError
   */
  async charge(charge: Charge): Promise<Metered> {
    const { reservation } = charge;
    return (await this.#entries.submit({ kind: "charge", reservation, charge })) as Metered;
  }

  /** Lets go of what was held; the same id may be tried again. */
  async release(release: Release): Promise<void> {
    await this.#entries.submit({ kind: "release", reservation: release.reservation, release });
  }

  /**
   * Begins to serve what waited in a queue: from now on it is exposure. One that runs already stays as it is.
   * @throws VoucherRequiredError, TabClosedError, TabExpiredError: it waits on; ReservationLostError
   */
  async start(reservation: Reservation): Promise<void> {
    await this.#entries.submit({ kind: "start", reservation });
  }

  /**
   * Has what runs wait again, as no exposure. One that waits already stays as it is.
   * @throws ReservationLostError
   */
  async pause(reservation: Reservation): Promise<void> {
    await this.#entries.submit({ kind: "pause", reservation });
  }

  /** Remembers a tab as another part of metering read or wrote it. */
  remember(row: TabRow): void {
    this.#memory.remember(row);
  }

  /** First by what is remembered, in one round trip; if that does not hold any more, by what the database has. */
  async #book(entries: readonly Entry[]): Promise<(Result | Error)[]> {
    const now = this.#now();
    return (await this.#bookRemembered(entries, now)) ?? (await this.#bookLocked(entries, now));
  }

  async #bookRemembered(entries: readonly Entry[], now: bigint): Promise<(Result | Error)[] | undefined> {
    const rows = this.#memory.recall(tabIdsOf(entries));
    if (rows === undefined) return undefined;
    const inFlight = new Map<bigint, Set<bigint>>();
    for (const row of rows.values()) {
      const characters = this.#memory.charactersInFlight(row);
      if (characters === undefined) return undefined;
      inFlight.set(row.tabId, characters);
    }
    const reservations = entries.map(({ reservation }) => reservation);
    const known = this.#memory.known(reservations, this.#instance);
    const { results, changes } = await this.#decide(entries, rows, known, inFlight, now);
    // A refusal from memory is none yet.
    if (results.some((result) => result instanceof Error)) return undefined;
    try {
      await this.#store.book(batchOf(this.#operator.address, this.#instance, now, changes));
    } catch (error) {
      if (!isStaleBatch(error)) throw error;
      this.#memory.forget([...rows.keys()]);
      return undefined;
    }
    this.#memory.keep(changes);
    this.#tell(changes);
    return results;
  }

  async #bookLocked(entries: readonly Entry[], now: bigint): Promise<(Result | Error)[]> {
    const { results, changes, rows } = await this.#store.transaction(async (tx) => {
      const rows = await this.#lock(tx, entries);
      const known = await this.#known(tx, entries);
      const inFlight = await this.#charactersInFlight(tx, rows);
      const decided = await this.#decide(entries, rows, known, inFlight, now);
      if (decided.changes.tabs.size > 0) {
        const batch = batchOf(this.#operator.address, this.#instance, now, decided.changes);
        await tx.execute(sql`select relayer.book(${batch}::jsonb)`);
      }
      return { ...decided, rows };
    });
    for (const row of rows.values()) if (!changes.tabs.has(row)) this.#memory.remember(row);
    this.#memory.keep(changes);
    for (const [index, { reservation }] of entries.entries()) {
      if (results[index] instanceof ReservationLostError) this.#memory.drop(reservation);
    }
    this.#tell(changes);
    return results;
  }

  #tell({ tabs: changed, receipts }: Changes): void {
    const charged = new Set(receipts.map(({ tabId }) => tabId));
    for (const row of changed) if (charged.has(row.tabId) && canSignFor(row)) this.#onHeldCharge(row.tabId);
  }

  /** What becomes of each entry, and what that changes; `rows` and `known` are changed along. */
  async #decide(
    entries: readonly Entry[],
    rows: TabRows,
    known: Map<string, Known>,
    inFlight: Map<bigint, Set<bigint>>,
    now: bigint,
  ): Promise<{ results: (Result | Error)[]; changes: Changes }> {
    const changes: Changes = { held: [], started: [], paused: [], concluded: [], receipts: [], tabs: new Set() };
    const results: (Result | Error)[] = new Array(entries.length);
    // What ends makes room for what begins.
    for (const [index, entry] of entries.entries()) {
      if (isEnding(entry)) results[index] = await this.#conclude(entry, rows, known, changes, now);
      else if (entry.kind === "pause") results[index] = move(entry, rows, known, changes, now);
    }
    for (const [index, entry] of entries.entries()) {
      if (entry.kind === "start") results[index] = move(entry, rows, known, changes, now);
    }
    for (const [index, entry] of entries.entries()) {
      if (entry.kind === "reserve") results[index] = reserve(entry.reservation, rows, known, inFlight, changes, now);
    }
    return { results, changes };
  }

  async #conclude(
    entry: Ending,
    rows: TabRows,
    known: Map<string, Known>,
    changes: Changes,
    servedAt: bigint,
  ): Promise<Result | Error> {
    const { reservation } = entry;
    const { tabId, id } = reservation;
    const row = rows.get(tabId);
    const before = known.get(keyOf(reservation));
    const isOurs = before?.instance === this.#instance || before?.queue != null;
    if (row === undefined || before?.status !== "reserved" || !isOurs) return lost(reservation);
    row.reserved -= reservation.needed;
    row.inFlight -= 1;
    if (before.queue === "waits") {
      row.queued -= reservation.needed;
      row.queuedRequests -= 1;
    }
    changes.tabs.add(row);
    if (entry.kind === "release") {
      before.status = "concluding";
      const position = row.sequence + 1n;
      changes.concluded.push({ tabId, id, sequence: null, position, answer: null, error: entry.release.error });
      return { kind: "released" };
    }
    before.status = "served";
    const receipt = receiptFor(row, entry.charge, servedAt);
    const hash = structHash("Receipt", receipt);
    const signature = await this.#operator.sign(this.#digests.ofHash(hash));
    row.cumulative += receipt.amount + receipt.fee;
    row.lines = addReceipt(row.lines, receipt);
    row.head = hash;
    row.sequence = receipt.sequence;
    const signed: SignedRow = { ...receipt, hash, cumulative: row.cumulative, signature, requestId: id };
    const { answer, error } = entry.charge;
    const concluded: ConcludedRequest = { tabId, id, sequence: receipt.sequence, position: null, answer, error };
    changes.receipts.push(signed);
    changes.concluded.push(concluded);
    return { receipt: { receipt, signature }, base: row.base };
  }

  async #lock(tx: Database, entries: readonly Entry[]): Promise<TabRows> {
    const rows = await tx
      .select()
      .from(tabs)
      .where(and(eq(tabs.operator, this.#operator.address), inArray(tabs.tabId, tabIdsOf(entries))))
      .orderBy(tabs.tabId)
      .for("update");
    return new Map(rows.map((row) => [row.tabId, row]));
  }

  /** What is known of these ids; read under the tabs' locks, which every change of a request holds. */
  async #known(tx: Database, entries: readonly Entry[]): Promise<Map<string, Known>> {
    const ids = entries.map(({ reservation }) => reservation.id);
    const { tabId, id, status, bodyHash, characterId, instance, queue } = requests;
    const rows = await tx
      .select({ tabId, id, status, bodyHash, characterId, instance, queue })
      .from(requests)
      .where(
        and(
          eq(requests.operator, this.#operator.address),
          inArray(tabId, tabIdsOf(entries)),
          inArray(requests.id, ids),
        ),
      );
    return new Map(rows.map((row) => [keyOf(row), row]));
  }

  async #charactersInFlight(tx: Database, rows: TabRows): Promise<Map<bigint, Set<bigint>>> {
    const result = new Map([...rows.keys()].map((tabId) => [tabId, new Set<bigint>()]));
    const busy = [...rows.values()].filter((row) => row.inFlight > 0).map((row) => row.tabId);
    if (busy.length === 0) return result;
    const { tabId, characterId } = requests;
    const found = await tx
      .selectDistinct({ tabId, characterId })
      .from(requests)
      .where(
        and(
          eq(requests.operator, this.#operator.address),
          eq(requests.status, "reserved"),
          inArray(requests.tabId, busy),
        ),
      );
    for (const row of found) result.get(row.tabId)?.add(row.characterId);
    return result;
  }
}

function reserve(
  item: Reservation,
  rows: TabRows,
  known: Map<string, Known>,
  inFlight: Map<bigint, Set<bigint>>,
  changes: Changes,
  now: bigint,
): Admission | Error {
  const row = rows.get(item.tabId);
  if (row === undefined) return new UnknownTabError(item.tabId);
  const before = known.get(keyOf(item));
  try {
    if (before !== undefined && before.status !== "failed") {
      admit.signer(row, item);
      if (before.bodyHash !== item.bodyHash || before.characterId !== item.characterId) throw new RequestDiffersError();
      if (before.status !== "served") throw new RequestInProgressError();
      return { kind: "served" };
    }
    if (item.refusal !== undefined) throw item.refusal;
    admit.all(row, item, now, inFlight.get(item.tabId));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  row.reserved += item.needed;
  row.inFlight += 1;
  if (item.isQueued === true) {
    row.queued += item.needed;
    row.queuedRequests += 1;
  }
  inFlight.get(item.tabId)?.add(item.characterId);
  // Nobody takes the same id twice in one batch.
  const { bodyHash, characterId } = item;
  known.set(keyOf(item), { status: "reserved", bodyHash, characterId, instance: "", queue: null });
  changes.held.push(item);
  changes.tabs.add(row);
  return { kind: "held", payer: row.payer };
}

/** A queue's request begins to be served, or waits again. */
function move(
  { kind, reservation }: Move,
  rows: TabRows,
  known: Map<string, Known>,
  changes: Changes,
  now: bigint,
): Result | Error {
  const row = rows.get(reservation.tabId);
  const before = known.get(keyOf(reservation));
  if (row === undefined || before?.status !== "reserved" || before.queue === null) return lost(reservation);
  const isStarting = kind === "start";
  const isDone = before.queue === (isStarting ? "runs" : "waits");
  if (isStarting && !isDone) {
    try {
      admit.open(row, now);
      admit.exposure(row, reservation);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
  if (!isDone) {
    row.queued += isStarting ? -reservation.needed : reservation.needed;
    row.queuedRequests += isStarting ? -1 : 1;
    before.queue = isStarting ? "runs" : "waits";
    changes.tabs.add(row);
  }
  if (isStarting) changes.started.push({ reservation, isWritten: isDone });
  else if (!isDone) changes.paused.push(reservation);
  return { kind: isStarting ? "started" : "paused" };
}

function lost({ tabId, id }: Reservation): ReservationLostError {
  return new ReservationLostError(`request ${id} of tab ${tabId} was given up`);
}

function isEnding(entry: Entry): entry is Ending {
  return entry.kind === "charge" || entry.kind === "release";
}

function receiptFor(row: TabRow, charge: Charge, servedAt: bigint): Receipt {
  const { structHash, characterId, termsVersion } = charge.reservation;
  return {
    operator: row.operator,
    tabId: row.tabId,
    sequence: row.sequence + 1n,
    request: structHash,
    response: charge.response,
    characterId,
    termsVersion,
    milliunits: charge.milliunits,
    quality: charge.quality,
    amount: charge.amount,
    fee: charge.fee,
    servedAt,
    previous: row.head,
  };
}

function keyOf({ tabId, id }: { tabId: bigint; id: Hex }): string {
  return `${tabId}:${id}`;
}

function tabIdsOf(entries: readonly Entry[]): bigint[] {
  return [...new Set(entries.map(({ reservation }) => reservation.tabId))];
}

/** A row as the state that the SDK computes with. */
export function stateOf(row: TabRow): TabState {
  const { operator, tabId, base, cumulative, head, sequence } = row;
  return { operator, tabId, base, cumulative, lines: loadLines(row.lines), head, sequence };
}
