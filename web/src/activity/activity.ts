import type { Address, Hex } from "viem";
import type { Message } from "../i18n/index.ts";

/** How far an act on the chain has come (UX 1.5). */
export type ActivityState = "wallet" | "sent" | "unseen" | "confirmed" | "final" | "replaced" | "cancelled" | "failed";

/** Where a transaction goes, and its data and value. */
export interface Call {
  readonly to: Address | null;
  readonly input: Hex;
  readonly value: bigint;
}

/** One act on the chain, remembered beyond the page that began it. */
export interface Activity {
  readonly id: string;
  /** What it is for: "Buy 1,000 credits". */
  readonly intent: Message;
  readonly state: ActivityState;
  /** Unix time in seconds at which it was begun. */
  readonly startedAt: number;
  /** Unix time in seconds at which the chain's node last knew of it. */
  readonly seenAt: number;
  /** Head of the chain when it was sent: what replaced it is looked for from there. */
  readonly fromBlock?: bigint | undefined;
  readonly hash?: Hex | undefined;
  readonly sender?: Address | undefined;
  readonly nonce?: number | undefined;
  /** What it calls, to tell the same act sent again from another in its place. */
  readonly call?: Call | undefined;
  readonly blockNumber?: bigint | undefined;
  /** The transaction that took its place, if one did. */
  readonly replacedBy?: Hex | undefined;
}

/** What was learnt about an activity. */
export type Observation =
  | { readonly kind: "sent"; readonly hash: Hex; readonly fromBlock: bigint; readonly at: number }
  | {
      readonly kind: "pending";
      readonly sender: Address;
      readonly nonce: number;
      readonly call: Call;
      readonly at: number;
    }
  | { readonly kind: "mined"; readonly blockNumber: bigint; readonly success: boolean; readonly at: number }
  | {
      readonly kind: "replaced";
      readonly by: Hex;
      readonly sameAct: boolean;
      readonly blockNumber: bigint;
      readonly success: boolean;
    }
  | { readonly kind: "missing"; readonly at: number }
  | { readonly kind: "head"; readonly blockNumber: bigint; readonly finalityBlocks: number };

/** A node that has not heard of a transaction for this long will hardly do so by itself. */
export const UNSEEN_AFTER_SECONDS = 120;

/** Whether more can still be learnt from the chain. */
export function isOpen({ state }: Activity): boolean {
  return state === "sent" || state === "unseen" || state === "confirmed" || state === "replaced";
}

/** Whether the chain has decided, apart from finality. */
export function isDecided({ state }: Activity): boolean {
  return state !== "wallet" && state !== "sent" && state !== "unseen";
}

function finalOr(activity: Activity, head: bigint, finalityBlocks: number): Activity {
  if (activity.state !== "confirmed" && activity.state !== "replaced") return activity;
  if (activity.blockNumber === undefined || head < activity.blockNumber + BigInt(finalityBlocks)) return activity;
  return { ...activity, state: "final" };
}

/** The activity after an observation; the same object when nothing changed. */
export function observe(activity: Activity, seen: Observation): Activity {
  switch (seen.kind) {
    case "sent":
      return { ...activity, state: "sent", hash: seen.hash, fromBlock: seen.fromBlock, seenAt: seen.at };
    case "pending":
      // Confirmed before and pending now: its block was reorganised away.
      return {
        ...activity,
        state: "sent",
        sender: seen.sender,
        nonce: seen.nonce,
        call: seen.call,
        seenAt: seen.at,
        blockNumber: undefined,
      };
    case "mined": {
      const state = seen.success ? "confirmed" : "failed";
      if (activity.state === state && activity.blockNumber === seen.blockNumber) return activity;
      return { ...activity, state, blockNumber: seen.blockNumber, seenAt: seen.at, replacedBy: undefined };
    }
    case "replaced": {
      // Some wallets report a transaction as replaced by itself: that is a confirmation.
      const same = seen.by.toLowerCase() === activity.hash?.toLowerCase();
      const state = !seen.sameAct ? "cancelled" : !seen.success ? "failed" : same ? "confirmed" : "replaced";
      const replacedBy = same ? undefined : seen.by;
      if (activity.state === state && activity.replacedBy === replacedBy) return activity;
      return { ...activity, state, replacedBy, blockNumber: seen.blockNumber };
    }
    case "missing": {
      const waiting = activity.state === "sent" || activity.state === "unseen";
      // Confirmed before and unknown now: as if it had just been sent.
      if (!waiting)
        return { ...activity, state: "sent", blockNumber: undefined, replacedBy: undefined, seenAt: seen.at };
      if (activity.state === "unseen" || seen.at - activity.seenAt < UNSEEN_AFTER_SECONDS) return activity;
      return { ...activity, state: "unseen" };
    }
    case "head":
      return finalOr(activity, seen.blockNumber, seen.finalityBlocks);
  }
}
