import { type Hash, isAddressEqual } from "viem";
import { verifyTypedData } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { GrantDiffersError } from "../../errors/creditsClient.ts";
import { CONTRIBUTION_ERRORS } from "../../errors/relayerEndpoints.ts";
import { rewardsClaimGrant } from "../../generated/fragments.ts";
import { relayerRequest } from "../../internal/http.ts";
import { type Sent, send } from "../../internal/send.ts";
import { sendSponsored } from "../../internal/sendSponsored.ts";
import { rewardsDomain, rewardsTypes } from "../../typedData.ts";
import type { SignedGrant } from "../../wireRewards.ts";
import { getCampaign } from "./getCampaign.ts";
import { type BonusGranted, readGranted } from "./granted.ts";

export type ClaimContributionParameters = {
  /** One of `rewards.listContributions`. */
  deed: Hash;
  /** Who sends the transaction: the relayer, without a fee, when absent, or the wallet. */
  by?: "sponsored" | "wallet" | undefined;
};
export type ClaimContributionReturnType = Sent<BonusGranted>;

/**
 * Claims what a contribution earned: the operator checks the deed and vouches for it, then the grant is sent. What the
 * operator signed is held against the campaign's signer on the chain first.
 * @throws ContributionRefusedError, NotSignedInError, GrantDiffersError, SponsorRefusedError, RateLimitedError,
 * UserRejectedError.
 *
 * @example
 * ```ts
 * const { amount } = await (await stelai.rewards.claimContribution({ deed })).wait();
 * ```
 */
export async function claimContribution(
  client: StelaiClient,
  { deed, by = "sponsored" }: ClaimContributionParameters,
): Promise<ClaimContributionReturnType> {
  const { grant, signature } = await relayerRequest<SignedGrant>(client, {
    ...{ path: "/v1/contributions", method: "POST", body: { deed } },
    ...{ signedIn: true, errors: CONTRIBUTION_ERRORS },
  });
  const account = client.signIn.address ?? requireWallet(client).account.address;
  const { chainId, contracts } = client.deployment;
  const { signer } = await getCampaign(client, { campaignId: grant.campaignId });
  const isSigned = await verifyTypedData(client.publicClient, {
    ...{ address: signer, signature, domain: rewardsDomain(chainId, contracts.Rewards) },
    ...{ types: rewardsTypes, primaryType: "Grant", message: grant },
  });
  if (!isSigned || grant.deed !== deed.toLowerCase() || !isAddressEqual(grant.account, account)) {
    throw new GrantDiffersError(deed);
  }
  if (by === "sponsored") return sendSponsored(client, "grants", { grant, signature }, readGranted(client));
  const args = [grant, signature] as const;
  const call = { address: contracts.Rewards, abi: [rewardsClaimGrant], functionName: "claimGrant", args } as const;
  return send(client, call, readGranted(client));
}
