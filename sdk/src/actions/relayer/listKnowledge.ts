import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { KnowledgeFile } from "../../wire.ts";

export type ListKnowledgeParameters = { characterId: bigint };
export type ListKnowledgeReturnType = KnowledgeFile[];

/**
 * The files that a character answers from, for its owner.
 * @throws NotSignedInError, NotOwnerError, NotFoundError.
 *
 * @example
 * ```ts
 * const files = await stelai.relayer.listKnowledge({ characterId });
 * ```
 */
export async function listKnowledge(
  client: StelaiClient,
  { characterId }: ListKnowledgeParameters,
): Promise<ListKnowledgeReturnType> {
  const path = `/v1/characters/${characterId}/knowledge`;
  return (await relayerRequest<{ files: KnowledgeFile[] }>(client, { path, signedIn: true })).files;
}
