import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { characterAccessHarvestable } from "../../generated/fragments.ts";

export type GetHarvestableParameters = { characterId: bigint };

/** In microcredits. */
export type GetHarvestableReturnType = bigint;

/**
 * What of a character's passes has vested and waits for `harvest`, from the chain.
 *
 * @example
 * ```ts
 * const amount = await stelai.access.getHarvestable({ characterId });
 * ```
 */
export async function getHarvestable(
  client: StelaiClient,
  { characterId }: GetHarvestableParameters,
): Promise<GetHarvestableReturnType> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.CharacterAccess,
    abi: [characterAccessHarvestable],
    functionName: "harvestable",
    args: [characterId],
  });
}
