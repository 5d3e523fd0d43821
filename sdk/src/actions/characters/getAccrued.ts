import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { inferenceMeterAccruedOf } from "../../generated/fragments.ts";

export type GetAccruedParameters = { characterId: bigint };

/** Microcredits, gross. */
export type GetAccruedReturnType = bigint;

/**
 * What a character has earned in the meter and nobody has collected yet, in microcredits.
 *
 * @example
 * ```ts
 * const accrued = await stelai.characters.getAccrued({ characterId });
 * ```
 */
export async function getAccrued(
  client: StelaiClient,
  { characterId }: GetAccruedParameters,
): Promise<GetAccruedReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.InferenceMeter,
    abi: [inferenceMeterAccruedOf],
    functionName: "accruedOf",
    args: [characterId],
  });
}
