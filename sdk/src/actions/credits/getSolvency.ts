import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { creditStoreFloorPrice, stelaiBalanceOf, stelaiTotalSupply } from "../../generated/fragments.ts";

export type GetSolvencyReturnType = {
  /** Whether every credit can be redeemed at the floor now. */
  solvent: boolean;
  /** What the store holds, in reserve units. */
  reserve: bigint;
  /** All credits there are, in wei of STELAI. */
  supply: bigint;
  /** What one credit is redeemed for, in reserve units. */
  floorPrice: bigint;
  /** What the floor needs for all of them, in reserve units, rounded up. */
  needed: bigint;
  /** `reserve − needed`, in reserve units; negative when the reserve was seized. */
  surplus: bigint;
};

/**
 * Checks the solvency line: `reserve × 1e18 ≥ floorPrice × supply` (DESIGN section 2).
 *
 * @example
 * ```ts
 * const { solvent, surplus } = await stelai.credits.getSolvency();
 * ```
 */
export async function getSolvency(client: StelaiClient): Promise<GetSolvencyReturnType> {
  const { CreditStore, Stelai, Reserve } = client.deployment.contracts;
  const [floorPrice, supply, reserve] = await Promise.all([
    readContract(client.publicClient, {
      address: CreditStore,
      abi: [creditStoreFloorPrice],
      functionName: "floorPrice",
    }),
    readContract(client.publicClient, { address: Stelai, abi: [stelaiTotalSupply], functionName: "totalSupply" }),
    readContract(client.publicClient, {
      address: Reserve,
      abi: [stelaiBalanceOf],
      functionName: "balanceOf",
      args: [CreditStore],
    }),
  ]);
  const needed = (floorPrice * supply + 10n ** 18n - 1n) / 10n ** 18n;
  return { solvent: reserve >= needed, reserve, supply, floorPrice, needed, surplus: reserve - needed };
}
