import { type Address, zeroAddress } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { rewardsReferralEarnedBy, rewardsReferralTerms, rewardsReferrerOf } from "../../generated/fragments.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";

export type GetReferrerParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

export type GetReferrerReturnType = {
  /** Who sent the account; null when nobody did, or it is not decided. */
  referrer: Address | null;
  /** Whether that is decided for good: the first purchase for oneself decides it. */
  isBound: boolean;
  /** What the account earned by sending others, in microcredits. */
  earned: bigint;
  terms: {
    /** What both sides get of each paid purchase, in basis points of the credits bought, out of the sale's margin. */
    referrerBps: number;
    refereeBps: number;
    /** The most that an account can ever earn by sending others, in microcredits. */
    cap: bigint;
  };
};

/**
 * Who sent an account, what it earned by sending others, and what referrals bring now, from the chain.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { isBound } = await stelai.rewards.getReferrer();
 * await stelai.credits.buy({ packageId, referrer: isBound ? undefined : referrer });
 * ```
 */
export async function getReferrer(
  client: StelaiClient,
  { account = requireWallet(client).account.address }: GetReferrerParameters = {},
): Promise<GetReferrerReturnType> {
  const address = client.deployment.contracts.Rewards;
  const args = [account] as const;
  const [[referrer, isBound], earned, terms] = await Promise.all([
    readContract(client.publicClient, { address, abi: [rewardsReferrerOf], functionName: "referrerOf", args }),
    readContract(client.publicClient, {
      address,
      abi: [rewardsReferralEarnedBy],
      functionName: "referralEarnedBy",
      args,
    }),
    readContract(client.publicClient, { address, abi: [rewardsReferralTerms], functionName: "referralTerms" }),
  ]);
  return {
    referrer: referrer === zeroAddress ? null : referrer,
    isBound,
    earned: earned / WEI_PER_MICROCREDIT,
    terms: { ...terms, cap: terms.cap / WEI_PER_MICROCREDIT },
  };
}
