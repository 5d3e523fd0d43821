import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { CharacterVersion } from "../../wire.ts";

export type ListVersionsParameters = { characterId: bigint; signal?: AbortSignal | undefined };
export type ListVersionsReturnType = CharacterVersion[];

/**
 * How a character changed here, newest first: its persona, its knowledge, the engine that answers.
 * @throws ModelNotFoundError when it is not for the account.
 *
 * @example
 * ```ts
 * const [newest] = await stelai.relayer.listVersions({ characterId });
 * ```
 */
export async function listVersions(
  client: StelaiClient,
  { characterId, signal }: ListVersionsParameters,
): Promise<ListVersionsReturnType> {
  const path = `/v1/characters/${characterId}/versions`;
  const list = await relayerRequest<{ versions: CharacterVersion[] }>(client, { path, signedIn: true, signal });
  return list.versions;
}
