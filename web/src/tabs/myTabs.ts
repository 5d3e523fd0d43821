import type { TabSession } from "@stelai/sdk";
import type { Address } from "viem";

/** Where a tab stands. `reclaimable`: its operator had its time, what is left can be taken back without it. */
export type TabState = "open" | "expired" | "closing" | "reclaimable" | "closed";

/** A tab of the connected wallet; amounts in microcredits, moments in unix seconds. */
export interface MyTab {
  readonly key: string;
  readonly operator: Address;
  readonly tabId: bigint;
  /** Present when its session key is in this browser. */
  readonly session: TabSession | undefined;
  readonly cap: bigint;
  /** Settled on the chain. */
  readonly spent: bigint;
  /** How much of the cap it was opened with was bonus, which is spent first. */
  readonly bonus: bigint;
  readonly expiry: bigint;
  readonly state: TabState;
  /** From when what is left can be taken back without the operator. */
  readonly reclaimAt: bigint;
  /** What came back when it was closed; undefined when open or not known. */
  readonly refund: bigint | undefined;
}

/** Names a tab in an address and among others. */
export function tabKey(operator: Address, tabId: bigint): string {
  return `${operator.toLowerCase()}-${tabId}`;
}

/** Where a tab stands at a moment of the chain. A closed tab's cap is what was spent. */
export function tabState(
  tab: { cap: bigint; spent: bigint; expiry: bigint; closing: boolean },
  now: bigint,
  thaw: bigint,
): TabState {
  if (tab.closing && tab.cap === tab.spent) return "closed";
  if (now > tab.expiry + thaw) return "reclaimable";
  if (tab.closing) return "closing";
  return now >= tab.expiry ? "expired" : "open";
}

/** How much bonus is left of what a tab was opened with: bonus is spent first. */
export function bonusStanding(bonus: bigint, used: bigint): bigint {
  return bonus > used ? bonus - used : 0n;
}

const ORDER: Record<TabState, number> = { open: 0, expired: 1, closing: 2, reclaimable: 3, closed: 4 };

/** Those that can be used first, and of these the newest. */
export function sortTabs(tabs: readonly MyTab[]): MyTab[] {
  return [...tabs].sort((a, b) => ORDER[a.state] - ORDER[b.state] || Number(b.tabId - a.tabId));
}
