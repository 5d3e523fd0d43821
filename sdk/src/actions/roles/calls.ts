import { type Abi, type AbiFunction, type Address, encodeFunctionData, type Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import {
  creditPlansAddPlans,
  creditPlansSetPlanPrice,
  creditStorePause,
  creditStoreSetPackages,
  creditStoreUnpause,
  payoutsSetCommission,
  rewardsFundCampaign,
  rewardsSetReferralTerms,
  rewardsSetTrusted,
  rewardsStartCampaign,
  rewardsStopCampaign,
} from "../../generated/fragments.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";

/** The contracts whose sales can be stopped. */
export const PAUSABLE = ["CreditStore", "InferenceMeter", "CharacterAccess", "Licenses", "Resale"] as const;
/** One of {@link PAUSABLE}. */
export type Pausable = (typeof PAUSABLE)[number];

const PERIODS = { Monthly: 30 * 86_400, Annual: 365 * 86_400 } as const;

/** What roles change, each with the role that may. */
export type RoleCall =
  /** PRICING: the whole price table. Credits in wei of STELAI, price in reserve units. */
  | { kind: "setPackages"; packages: readonly { credits: bigint; price: bigint }[] }
  /** PRICING. Credits in wei of STELAI, price in reserve units. */
  | { kind: "addPlans"; plans: readonly { credits: bigint; price: bigint; period: keyof typeof PERIODS }[] }
  /** PRICING. In reserve units; 0 ends the plan's offer. */
  | { kind: "setPlanPrice"; planId: bigint; price: bigint }
  /** PRICING. In basis points of the credits bought; the most an account can ever earn, in microcredits. */
  | { kind: "setReferralTerms"; referrerBps: number; refereeBps: number; cap: bigint }
  /** COMMISSION. What of a contract's earnings goes to the treasury, in basis points, at most 3,000. */
  | { kind: "setCommission"; source: Address; bps: number }
  /** CAMPAIGNS. Amounts in microcredits, times in Unix seconds. */
  | {
      kind: "startCampaign";
      source: "Promotion" | "Contribution";
      /** Of a promotion the address of the code's key (`rewards.generateCode`). */
      signer: Address;
      start: bigint;
      end: bigint;
      perAccount: bigint;
      daily: bigint;
      /** Where it is described, for people: `ipfs://` or `https://`. */
      uri: string;
    }
  /** CAMPAIGNS. Buys so many microcredits at the floor with the caller's USDC, for at most so many reserve units. */
  | { kind: "fundCampaign"; campaignId: bigint; amount: bigint; maxCost: bigint }
  /** CAMPAIGNS. Ends it for good and burns what is left. */
  | { kind: "stopCampaign"; campaignId: bigint }
  /** CAMPAIGNS. Whether bonus credits may be spent with an operator. */
  | { kind: "setTrusted"; operator: Address; isTrusted: boolean }
  /** GUARDIAN. Stops sales; exits go on. */
  | { kind: "pause"; contract: Pausable }
  /** ADMIN. Resumes them. */
  | { kind: "unpause"; contract: Pausable };

/** A call as a contract takes it. */
export type EncodedCall = {
  address: Address;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
  data: Hex;
};

/** What a role's change is for the contract. */
export function encodeCall(client: StelaiClient, call: RoleCall): EncodedCall {
  const [contract, fragment, args] = layOut(call);
  const abi: Abi = [fragment];
  const functionName = fragment.name;
  const data = encodeFunctionData({ abi, functionName, args });
  return { address: client.deployment.contracts[contract], abi, functionName, args, data };
}

type LaidOut = [contract: Pausable | "CreditPlans" | "Payouts" | "Rewards", fragment: AbiFunction, args: unknown[]];

function layOut(call: RoleCall): LaidOut {
  const wei = (microcredits: bigint) => microcredits * WEI_PER_MICROCREDIT;
  switch (call.kind) {
    case "setPackages":
      return ["CreditStore", creditStoreSetPackages, [call.packages]];
    case "addPlans":
      return [
        ...(["CreditPlans", creditPlansAddPlans] as const),
        [call.plans.map(({ credits, price, period }) => ({ credits, price, period: PERIODS[period] }))],
      ];
    case "setPlanPrice":
      return ["CreditPlans", creditPlansSetPlanPrice, [call.planId, call.price]];
    case "setReferralTerms": {
      const { referrerBps, refereeBps, cap } = call;
      return ["Rewards", rewardsSetReferralTerms, [{ referrerBps, refereeBps, cap: wei(cap) }]];
    }
    case "setCommission":
      return ["Payouts", payoutsSetCommission, [call.source, call.bps]];
    case "startCampaign": {
      const { signer, start, end, uri } = call;
      const amounts = { perAccount: wei(call.perAccount), daily: wei(call.daily) };
      const source = call.source === "Promotion" ? 2 : 3;
      return ["Rewards", rewardsStartCampaign, [{ source, signer, start, end, ...amounts, uri }]];
    }
    case "fundCampaign":
      return ["Rewards", rewardsFundCampaign, [call.campaignId, wei(call.amount), call.maxCost]];
    case "stopCampaign":
      return ["Rewards", rewardsStopCampaign, [call.campaignId]];
    case "setTrusted":
      return ["Rewards", rewardsSetTrusted, [call.operator, call.isTrusted]];
    // Every contract's are alike.
    case "pause":
      return [call.contract, creditStorePause, []];
    case "unpause":
      return [call.contract, creditStoreUnpause, []];
  }
}
