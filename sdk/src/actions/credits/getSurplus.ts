import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { creditStoreSurplus } from "../../generated/fragments.ts";

/** In reserve units. */
export type GetSurplusReturnType = bigint;

/**
 * What the floor does not need and anyone may send to the treasury, in reserve units.
 *
 * @example
 * ```ts
 * const surplus = await stelai.credits.getSurplus();
 * ```
 */
export async function getSurplus(client: StelaiClient): Promise<GetSurplusReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.CreditStore,
    abi: [creditStoreSurplus],
    functionName: "surplus",
  });
}
