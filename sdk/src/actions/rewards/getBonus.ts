import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { rewardsBonusOf } from "../../generated/fragments.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";

export type GetBonusParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

export type GetBonusReturnType = {
  /** What can be spent now, in microcredits. */
  balance: bigint;
  /** Unix seconds at which it lapses, or has lapsed; 0 when the account never had any. */
  lapsesAt: bigint;
};

/**
 * An account's bonus credits, from the chain. They are spent through tabs (`tab.openSession` with `bonus`) and lapse 180
 * days after the last purchase, recorded spending or grant.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { balance, lapsesAt } = await stelai.rewards.getBonus({ account });
 * ```
 */
export async function getBonus(
  client: StelaiClient,
  { account = requireWallet(client).account.address }: GetBonusParameters = {},
): Promise<GetBonusReturnType> {
  const [balance, lapsesAt] = await readContract(client.publicClient, {
    address: client.deployment.contracts.Rewards,
    abi: [rewardsBonusOf],
    functionName: "bonusOf",
    args: [account],
  });
  return { balance: balance / WEI_PER_MICROCREDIT, lapsesAt };
}
