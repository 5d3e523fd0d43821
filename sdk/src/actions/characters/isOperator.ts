import type { Address } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { charactersIsOperator } from "../../generated/fragments.ts";

export type IsOperatorParameters = { characterId: bigint; operator: Address };

/**
 * Whether a character's owner lists an operator to serve it, from the chain.
 *
 * @example
 * ```ts
 * const mayServe = await stelai.characters.isOperator({ characterId: 1n, operator });
 * ```
 */
export async function isOperator(
  client: StelaiClient,
  { characterId, operator }: IsOperatorParameters,
): Promise<boolean> {
  return readContract(client.publicClient, {
    address: client.deployment.contracts.Characters,
    abi: [charactersIsOperator],
    functionName: "isOperator",
    args: [characterId, operator],
  });
}
