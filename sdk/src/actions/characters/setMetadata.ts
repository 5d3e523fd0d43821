import type { StelaiClient } from "../../client.ts";
import { charactersSetMetadata } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetMetadataParameters = {
  characterId: bigint;
  /** `ipfs://…` of the public card, at most 256 bytes. */
  metadataURI: string;
};
export type SetMetadataReturnType = Sent;

/**
 * Changes the public card. Owner.
 * @throws NotCharacterOwnerError, InvalidMetadataURIError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setMetadata({ characterId, metadataURI })).wait();
 * ```
 */
export async function setMetadata(
  client: StelaiClient,
  parameters: SetMetadataParameters,
): Promise<SetMetadataReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [parameters.characterId, parameters.metadataURI] as const;
  return send(client, { address, abi: [charactersSetMetadata], functionName: "setMetadata", args }, nothing);
}
