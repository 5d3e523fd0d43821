/** What a role's change makes of what holds now (DESIGN section 8). */
import type { CampaignBooks, CreditPlan, RoleCall } from "@stelai/sdk";
import type { Address } from "viem";
import { compareTables, type PriceChange } from "../../announcements/changes.ts";
import { WEI_PER_CREDIT } from "../../format/money.ts";
import type { AdminRole } from "../useRole.ts";

/** Who may make each change. */
export const ROLE_OF: Readonly<Record<RoleCall["kind"], AdminRole>> = {
  setPackages: "PRICING",
  addPlans: "PRICING",
  setPlanPrice: "PRICING",
  setReferralTerms: "PRICING",
  setCommission: "COMMISSION",
  startCampaign: "CAMPAIGNS",
  fundCampaign: "CAMPAIGNS",
  stopCampaign: "CAMPAIGNS",
  setTrusted: "CAMPAIGNS",
  pause: "GUARDIAN",
  unpause: "ADMIN",
};

/** The contract that a change is made in. */
export function targetOf(call: RoleCall) {
  switch (call.kind) {
    case "setPackages":
      return "CreditStore";
    case "addPlans":
    case "setPlanPrice":
      return "CreditPlans";
    case "setCommission":
      return "Payouts";
    case "pause":
    case "unpause":
      return call.contract;
    default:
      return "Rewards";
  }
}

/** The contracts that earn for creators, each with its own commission. */
export const EARNERS = ["InferenceMeter", "CharacterAccess", "Licenses", "Resale"] as const;
export type Earner = (typeof EARNERS)[number];

/** The most that a commission can be, and what both sides of a referral can get together, in basis points. */
export const MOST_COMMISSION = 3_000;
export const MOST_REFERRAL = 5_000;
/** As many packages as the table takes. */
export const MOST_PACKAGES = 32;

/** What holds now, as far as it is known. Money in reserve units, credits of tables and plans in wei, bonus in microcredits. */
export interface Standing {
  readonly packages: readonly { credits: bigint; price: bigint }[] | undefined;
  readonly plans: readonly CreditPlan[] | undefined;
  readonly referral: { referrerBps: number; refereeBps: number; cap: bigint } | undefined;
  readonly campaigns: readonly CampaignBooks[] | undefined;
  /** In basis points. */
  readonly commission: (source: Address) => number | undefined;
  readonly isTrusted: (operator: Address) => boolean | undefined;
  readonly isPaused: (contract: string) => boolean | undefined;
}

/** A value in its unit. */
export type Value =
  | { readonly usd: bigint; readonly credits?: bigint }
  | { readonly bps: number }
  | { readonly bonus: bigint }
  | { readonly at: bigint }
  | {
      readonly word: "notSold" | "none" | "trusted" | "notTrusted" | "sells" | "stopped" | "open" | "ended" | "unknown";
    }
  | { readonly kind: "Promotion" | "Contribution" };

/** One line of a change: what, as it holds now, and as it will. */
export interface Line {
  readonly what:
    | { readonly credits: bigint; readonly period?: number }
    | { readonly contract: string }
    | { readonly source: Address }
    | { readonly operator: Address }
    | { readonly field: Field };
  readonly now: Value;
  readonly next: Value;
}
export type Field =
  | "referrer"
  | "referee"
  | "cap"
  | "source"
  | "perAccount"
  | "daily"
  | "start"
  | "end"
  | "budget"
  | "cost"
  | "state";

const UNKNOWN: Value = { word: "unknown" };
const NONE: Value = { word: "none" };
const PERIOD = { Monthly: 30 * 86_400, Annual: 365 * 86_400 } as const;

const price = (usd: bigint | undefined, credits: bigint): Value =>
  usd === undefined || usd === 0n ? { word: "notSold" } : { usd, credits };

/** All that a change touches, line by line; what holds now is `unknown` until it is read. */
export function linesOf(call: RoleCall, standing: Standing): Line[] {
  switch (call.kind) {
    case "setPackages":
      return compareTables(standing.packages ?? [], call.packages).map(
        ({ credits, before, after }: PriceChange): Line => ({
          what: { credits },
          now: standing.packages ? price(before, credits) : UNKNOWN,
          next: price(after, credits),
        }),
      );
    case "addPlans":
      return call.plans.map((plan) => ({
        what: { credits: plan.credits, period: PERIOD[plan.period] },
        now: { word: "notSold" },
        next: price(plan.price, plan.credits),
      }));
    case "setPlanPrice": {
      const plan = standing.plans?.find(({ planId }) => planId === call.planId);
      if (!plan) return [{ what: { field: "cost" }, now: UNKNOWN, next: { usd: call.price } }];
      const { credits, period } = plan;
      return [{ what: { credits, period }, now: price(plan.price, credits), next: price(call.price, credits) }];
    }
    case "setReferralTerms": {
      const { referral } = standing;
      return [
        line("referrer", referral ? { bps: referral.referrerBps } : UNKNOWN, { bps: call.referrerBps }),
        line("referee", referral ? { bps: referral.refereeBps } : UNKNOWN, { bps: call.refereeBps }),
        line("cap", referral ? { bonus: referral.cap } : UNKNOWN, { bonus: call.cap }),
      ];
    }
    case "setCommission": {
      const bps = standing.commission(call.source);
      return [{ what: { source: call.source }, now: bps === undefined ? UNKNOWN : { bps }, next: { bps: call.bps } }];
    }
    case "startCampaign":
      return [
        line("source", NONE, { kind: call.source }),
        line("perAccount", NONE, { bonus: call.perAccount }),
        line("daily", NONE, { bonus: call.daily }),
        line("start", NONE, { at: call.start }),
        line("end", NONE, { at: call.end }),
      ];
    case "fundCampaign": {
      const budget = budgetOf(call.campaignId, standing);
      const next: Value = budget === undefined ? UNKNOWN : { bonus: budget + call.amount };
      return [
        line("budget", budget === undefined ? UNKNOWN : { bonus: budget }, next),
        line("cost", NONE, { usd: call.maxCost }),
      ];
    }
    case "stopCampaign": {
      const budget = budgetOf(call.campaignId, standing);
      return [
        line("state", { word: "open" }, { word: "ended" }),
        line("budget", budget === undefined ? UNKNOWN : { bonus: budget }, { bonus: 0n }),
      ];
    }
    case "setTrusted": {
      const trusts = (isTrusted: boolean): Value => ({ word: isTrusted ? "trusted" : "notTrusted" });
      const now = standing.isTrusted(call.operator);
      const next = trusts(call.isTrusted);
      return [{ what: { operator: call.operator }, now: now === undefined ? UNKNOWN : trusts(now), next }];
    }
    case "pause":
    case "unpause": {
      const sells = (isPaused: boolean): Value => ({ word: isPaused ? "stopped" : "sells" });
      const now = standing.isPaused(call.contract);
      const next = sells(call.kind === "pause");
      return [{ what: { contract: call.contract }, now: now === undefined ? UNKNOWN : sells(now), next }];
    }
  }
}

const line = (field: Field, now: Value, next: Value): Line => ({ what: { field }, now, next });

const budgetOf = (campaignId: bigint, { campaigns }: Standing) =>
  campaigns?.find((one) => one.campaignId === campaignId)?.budget;

/** The least that so many credits (wei) may be sold for, in reserve units, rounded up: the floor. */
export function floorOf(credits: bigint, floor: bigint): bigint {
  return (credits * floor + WEI_PER_CREDIT - 1n) / WEI_PER_CREDIT;
}
