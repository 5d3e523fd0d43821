import type { StelaiClient } from "../../client.ts";
import { relayerRequestSoon } from "../../internal/soon.ts";
import type { Seal } from "../../wire.ts";

export type GetSealsParameters = {
  tabId?: bigint | undefined;
  /** Go on after this `next` of the page before. */
  after?: bigint | undefined;
  limit?: number | undefined;
};

export type GetSealsReturnType = { seals: Seal[]; next: bigint | null };

/**
 * The operator's published seals: what anyone can settle with `settleSealed` should the operator vanish.
 *
 * @example
 * ```ts
 * const { seals, next } = await stelai.relayer.getSeals({ tabId });
 * ```
 */
export async function getSeals(client: StelaiClient, parameters: GetSealsParameters = {}): Promise<GetSealsReturnType> {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) if (value !== undefined) query.set(key, String(value));
  return relayerRequestSoon(client, { path: `/v1/seals?${query}` });
}
