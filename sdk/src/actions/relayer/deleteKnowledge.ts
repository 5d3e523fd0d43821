import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type DeleteKnowledgeParameters = { characterId: bigint; fileId: string };

/**
 * Takes a file out of what a character answers from, for good.
 * @throws NotSignedInError, NotOwnerError, NotFoundError.
 *
 * @example
 * ```ts
 * await stelai.relayer.deleteKnowledge({ characterId, fileId: knowledge.id });
 * ```
 */
export async function deleteKnowledge(
  client: StelaiClient,
  { characterId, fileId }: DeleteKnowledgeParameters,
): Promise<void> {
  const path = `/v1/characters/${characterId}/knowledge/${encodeURIComponent(fileId)}`;
  await relayerRequest(client, { path, method: "DELETE", signedIn: true });
}
