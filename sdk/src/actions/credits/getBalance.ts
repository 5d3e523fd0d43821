import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { stelaiBalanceOf } from "../../generated/fragments.ts";

export type GetBalanceParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

export type GetBalanceReturnType = {
  /** Wei of STELAI. */
  stelai: bigint;
  /** Reserve units (USDC: 6 decimals). */
  reserve: bigint;
};

/**
 * What an account holds, from the chain.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { stelai: credits, reserve } = await stelai.credits.getBalance({ account });
 * ```
 */
export async function getBalance(
  client: StelaiClient,
  parameters: GetBalanceParameters = {},
): Promise<GetBalanceReturnType> {
  const account = parameters.account ?? requireWallet(client).account.address;
  const { Stelai, Reserve } = client.deployment.contracts;
  const balanceOf = (address: Address) =>
    readContract(client.publicClient, { address, abi: [stelaiBalanceOf], functionName: "balanceOf", args: [account] });
  const [stelai, reserve] = await Promise.all([balanceOf(Stelai), balanceOf(Reserve)]);
  return { stelai, reserve };
}
