import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { HistoryEntry } from "../../wire.ts";

export type GetHistoryParameters = { id: string };
export type GetHistoryReturnType = HistoryEntry;

/**
 * One encrypted conversation, with the version that the next write replaces.
 * @throws NotSignedInError, NotFoundError.
 *
 * @example
 * ```ts
 * const { data, version } = await stelai.relayer.getHistory({ id });
 * ```
 */
export async function getHistory(client: StelaiClient, { id }: GetHistoryParameters): Promise<GetHistoryReturnType> {
  return relayerRequest(client, { path: `/v1/history/${encodeURIComponent(id)}`, signedIn: true });
}
