import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { creditPlansTopUpOf } from "../../generated/fragments.ts";

export type GetTopUpParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** What an account agreed to; credits in wei of STELAI, money in reserve units. */
export type TopUpAgreement = {
  /** Below this balance a top-up is due. Credits in tabs and bonus credits do not count. */
  threshold: bigint;
  /** What each top-up buys. */
  credits: bigint;
  /** The most that one may cost. */
  maxPrice: bigint;
  /** The most that all of a window of 30 days may cost. */
  cap: bigint;
};

export type GetTopUpReturnType = {
  /** Null when the account does not top up. */
  agreed: TopUpAgreement | null;
  /** What the running window's top-ups cost so far, in reserve units. */
  spent: bigint;
  /** When that window ends, in Unix seconds; null when none runs. */
  windowEnd: bigint | null;
};

/**
 * What an account agreed to for automatic top-ups, and what of its limit is used, from the chain.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { agreed, spent } = await stelai.credits.getTopUp();
 * ```
 */
export async function getTopUp(
  client: StelaiClient,
  { account = requireWallet(client).account.address }: GetTopUpParameters = {},
): Promise<GetTopUpReturnType> {
  const [agreed, spent, windowEnd] = await readContract(client.publicClient, {
    address: client.deployment.contracts.CreditPlans,
    abi: [creditPlansTopUpOf],
    functionName: "topUpOf",
    args: [account],
  });
  return { agreed: agreed.credits > 0n ? agreed : null, spent, windowEnd: windowEnd > 0n ? windowEnd : null };
}
