import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Model } from "../../wire.ts";

export type ListSharedReturnType = Model[];

/**
 * The private characters that the account may use here: its own, those it was invited to, those it holds a pass of.
 * @throws NotSignedInError.
 *
 * @example
 * ```ts
 * const models = await stelai.relayer.listShared();
 * ```
 */
export async function listShared(client: StelaiClient): Promise<ListSharedReturnType> {
  const list = await relayerRequest<{ data: Model[] }>(client, { path: "/v1/shared", signedIn: true });
  return list.data;
}
