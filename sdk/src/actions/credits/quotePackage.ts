import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { creditStoreQuote } from "../../generated/fragments.ts";

export type QuotePackageParameters = {
  packageId: bigint;
  /** How many of it; 1 when absent. */
  quantity?: bigint | undefined;
};

export type QuotePackageReturnType = {
  /** In reserve units, a sponsor's fee excluded. */
  price: bigint;
  /** In wei of STELAI. */
  credits: bigint;
};

/**
 * What a purchase costs now and brings.
 * @throws PackageNotForSaleError when the table was replaced meanwhile; ZeroQuantityError.
 *
 * @example
 * ```ts
 * const { price, credits } = await stelai.credits.quotePackage({ packageId, quantity: 2n });
 * ```
 */
export async function quotePackage(
  client: StelaiClient,
  { packageId, quantity = 1n }: QuotePackageParameters,
): Promise<QuotePackageReturnType> {
  const [price, credits] = await readContract(client.publicClient, {
    address: client.deployment.contracts.CreditStore,
    abi: [creditStoreQuote],
    functionName: "quote",
    args: [packageId, quantity],
  });
  return { price, credits };
}
