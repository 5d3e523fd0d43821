import type { Address } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { rewardsCampaignBySigner } from "../../generated/fragments.ts";
import { generateCode } from "./generateCode.ts";
import { type GetCampaignReturnType, getCampaign } from "./getCampaign.ts";

export type GetCodeParameters = {
  code: string;
  /** Who would redeem it; the wallet itself when absent, and nobody where there is none. */
  account?: Address | undefined;
};

/** Why a code cannot be redeemed now. */
export type CodeProblem =
  /** No promotion has this code. */
  | "Unknown"
  | "NotBegun"
  | "Ended"
  /** The account redeemed it already. */
  | "Claimed"
  /** Nothing is left to give. */
  | "BudgetExhausted"
  /** Nothing is left to give today. */
  | "DailyCapReached";

export type GetCodeReturnType = {
  /** Why not; null when it can be redeemed. */
  problem: CodeProblem | null;
  /** What it gives, in microcredits; 0 of an unknown one. */
  amount: bigint;
  /** The promotion; null of an unknown code. */
  campaign: GetCampaignReturnType | null;
};

/**
 * What a code is good for, from the chain, without giving it to anyone.
 *
 * @example
 * ```ts
 * const { amount, problem } = await stelai.rewards.getCode({ code });
 * ```
 */
export async function getCode(client: StelaiClient, parameters: GetCodeParameters): Promise<GetCodeReturnType> {
  const { code, account = client.walletClient?.account?.address } = parameters;
  const { signer } = await generateCode(client, { code });
  const campaignId = await readContract(client.publicClient, {
    address: client.deployment.contracts.Rewards,
    abi: [rewardsCampaignBySigner],
    functionName: "campaignBySigner",
    args: [signer],
  });
  if (campaignId === 0n) return { problem: "Unknown", amount: 0n, campaign: null };
  const campaign = await getCampaign(client, { campaignId, account });
  // Somebody may have vouched for deeds with a key that a text leads to.
  if (campaign.source !== "Promotion") return { problem: "Unknown", amount: 0n, campaign: null };
  return { problem: problemOf(campaign), amount: campaign.perAccount, campaign };
}

/** The first that holds, what the account did itself before all. */
function problemOf({ claimed, state, perAccount, budget, leftToday }: GetCampaignReturnType): CodeProblem | null {
  if (claimed > 0n) return "Claimed";
  if (state === "upcoming") return "NotBegun";
  if (state === "ended") return "Ended";
  if (budget < perAccount) return "BudgetExhausted";
  return leftToday < perAccount ? "DailyCapReached" : null;
}
