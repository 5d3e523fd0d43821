import { and, asc, eq, isNotNull, isNull, lte, notInArray, or, sql } from "drizzle-orm";
import type { Address } from "viem";
import { RelayerError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { type Store, tables } from "../store/index.ts";
import type { KeySigning } from "./signing.ts";

const { budgetKeys, tabs } = tables;

/** How long to wait after a close that the chain refused, and at most after several. */
const AGAIN_MS = 10_000;
const LONGEST_MS = 3_600_000;
/** The most tabs of one round. */
const LIMIT = 100;

type Needs = {
  store: Store;
  operator: Address;
  signing: KeySigning;
  /** The chain's time. */
  now: () => bigint;
  /** There is something to settle. */
  nudge: () => void;
  log: Logger;
};

/**
 * Closes the tabs of keys that were revoked, that expired, or whose payer asked to: session key and operator are both the
 * operator's, so that what is left goes back to the account at once and without its ETH. Settlement sends it, and repeats
 * what it could not send; the payer's own way, `requestClose` and `reclaim`, is open all the while.
 */
export class KeyClosing {
  readonly #needs: Needs;
  readonly #tries = new Map<bigint, { count: number; next: number }>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Signs to close the tabs that are due and have nothing under way; those that failed wait, and keep no other from it. */
  async work(now = Date.now()): Promise<void> {
    const { store, operator, signing, nudge, log } = this.#needs;
    const waiting = [...this.#tries].filter(([, { next }]) => next > now).map(([tabId]) => tabId);
    const due = await store.db
      .select({ key: budgetKeys, tab: tabs })
      .from(budgetKeys)
      .innerJoin(tabs, and(eq(tabs.operator, budgetKeys.operator), eq(tabs.tabId, budgetKeys.tabId)))
      .where(
        and(
          eq(budgetKeys.operator, operator),
          or(isNotNull(budgetKeys.revokedAt), lte(tabs.expiry, this.#needs.now()), eq(tabs.closing, true)),
          ...[eq(tabs.closed, false), isNull(tabs.closeSignature), isNull(tabs.broken), eq(tabs.inFlight, 0)],
          sql`${tabs.heldKey} = lower(${tabs.sessionKey})`,
          waiting.length === 0 ? undefined : notInArray(tabs.tabId, waiting),
        ),
      )
      .orderBy(asc(tabs.tabId))
      .limit(LIMIT);
    for (const { key, tab } of due) {
      const count = this.#tries.get(tab.tabId)?.count ?? 0;
      const wait = Math.min(LONGEST_MS, AGAIN_MS * 2 ** count);
      this.#tries.set(tab.tabId, { count: count + 1, next: now + wait });
      try {
        await signing.close(key, tab.tabId);
        nudge();
      } catch (error) {
        const fields = { tab: tab.tabId.toString() };
        // Something began to be served, or closed it, in between: the next round sees it.
        if (error instanceof RelayerError) {
          log.info({ ...fields, code: error.code }, "the tab of a budget key is not closed yet");
        } else log.error({ ...fields, error }, "the tab of a budget key could not be closed; it is tried again");
      }
    }
    for (const [tabId, { next }] of this.#tries) if (next + LONGEST_MS < now) this.#tries.delete(tabId);
  }
}
