import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { HistoryEntry } from "../../wire.ts";

/** What is kept, without the conversations themselves; `size` in bytes. */
export type ListHistoryReturnType = (Omit<HistoryEntry, "data"> & { size: number })[];

/**
 * The conversations that the account keeps here, encrypted by its clients: the operator cannot read them.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const entries = await stelai.relayer.listHistory();
 * ```
 */
export async function listHistory(client: StelaiClient): Promise<ListHistoryReturnType> {
  const list = await relayerRequest<{ entries: ListHistoryReturnType }>(client, {
    path: "/v1/history",
    signedIn: true,
  });
  return list.entries;
}
