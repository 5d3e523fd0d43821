import { deedOf } from "@stelai/sdk";
import type { Deed, DeedKind } from "@stelai/sdk/wire";
import type { Address, Hex } from "viem";

/** What an account did, and whether it counts; what the campaign and the books say of it is not in here. */
export type FoundDeed = {
  deed: Hex;
  kind: DeedKind;
  subject: string;
  title: string;
  /** When it was done, Unix time in seconds. */
  at: number;
  verdict: Verdict;
};

/** Whether it counts; if not yet, or not at all, why. */
export type Verdict = { state: "ready"; reason: null } | { state: "tooEarly" | "refused"; reason: string };

export const READY: Verdict = { state: "ready", reason: null };

export function tooEarly(reason: string): Verdict {
  return { state: "tooEarly", reason };
}

export function refused(reason: string): Verdict {
  return { state: "refused", reason };
}

/** A deed that was found, named as the chain has it. */
export function found(fields: Omit<FoundDeed, "deed">): FoundDeed {
  return { ...fields, deed: deedOf(fields.kind, fields.subject) };
}

/**
 * What an account did of one kind, the newest first and so many of it; asked for one deed only, that one, however old it
 * is, if it is there.
 */
export type DeedSource = (account: Address, only?: Hex) => Promise<readonly FoundDeed[]>;

/** Microcredits as people read them. */
export function inCredits(micro: Deed["amount"]): string {
  const [whole, part] = [micro / 1_000_000n, micro % 1_000_000n];
  const decimals = String(part).padStart(6, "0").replace(/0+$/, "");
  return `${whole}${decimals === "" ? "" : `.${decimals}`} ${micro === 1_000_000n ? "credit" : "credits"}`;
}
