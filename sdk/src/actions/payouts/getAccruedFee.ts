import type { Address } from "viem";
import { readContract } from "viem/actions";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { inferenceMeterAccruedFeeOf } from "../../generated/fragments.ts";

export type GetAccruedFeeParameters = {
  /** The wallet itself when absent. */
  operator?: Address | undefined;
};

/** Microcredits, gross. */
export type GetAccruedFeeReturnType = bigint;

/**
 * What an operator's own fees come to in the meter and nobody has collected yet, in microcredits.
 * @throws WalletRequiredError when neither operator nor wallet is given.
 *
 * @example
 * ```ts
 * const fees = await stelai.payouts.getAccruedFee({ operator });
 * ```
 */
export async function getAccruedFee(
  client: StelaiClient,
  parameters: GetAccruedFeeParameters = {},
): Promise<GetAccruedFeeReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.InferenceMeter,
    abi: [inferenceMeterAccruedFeeOf],
    functionName: "accruedFeeOf",
    args: [parameters.operator ?? requireWallet(client).account.address],
  });
}
