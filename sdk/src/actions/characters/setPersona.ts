import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { charactersSetPersona } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetPersonaParameters = { characterId: bigint; personaHash: Hex };
export type SetPersonaReturnType = Sent;

/**
 * Changes the persona that the character is tied to: `personaHash(salt, persona)`. Owner.
 * @throws NotCharacterOwnerError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setPersona({ characterId, personaHash: hash })).wait();
 * ```
 */
export async function setPersona(
  client: StelaiClient,
  parameters: SetPersonaParameters,
): Promise<SetPersonaReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [parameters.characterId, parameters.personaHash] as const;
  return send(client, { address, abi: [charactersSetPersona], functionName: "setPersona", args }, nothing);
}
