import { voucherOf } from "@stelai/sdk";
import type { Hex } from "viem";
import type { Logger } from "../log.ts";
import { signDigest } from "../metering/curve.ts";
import { structHash } from "../metering/digest.ts";
import { TabClosedError, VoucherRefusedError, VoucherStaleError } from "../metering/errors.ts";
import type { Metering } from "../metering/index.ts";
import { stateOf } from "../metering/ledger.ts";
import type { VerifiedPayment } from "../metering/payment.ts";
import { canSignFor } from "../metering/tabs.ts";
import type { KeyBook } from "./book.ts";
import type { KeyRow } from "./view.ts";

/** How long a request that was signed for a key may wait until it is admitted, in seconds. */
const REQUEST_SECONDS = 600n;

/** What a request of a key names. */
export type KeyRequest = Pick<VerifiedPayment, "id" | "characterId" | "termsVersion" | "maxCost" | "bodyHash"> & {
  tabId: bigint;
};

type Needs = { book: KeyBook; metering: Metering; now: () => bigint; log: Logger };

/**
 * Signs with the session keys that the operator holds, what a session of the SDK signs with its own: the request before it
 * is served, the voucher once it was charged, and the closing.
 */
export class KeySigning {
  readonly #needs: Needs;
  readonly #running = new Map<bigint, { done: Promise<void>; next: Promise<void> | undefined }>();

  constructor(needs: Needs) {
    this.#needs = needs;
    needs.metering.onHeldCharge((tabId) => {
      // What is not signed now is with the next round.
      this.acknowledge(tabId).catch((error: unknown) => {
        needs.log.warn({ tab: tabId.toString(), error }, "a voucher of a budget key could not be signed");
      });
    });
  }

  /** A request of a key, signed: a payment like any other. */
  async pay(key: KeyRow, asked: KeyRequest): Promise<VerifiedPayment> {
    const { metering, now, book } = this.#needs;
    const { bodyHash, ...fields } = asked;
    const request = { operator: key.operator, ...fields, body: bodyHash, deadline: now() + REQUEST_SECONDS };
    const hash = structHash("Request", request);
    const signature = await signDigest(metering.digests.ofHash(hash), book.sessionKeyOf(key));
    const { body: _, ...payment } = request;
    return { ...payment, bodyHash, structHash: hash, signature, signer: key.sessionAddress };
  }

  /** Signs for all of a tab that was charged before this was called. One at a time for each tab: the rest waits together. */
  acknowledge(tabId: bigint): Promise<void> {
    const running = this.#running.get(tabId);
    if (running === undefined) return this.#begin(tabId);
    running.next ??= running.done.then(
      () => this.#begin(tabId),
      () => this.#begin(tabId),
    );
    return running.next;
  }

  /** Signs to close a tab at what was charged. @throws what refuses it now: something is being served, or is unsigned. */
  async close(key: KeyRow, tabId: bigint): Promise<void> {
    const { metering, book } = this.#needs;
    await this.acknowledge(tabId);
    const total = (await metering.tabs.find(tabId))?.cumulative ?? 0n;
    const digest = metering.digests.of("Close", { operator: key.operator, tabId, total });
    await metering.requestClose(tabId, total, await signDigest(digest, book.sessionKeyOf(key)));
  }

  /** Waits until nothing is being signed. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.allSettled([...this.#running.values()].map(({ done, next }) => next ?? done));
    }
  }

  #begin(tabId: bigint): Promise<void> {
    const entry: { done: Promise<void>; next: Promise<void> | undefined } = {
      done: this.#sign(tabId).finally(() => {
        if (this.#running.get(tabId) === entry) this.#running.delete(tabId);
      }),
      next: undefined,
    };
    this.#running.set(tabId, entry);
    return entry.done;
  }

  async #sign(tabId: bigint): Promise<void> {
    const { metering, book } = this.#needs;
    let sessionKey: Hex | undefined;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const tab = await metering.tabs.find(tabId);
      if (tab === undefined || !canSignFor(tab) || tab.broken !== null || tab.signed >= tab.cumulative) return;
      if (sessionKey === undefined) {
        const key = await book.ofTab(tabId);
        if (key === undefined) return;
        sessionKey = book.sessionKeyOf(key);
      }
      const state = stateOf(tab);
      const voucher = voucherOf(state);
      const signature = await signDigest(metering.digests.of("Voucher", voucher), sessionKey);
      try {
        return await metering.acceptVoucher({ voucher, lines: [...state.lines], signature });
      } catch (error) {
        if (error instanceof TabClosedError) return;
        // Another process was first, or sealed meanwhile: what is left is seen by looking again.
        if (!(error instanceof VoucherStaleError || isOvertaken(error))) throw error;
      }
    }
  }
}

function isOvertaken(error: unknown): boolean {
  return error instanceof VoucherRefusedError && ["replayed", "lower"].includes(error.details.reason);
}
