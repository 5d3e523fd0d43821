import type { PassUse } from "@stelai/sdk";

/** What pays for a message: nobody, a running pass, or the tab. */
export type Payer = "free" | "pass" | "tab";

/** Whether a pass's fair use of the day is used up. @param now Unix time in seconds. */
export function isUsedUp(use: PassUse | undefined, now: bigint): use is PassUse {
  return use !== undefined && use.remaining <= 0 && BigInt(use.resetsAt) > now;
}

/** What is known of the day's use; nothing any more once it starts anew. */
export function currentUse(use: PassUse | undefined, now: bigint): PassUse | undefined {
  return use !== undefined && BigInt(use.resetsAt) > now ? use : undefined;
}

/**
 * Who pays for the next message: a running pass before a tab, until its fair use of the day is used up. A free character
 * is asked without either, unless one is signed in and the pass lets one ask more.
 */
export function payerOf(facts: {
  free: boolean;
  hasPass: boolean;
  isSignedIn: boolean;
  use: PassUse | undefined;
  now: bigint;
}): Payer {
  const { free, hasPass, isSignedIn, use, now } = facts;
  const isGood = hasPass && !isUsedUp(use, now);
  if (free) return isGood && isSignedIn ? "pass" : "free";
  return isGood ? "pass" : "tab";
}
