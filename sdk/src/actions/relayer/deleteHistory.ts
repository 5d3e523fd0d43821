import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type DeleteHistoryParameters = { id: string };

/**
 * Has the operator forget an encrypted conversation.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * await stelai.relayer.deleteHistory({ id });
 * ```
 */
export async function deleteHistory(client: StelaiClient, { id }: DeleteHistoryParameters): Promise<void> {
  const path = `/v1/history/${encodeURIComponent(id)}`;
  await relayerRequest(client, { path, method: "DELETE", signedIn: true });
}
