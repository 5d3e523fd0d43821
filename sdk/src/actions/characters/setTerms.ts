import type { StelaiClient } from "../../client.ts";
import { charactersSetTerms } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";
import { type TermsInput, termsArgument } from "./terms.ts";

export type SetTermsParameters = { characterId: bigint; terms: TermsInput };
export type SetTermsReturnType = Sent;

/**
 * Changes a character's prices (microcredits) from now on; who agreed to the old ones is asked again. Owner.
 * @throws NotCharacterOwnerError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setTerms({ characterId, terms: { perInference: 120_000n } })).wait();
 * ```
 */
export async function setTerms(client: StelaiClient, parameters: SetTermsParameters): Promise<SetTermsReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [parameters.characterId, termsArgument(parameters.terms)] as const;
  return send(client, { address, abi: [charactersSetTerms], functionName: "setTerms", args }, nothing);
}
