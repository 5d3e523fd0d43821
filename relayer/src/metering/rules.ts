import { MAX_LINES } from "@stelai/sdk";
import {
  BonusOnOwnCharacterError,
  InvalidPaymentError,
  TabClosedError,
  TabExhaustedError,
  TabExpiredError,
  VoucherRequiredError,
  WrongSessionKeyError,
} from "./errors.ts";
import type { Reservation } from "./requests.ts";
import { isKeyHeld, type TabRow } from "./tabs.ts";

/** Thrown when a tab is not in the books yet: read it from the chain, then try again. */
export class UnknownTabError extends Error {
  override readonly name = "UnknownTabError";
  constructor(tabId: bigint) {
    super(`tab ${tabId} is not known`);
  }
}

/** Thrown when the tab's lines are at their limit: seal, then try again. */
export class LineLimitError extends Error {
  override readonly name = "LineLimitError";
}

/** What is left of a tab's bonus credits once all that was served is settled, in microcredits. */
export function bonusLeft({ bonus, cumulative }: Pick<TabRow, "bonus" | "cumulative">): bigint {
  return bonus > cumulative ? bonus - cumulative : 0n;
}

/** When a tab serves a request (docs/PROTOCOL.md, "One paid inference"). Each throws what is wrong. */
export const admit = {
  all(tab: TabRow, item: Reservation, now: bigint, inFlight: ReadonlySet<bigint> | undefined): void {
    admit.signer(tab, item);
    admit.time(tab, item, now);
    admit.bonus(tab, item);
    admit.cap(tab, item);
    if (item.isQueued !== true) admit.exposure(tab, item);
    admit.lines(tab, item, inFlight ?? new Set());
  },

  /** Only the session key that is in force spends; the one before it settles, but asks for nothing new. */
  signer(tab: TabRow, item: Reservation): void {
    if (item.signer === tab.sessionKey.toLowerCase()) return;
    throw new WrongSessionKeyError(
      item.signer === tab.previousKey.toLowerCase()
        ? "This session key was replaced by another one. Sign with the tab's new session key."
        : "The tab's session key did not sign this request. Check operator, tab, body and chain.",
    );
  },

  time(tab: TabRow, item: Reservation, now: bigint): void {
    admit.open(tab, now);
    if (item.deadline < now) throw new InvalidPaymentError("The request's deadline has passed. Sign it again.");
  },

  open(tab: TabRow, now: bigint): void {
    if (tab.broken !== null) throw new TabClosedError(tab.tabId, tab.broken);
    if (tab.closing || tab.closed || tab.closeSignature !== null) throw new TabClosedError(tab.tabId);
    if (tab.expiry <= now) throw new TabExpiredError(tab.tabId);
  },

  /**
   * What is served counts in its order, so that bonus credits are left until as much of them was served. What is only held
   * may come to less, and counts as nothing.
   */
  bonus(tab: TabRow, item: Reservation): void {
    const left = bonusLeft(tab);
    if (left > 0n && item.isOwn?.(tab.payer) === true) throw new BonusOnOwnCharacterError(tab.tabId, left);
  },

  cap(tab: TabRow, item: Reservation): void {
    const available = tab.cap - tab.cumulative - tab.reserved;
    if (item.needed > available) throw new TabExhaustedError(available > 0n ? available : 0n, item.needed);
  },

  /**
   * With nothing unsigned and nothing being served, any request within the cap is served. What waits is not. What the
   * operator signs itself is no exposure.
   */
  exposure(tab: TabRow, item: Reservation): void {
    if (isKeyHeld(tab)) return;
    const unsigned = tab.cumulative - tab.signed;
    if (unsigned === 0n && tab.inFlight === tab.queuedRequests) return;
    if (unsigned + tab.reserved - tab.queued + item.needed > tab.exposureLimit) {
      throw new VoucherRequiredError(tab.cumulative, tab.exposureLimit);
    }
  },

  /** What is in flight must find its lines free when it is charged. */
  lines(tab: TabRow, item: Reservation, inFlight: ReadonlySet<bigint>): void {
    const characters = new Set(tab.lines.map((line) => BigInt(line.characterId)));
    for (const character of inFlight) characters.add(character);
    characters.add(item.characterId);
    // The operator's fee has a line of its own.
    characters.add(0n);
    if (characters.size > MAX_LINES) throw new LineLimitError(`tab ${tab.tabId} has too many lines`);
  },
};
