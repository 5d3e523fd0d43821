import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { creditStorePackages } from "../../generated/fragments.ts";

/** One entry of the price table. */
export type CreditPackage = {
  packageId: bigint;
  /** In wei of STELAI. */
  credits: bigint;
  /** In reserve units (USDC: 6 decimals). */
  price: bigint;
};

export type GetPackagesReturnType = CreditPackage[];

/**
 * The price table in force, in its own order.
 *
 * @example
 * ```ts
 * const packages = await stelai.credits.getPackages();
 * ```
 */
export async function getPackages(client: StelaiClient): Promise<GetPackagesReturnType> {
  const [firstId, table] = await readContract(client.publicClient, {
    address: client.deployment.contracts.CreditStore,
    abi: [creditStorePackages],
    functionName: "packages",
  });
  return table.map(({ credits, price }, index) => ({ packageId: firstId + BigInt(index), credits, price }));
}
