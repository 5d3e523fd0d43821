import type { StelaiClient } from "../../client.ts";
import { charactersSetPayee } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetPayeeParameters = {
  characterId: bigint;
  /** An address (`payeeOf`) or a registered split. */
  payee: bigint;
};
export type SetPayeeReturnType = Sent;

/**
 * Changes who earns, after what was settled so far is collected to the old payee. Owner.
 * @throws NotCharacterOwnerError, UnknownPayeeError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setPayee({ characterId, payee: payeeOf(account) })).wait();
 * ```
 */
export async function setPayee(client: StelaiClient, parameters: SetPayeeParameters): Promise<SetPayeeReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [parameters.characterId, parameters.payee] as const;
  return send(client, { address, abi: [charactersSetPayee], functionName: "setPayee", args }, nothing);
}
