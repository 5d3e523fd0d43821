import type { Hex } from "viem";
import type { StelaiClient } from "../../client.ts";
import { relayerResponse } from "../../internal/http.ts";

export type GetPersonaParameters = { characterId: bigint };
export type GetPersonaReturnType = { persona: Record<string, unknown>; salt: Hex };

/**
 * A character's persona, for its owner.
 * @throws NotSignedInError, NotOwnerError, NotFoundError.
 *
 * @example
 * ```ts
 * const { persona, salt } = await stelai.relayer.getPersona({ characterId });
 * ```
 */
export async function getPersona(
  client: StelaiClient,
  { characterId }: GetPersonaParameters,
): Promise<GetPersonaReturnType> {
  const response = await relayerResponse(client, { path: `/v1/characters/${characterId}/persona`, signedIn: true });
  // Not parseWire: a persona's own fields stay as they were written.
  return (await response.json()) as GetPersonaReturnType;
}
