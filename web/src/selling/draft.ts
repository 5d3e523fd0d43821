import type { Deposit, Tier } from "@stelai/sdk/wire";
import type { Hex } from "viem";

/** In the order of the chain, from the least that is allowed to the most. */
export const TIERS: readonly Tier[] = ["Personal", "Commercial", "Exclusive"];

/** How long a licence is good for, as one chooses it; in seconds as the chain has it. */
export const DURATIONS = { forever: 0n, month: 2_592_000n, year: 31_536_000n } as const;
export type DurationId = keyof typeof DURATIONS;
/** 2 days: a shorter one could end before it is delivered, and the chain takes none. */
export const SHORTEST = 172_800n;

/** Whether an offer may be for so many seconds. */
export function isFitDuration(seconds: bigint): boolean {
  return seconds === DURATIONS.forever || seconds >= SHORTEST;
}

/** A tier before it is offered, as typed. */
export interface DraftTier {
  readonly isOn: boolean;
  /** Credits. */
  readonly price: string;
  /** How many at most; empty for any number. */
  readonly supply: string;
  readonly duration: DurationId;
}

/** Somebody else who earns with it. */
export interface DraftEarner {
  /** Address or name, as typed. */
  readonly who: string;
  /** Of the owner's part, in percent. */
  readonly percent: string;
}

/** A work that it builds on, as it was when it was chosen. */
export interface DraftParent {
  readonly workId: string;
  readonly title: string;
  /** What it takes of each sale, in ten-thousandths. */
  readonly bps: number;
}

/** A work before it is listed, everything exactly as typed. */
export interface SellDraft {
  readonly title: string;
  readonly description: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly tiers: Readonly<Record<Tier, DraftTier>>;
  /** Of each resale, in percent. */
  readonly royalty: string;
  readonly isShared: boolean;
  /** One's own share when it is shared. */
  readonly mine: string;
  readonly earners: readonly DraftEarner[];
  readonly allowsDerivatives: boolean;
  /** What those owe, in percent of their sales. */
  readonly derivativePercent: string;
  readonly parents: readonly DraftParent[];
  /** The file as the operator has it, once it does, and whose it is. */
  readonly deposit?: Deposit | undefined;
  readonly depositor?: string | undefined;
  /** The name that a file of one's own had here. */
  readonly fileName?: string | undefined;
  /** The transaction that lists it, once it is sent: whoever comes back goes on from there. */
  readonly sent?: Hex | undefined;
}

/** The longest that each text may be (docs/PROTOCOL.md, the marketplace). */
export const LONGEST = { title: 120, description: 4_000, tag: 32 } as const;
export const MOST_TAGS = 12;
/** `Works.MAX_PARENTS`, `MAX_PARENTS_BPS`, `MAX_DEPTH`, `MAX_ROYALTY_BPS`, `MAX_DERIVATIVE_BPS`. */
export const MOST_PARENTS = 8;
export const MOST_PARENTS_BPS = 9_000;
export const DEEPEST = 4;
export const MOST_ROYALTY_BPS = 1_000;
export const MOST_DERIVATIVE_BPS = 5_000;

const tier = (isOn: boolean, price: string, supply = ""): DraftTier => ({ isOn, price, supply, duration: "forever" });

/** A draft with nothing in it but what is usual. */
export function emptySellDraft(): SellDraft {
  return {
    title: "",
    description: "",
    tags: "",
    tiers: { Personal: tier(true, ""), Commercial: tier(false, ""), Exclusive: tier(false, "", "1") },
    royalty: "5",
    isShared: false,
    mine: "50",
    earners: [{ who: "", percent: "50" }],
    allowsDerivatives: false,
    derivativePercent: "10",
    parents: [],
  };
}

export type SellChange =
  | { readonly kind: "set"; readonly values: Partial<Omit<SellDraft, "tiers" | "earners" | "parents">> }
  | { readonly kind: "tier"; readonly tier: Tier; readonly values: Partial<DraftTier> }
  | { readonly kind: "earner"; readonly at: number; readonly values: Partial<DraftEarner> }
  | { readonly kind: "addEarner" }
  | { readonly kind: "removeEarner"; readonly at: number }
  | { readonly kind: "addParent"; readonly parent: DraftParent }
  | { readonly kind: "removeParent"; readonly workId: string }
  | { readonly kind: "shares"; readonly changes: readonly { readonly workId: string; readonly now: number }[] }
  | { readonly kind: "replace"; readonly draft: SellDraft };

/** The draft after a change. */
export function changeSellDraft(draft: SellDraft, change: SellChange): SellDraft {
  switch (change.kind) {
    case "set":
      return { ...draft, ...change.values };
    case "tier":
      return { ...draft, tiers: { ...draft.tiers, [change.tier]: { ...draft.tiers[change.tier], ...change.values } } };
    case "earner":
      return {
        ...draft,
        earners: draft.earners.map((each, at) => (at === change.at ? { ...each, ...change.values } : each)),
      };
    case "addEarner":
      return { ...draft, earners: [...draft.earners, { who: "", percent: "" }] };
    case "removeEarner":
      return { ...draft, earners: draft.earners.filter((_, at) => at !== change.at) };
    case "addParent":
      return draft.parents.some(({ workId }) => workId === change.parent.workId)
        ? draft
        : { ...draft, parents: [...draft.parents, change.parent] };
    case "removeParent":
      return { ...draft, parents: draft.parents.filter(({ workId }) => workId !== change.workId) };
    case "shares": {
      const now = new Map(change.changes.map(({ workId, now: bps }) => [workId, bps]));
      return {
        ...draft,
        parents: draft.parents.map((each) => ({ ...each, bps: now.get(each.workId) ?? each.bps })),
      };
    }
    case "replace":
      return change.draft;
  }
}

/** Whether something was done that would be a pity to lose. */
export function isTouched({ title, description, tags, deposit, parents, tiers }: SellDraft): boolean {
  const typed = [title, description, tags, ...Object.values(tiers).map(({ price }) => price)];
  return typed.some((text) => text.trim() !== "") || deposit !== undefined || parents.length > 0;
}

/** A draft as it was stored, whatever an earlier version of this page kept of it. */
export function restoredDraft(found: Partial<SellDraft> | undefined): SellDraft {
  const fresh = emptySellDraft();
  return { ...fresh, ...found, tiers: { ...fresh.tiers, ...found?.tiers } };
}
