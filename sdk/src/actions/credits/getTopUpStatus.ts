import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { creditPlansTopUpStatusOf } from "../../generated/fragments.ts";
import { cheapestOrder, type PackageOrder, type TopUpStatus, topUpStatusOf } from "../../topUps.ts";
import { getPackages } from "./getPackages.ts";
import { getTopUp } from "./getTopUp.ts";

export type GetTopUpStatusParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

export type GetTopUpStatusReturnType = {
  /** What a top-up would do in this block, by the cheapest package that comes to the agreed amount. */
  status: TopUpStatus;
  /** That package, how often, and the price; null when there is none or nothing is agreed to. */
  order: PackageOrder | null;
};

/**
 * Whether an account would be topped up now, and if not, why.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { status, order } = await stelai.credits.getTopUpStatus({ account });
 * ```
 */
export async function getTopUpStatus(
  client: StelaiClient,
  { account = requireWallet(client).account.address }: GetTopUpStatusParameters = {},
): Promise<GetTopUpStatusReturnType> {
  const [{ agreed }, packages] = await Promise.all([getTopUp(client, { account }), getPackages(client)]);
  const order = agreed ? (cheapestOrder(packages, agreed.credits) ?? null) : null;
  const status = await readContract(client.publicClient, {
    address: client.deployment.contracts.CreditPlans,
    abi: [creditPlansTopUpStatusOf],
    functionName: "topUpStatusOf",
    args: [account, order?.packageId ?? 0n, order?.quantity ?? 0n],
  });
  return { status: topUpStatusOf(status), order };
}
