import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { charactersSetOperator } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetOperatorParameters = { characterId: bigint; operator: Address; listed: boolean };
export type SetOperatorReturnType = Sent;

/**
 * Lets an operator serve the character, or no longer. Owner.
 * @throws NotCharacterOwnerError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setOperator({ characterId, operator, listed: true })).wait();
 * ```
 */
export async function setOperator(
  client: StelaiClient,
  parameters: SetOperatorParameters,
): Promise<SetOperatorReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [parameters.characterId, parameters.operator, parameters.listed] as const;
  return send(client, { address, abi: [charactersSetOperator], functionName: "setOperator", args }, nothing);
}
