import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { creditPlansUpgradeQuote } from "../../generated/fragments.ts";

export type QuoteUpgradeParameters = {
  planId: bigint;
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

export type QuoteUpgradeReturnType = {
  /** What the difference costs now, in reserve units. */
  price: bigint;
  /** What it grants, in wei of STELAI. */
  credits: bigint;
};

/**
 * What it costs now to turn an account's running cycle into one of a larger plan, and what that grants.
 * @throws NotSubscribedError, NotAnUpgradeError, PlanNotOfferedError, UnknownPlanError; WalletRequiredError when neither
 * account nor wallet is given.
 *
 * @example
 * ```ts
 * const { price, credits } = await stelai.plans.quoteUpgrade({ planId: 3n });
 * ```
 */
export async function quoteUpgrade(
  client: StelaiClient,
  { planId, account = requireWallet(client).account.address }: QuoteUpgradeParameters,
): Promise<QuoteUpgradeReturnType> {
  const [price, credits] = await readContract(client.publicClient, {
    address: client.deployment.contracts.CreditPlans,
    abi: [creditPlansUpgradeQuote],
    functionName: "upgradeQuote",
    args: [account, planId],
  });
  return { price, credits };
}
