import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Model } from "../../wire.ts";

export type ListModelsParameters = { signal?: AbortSignal | undefined };
export type ListModelsReturnType = Model[];

/**
 * The characters that the operator serves, with cards, terms and its own fee per unit, in microcredits.
 *
 * @example
 * ```ts
 * const models = await stelai.characters.listModels();
 * ```
 */
export async function listModels(
  client: StelaiClient,
  parameters: ListModelsParameters = {},
): Promise<ListModelsReturnType> {
  const list = await relayerRequest<{ data: Model[] }>(client, { path: "/v1/models", signal: parameters.signal });
  return list.data;
}
