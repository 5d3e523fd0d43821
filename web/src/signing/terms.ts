import type { ReactNode } from "react";
import type { MoneyOutcome } from "../ui/ErrorState.tsx";

/** What a person agrees to with one signature, complete (UX 1.2). */
export interface SigningTerms {
  /** What you get. */
  readonly get: ReactNode;
  /** What leaves now. */
  readonly now: ReactNode;
  /** The most that can ever leave by this signature; absent when it is what leaves now. */
  readonly atMost?: ReactNode;
  /** To whom. */
  readonly to: ReactNode;
  /** Until when it is good; absent when it is over at once. */
  readonly until?: ReactNode;
  /** How to undo it, or that it cannot be. */
  readonly undo: ReactNode;
  /** The cost of signing: "1 signature, no ETH, fee 0.2". */
  readonly cost: ReactNode;
  /** Balance before → after, where known. */
  readonly balance?: { readonly before: ReactNode; readonly after: ReactNode };
  /**
   * What the wallet will show only as a hash, spelled out: names and values in the order they are hashed, and the hash
   * to compare (DESIGN section 4).
   */
  readonly commitment?: { readonly fields: readonly (readonly [string, string])[]; readonly hash: string };
}

/** How an act is asked for, told what it waits for. */
export interface SigningRun {
  /** Aborted when the person stops or opens the wallet again: a signature that comes later must not be used. */
  readonly signal: AbortSignal;
  /** Call when the wallet has answered: from then on stopping is no longer offered. */
  readonly signed: () => void;
}

/** An error of an act in words (UX 1.7). */
export interface ExplainedError {
  readonly what: ReactNode;
  readonly money: MoneyOutcome;
  readonly todo?: ReactNode;
  readonly actions?: ReactNode;
  readonly technical?: string | undefined;
}
