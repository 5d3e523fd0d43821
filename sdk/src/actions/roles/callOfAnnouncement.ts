import { getAddress } from "viem";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import type { Announcement } from "../credits/listAnnouncements.ts";
import { PAUSABLE, type RoleCall } from "./calls.ts";

/** An announcement's arguments, as the index has them: integers as decimal strings. */
type Arguments = readonly unknown[];
type Fields = Readonly<Record<string, string>>;

const micro = (wei: unknown) => BigInt(String(wei)) / WEI_PER_MICROCREDIT;
const priced = ({ credits, price }: Fields) => ({ credits: BigInt(credits ?? 0), price: BigInt(price ?? 0) });

/**
 * The change that an announcement is, for `roles.execute` and `roles.cancel`; undefined for one that is none of
 * {@link RoleCall}.
 *
 * @example
 * ```ts
 * const { announcements } = await stelai.credits.listAnnouncements();
 * const call = await stelai.roles.callOf(announcements[0]);
 * ```
 */
export function callOfAnnouncement({ target, functionName, args }: Announcement): RoleCall | undefined {
  const known = READ[`${target}.${functionName}`];
  if (known) return known(args);
  const contract = PAUSABLE.find((name) => name === target);
  if (contract && (functionName === "pause" || functionName === "unpause")) return { kind: functionName, contract };
  return undefined;
}

const READ: Readonly<Record<string, (args: Arguments) => RoleCall>> = {
  "CreditStore.setPackages": ([packages]) => ({ kind: "setPackages", packages: (packages as Fields[]).map(priced) }),
  "CreditPlans.addPlans": ([plans]) => ({
    kind: "addPlans",
    plans: (plans as Fields[]).map((plan) => ({
      ...priced(plan),
      period: Number(plan.period) === 30 * 86_400 ? "Monthly" : "Annual",
    })),
  }),
  "CreditPlans.setPlanPrice": ([planId, price]) => ({
    ...{ kind: "setPlanPrice", planId: BigInt(String(planId)), price: BigInt(String(price)) },
  }),
  "Rewards.setReferralTerms": ([terms]) => {
    const { referrerBps, refereeBps, cap } = terms as Fields;
    return {
      ...{
        kind: "setReferralTerms",
        referrerBps: Number(referrerBps),
        refereeBps: Number(refereeBps),
        cap: micro(cap),
      },
    };
  },
  "Payouts.setCommission": ([source, bps]) => ({
    ...{ kind: "setCommission", source: getAddress(String(source)), bps: Number(bps) },
  }),
  "Rewards.startCampaign": ([campaign]) => {
    const { source, signer, start = 0, end = 0, perAccount, daily, uri = "" } = campaign as Fields;
    return {
      kind: "startCampaign",
      source: Number(source) === 2 ? "Promotion" : "Contribution",
      signer: getAddress(String(signer)),
      ...{ start: BigInt(start), end: BigInt(end), perAccount: micro(perAccount), daily: micro(daily), uri },
    };
  },
  "Rewards.fundCampaign": ([campaignId, amount, maxCost]) => ({
    ...{ kind: "fundCampaign", campaignId: BigInt(String(campaignId)) },
    ...{ amount: micro(amount), maxCost: BigInt(String(maxCost)) },
  }),
  "Rewards.stopCampaign": ([campaignId]) => ({ kind: "stopCampaign", campaignId: BigInt(String(campaignId)) }),
  "Rewards.setTrusted": ([operator, isTrusted]) => ({
    ...{ kind: "setTrusted", operator: getAddress(String(operator)), isTrusted: isTrusted === true },
  }),
};
