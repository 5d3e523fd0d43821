import type { StelaiClient } from "../../client.ts";
import { charactersSetVisibility } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { VISIBILITIES, type Visibility } from "./terms.ts";

export type SetVisibilityParameters = { characterId: bigint; visibility: Visibility };
export type SetVisibilityReturnType = Sent;

/**
 * Changes who finds it. Owner.
 * @throws NotCharacterOwnerError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setVisibility({ characterId, visibility: "Unlisted" })).wait();
 * ```
 */
export async function setVisibility(
  client: StelaiClient,
  parameters: SetVisibilityParameters,
): Promise<SetVisibilityReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [parameters.characterId, VISIBILITIES.indexOf(parameters.visibility)] as const;
  return send(client, { address, abi: [charactersSetVisibility], functionName: "setVisibility", args }, nothing);
}
