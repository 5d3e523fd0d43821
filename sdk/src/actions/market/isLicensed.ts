import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { licensesIsLicensed } from "../../generated/fragments.ts";

export type IsLicensedParameters = {
  licenceId: bigint;
  /** The wallet itself when absent. */
  account?: Address | undefined;
};
export type IsLicensedReturnType = boolean;

/**
 * Whether an account may use the work under a licence now, from the chain: it holds it, the file is delivered and not
 * disputed, and the licence has not ended.
 * @throws WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * if (await stelai.market.isLicensed({ licenceId, account })) publish(picture);
 * ```
 */
export async function isLicensed(
  client: StelaiClient,
  { licenceId, account }: IsLicensedParameters,
): Promise<IsLicensedReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.Licenses,
    abi: [licensesIsLicensed],
    functionName: "isLicensed",
    args: [licenceId, account ?? requireWallet(client).account.address],
  });
}
