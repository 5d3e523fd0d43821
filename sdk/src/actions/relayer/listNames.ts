import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";

export type ListNamesParameters = {
  /** At most 100. */
  addresses: readonly Address[];
  signal?: AbortSignal | undefined;
};

/** Those of them that chose a name. Their own words: show them as text, never as markup. */
export type ListNamesReturnType = { address: Address; name: string; picture: string | null }[];

/**
 * The names of many accounts at once.
 *
 * @example
 * ```ts
 * const names = await stelai.relayer.listNames({ addresses: reviews.map(({ author }) => author) });
 * ```
 */
export async function listNames(
  client: StelaiClient,
  { addresses, signal }: ListNamesParameters,
): Promise<ListNamesReturnType> {
  if (addresses.length === 0) return [];
  const path = `/v1/profiles?addresses=${addresses.join(",")}`;
  return (await relayerRequest<{ profiles: ListNamesReturnType }>(client, { path, signal })).profiles;
}
