import type { StelaiClient } from "../../client.ts";
import { HISTORY_ERRORS } from "../../errors/relayerEndpoints.ts";
import { relayerRequest } from "../../internal/http.ts";

export type PutHistoryParameters = {
  /** 1 to 64 letters, digits, `-` and `_`. */
  id: string;
  /** The version that was read before; null for a conversation that is new here. */
  replaces: number | null;
  /** Base64 of nonce and ciphertext. */
  data: string;
};
export type PutHistoryReturnType = { version: number };

/**
 * Keeps an encrypted conversation with the operator.
 * @throws HistoryConflictError when another device wrote it meanwhile: read it, merge, write again; NotSignedInError,
 * BodyTooLargeError.
 *
 * @example
 * ```ts
 * const { version } = await stelai.relayer.putHistory({ id, replaces: null, data });
 * ```
 */
export async function putHistory(
  client: StelaiClient,
  { id, replaces, data }: PutHistoryParameters,
): Promise<PutHistoryReturnType> {
  const path = `/v1/history/${encodeURIComponent(id)}`;
  const body = { replaces, data };
  return relayerRequest(client, { path, method: "PUT", body, signedIn: true, errors: HISTORY_ERRORS });
}
