import type { Address } from "viem";
import { readContract, simulateContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { codeKey } from "../../codes.ts";
import { CodeRefusedError } from "../../errors/creditsClient.ts";
import { rewardsCampaignBySigner, rewardsRedeemCode } from "../../generated/fragments.ts";
import { type Sent, send } from "../../internal/send.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { sessionAccount } from "../../tab/key.ts";
import { rewardsDomain, rewardsTypes } from "../../typedData.ts";
import { type BonusGranted, readGranted } from "./granted.ts";

export type RedeemCodeParameters = {
  code: string;
  /** Who receives the bonus; the wallet itself when absent. */
  account?: Address | undefined;
  /** Who sends the transaction: the relayer, without a fee, when absent, or the wallet. */
  by?: "sponsored" | "wallet" | undefined;
};
export type RedeemCodeReturnType = Sent<BonusGranted>;

/**
 * Redeems a promotion's code. Its key, which the code is, signs for whom: neither the relayer nor who copies the transaction
 * can take it. `rewards.getCode` says before what it gives, and why not.
 * @throws CodeRefusedError when no promotion has it; AccountCapReachedError when it was redeemed already,
 * CampaignNotOpenError, BudgetExhaustedError, DailyCapReachedError, before anything is sent; SponsorRefusedError,
 * RateLimitedError, UserRejectedError, WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { wait } = await stelai.rewards.redeemCode({ code: "7H2K-…" });
 * const { amount } = await wait();
 * ```
 */
export async function redeemCode(
  client: StelaiClient,
  parameters: RedeemCodeParameters,
): Promise<RedeemCodeReturnType> {
  const { code, account = requireWallet(client).account.address, by = "sponsored" } = parameters;
  const { chainId, contracts } = client.deployment;
  const address = contracts.Rewards;
  const key = await sessionAccount(codeKey(code));
  const campaignId = await readContract(client.publicClient, {
    ...{ address, abi: [rewardsCampaignBySigner], functionName: "campaignBySigner", args: [key.address] },
  });
  if (campaignId === 0n) throw new CodeRefusedError("Unknown");
  const signature = await key.signTypedData({
    domain: rewardsDomain(chainId, address),
    types: rewardsTypes,
    primaryType: "Redemption",
    message: { campaignId, account },
  });
  const args = [campaignId, account, signature] as const;
  const call = { address, abi: [rewardsRedeemCode], functionName: "redeemCode", args } as const;
  if (by === "wallet") return send(client, call, readGranted(client));
  await simulateContract(client.publicClient, { ...call, account });
  return sendSponsored(client, "codes", { campaignId, account, signature }, readGranted(client));
}
