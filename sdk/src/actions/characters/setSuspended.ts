import type { StelaiClient } from "../../client.ts";
import { charactersSetSuspended } from "../../generated/fragments.ts";
import { nothing, type Sent, send } from "../../internal/send.ts";

export type SetSuspendedParameters = {
  characterId: bigint;
  suspended: boolean;
  /** Public words: they stand in the chain's events. */
  reason: string;
};
export type SetSuspendedReturnType = Sent;

/**
 * Has a character served no longer, or served again; what was paid is not touched. Role MODERATOR (`market.hasRole`).
 * @throws AccessManagedUnauthorizedError, ERC721NonexistentTokenError, UserRejectedError.
 *
 * @example
 * ```ts
 * await (await stelai.characters.setSuspended({ characterId, suspended: true, reason: "Impersonation." })).wait();
 * ```
 */
export async function setSuspended(
  client: StelaiClient,
  { characterId, suspended, reason }: SetSuspendedParameters,
): Promise<SetSuspendedReturnType> {
  const address = client.deployment.contracts.Characters;
  const args = [characterId, suspended, reason] as const;
  return send(client, { address, abi: [charactersSetSuspended], functionName: "setSuspended", args }, nothing);
}
