import type { Hex } from "viem";
import type { Changes } from "./ledgerWrites.ts";
import type { Known, Reservation, TabRows } from "./requests.ts";
import type { TabRow } from "./tabs.ts";

const MAX_TABS = 20_000;

/**
 * Tabs as this process last saw them, so that a batch need not be read before it is written. The database decides:
 * it refuses a batch that was made from a version that is not the newest.
 */
export class TabMemory {
  readonly #rows = new Map<bigint, TabRow>();
  /** Requests that this process serves, by tab; what waits in a queue is nobody's. */
  readonly #inFlight = new Map<bigint, Map<Hex, Reservation>>();

  /** Copies of these tabs; undefined when one of them is not remembered. */
  recall(tabIds: readonly bigint[]): TabRows | undefined {
    const rows: TabRows = new Map();
    for (const tabId of tabIds) {
      const row = this.#rows.get(tabId);
      if (row === undefined) return undefined;
      rows.set(tabId, { ...row });
    }
    return rows;
  }

  /** What is remembered of these requests: those that this process holds. */
  known(reservations: readonly Reservation[], instance: string): Map<string, Known> {
    const known = new Map<string, Known>();
    for (const { tabId, id } of reservations) {
      const held = this.#inFlight.get(tabId)?.get(id);
      if (held === undefined) continue;
      const { bodyHash, characterId, isQueued } = held;
      const queue = isQueued === true ? "runs" : null;
      known.set(`${tabId}:${id}`, { status: "reserved", bodyHash, characterId, instance, queue });
    }
    return known;
  }

  /**
   * Characters of the tab's requests in flight; undefined when other processes serve some too. What waits in a queue is
   * not remembered one by one: each counts as a character of its own here, and when that is too many the database is
   * asked.
   */
  charactersInFlight(row: TabRow): Set<bigint> | undefined {
    const held = this.#inFlight.get(row.tabId);
    if ((held?.size ?? 0) + row.queuedRequests !== row.inFlight) return undefined;
    const characters = new Set([...(held?.values() ?? [])].map(({ characterId }) => characterId));
    for (let waiting = 1; waiting <= row.queuedRequests; waiting += 1) characters.add(BigInt(-waiting));
    return characters;
  }

  /** Remembers a row as the database returned it. */
  remember(row: TabRow): void {
    const before = this.#rows.get(row.tabId);
    if (before !== undefined && before.version > row.version) return;
    // In the order of use, so that the oldest can go.
    this.#rows.delete(row.tabId);
    this.#rows.set(row.tabId, row);
    if (this.#rows.size <= MAX_TABS) return;
    const oldest = this.#rows.keys().next().value;
    if (oldest !== undefined) this.#rows.delete(oldest);
  }

  /** Remembers what a batch that was written changed. */
  keep({ tabs, held, started, paused, concluded }: Changes): void {
    for (const row of tabs) this.remember({ ...row, version: row.version + 1n });
    const served = held.filter(({ isQueued }) => isQueued !== true);
    for (const reservation of [...served, ...started.map((one) => one.reservation)]) {
      const ofTab = this.#inFlight.get(reservation.tabId) ?? new Map<Hex, Reservation>();
      this.#inFlight.set(reservation.tabId, ofTab.set(reservation.id, reservation));
    }
    for (const request of [...paused, ...concluded]) this.drop(request);
  }

  /** A request that this process does not hold any more. */
  drop({ tabId, id }: { tabId: bigint; id: Hex }): void {
    const ofTab = this.#inFlight.get(tabId);
    ofTab?.delete(id);
    if (ofTab?.size === 0) this.#inFlight.delete(tabId);
  }

  forget(tabIds: readonly bigint[]): void {
    for (const tabId of tabIds) this.#rows.delete(tabId);
  }
}
