import type { StelaiClient } from "../../client.ts";
import { relayerRequest } from "../../internal/http.ts";
import type { Delivery } from "../../wireMarket.ts";

export type GetDeliveryParameters = { licenceId: bigint; signal?: AbortSignal | undefined };
export type GetDeliveryReturnType = Delivery;

/**
 * Where an order's delivery stands with the operator; anyone may ask. `ready` means that its key can be had.
 * @throws NotFoundError for an order of another operator's.
 *
 * @example
 * ```ts
 * const { state, blocksLeft, problem } = await stelai.market.getDelivery({ licenceId });
 * ```
 */
export async function getDelivery(
  client: StelaiClient,
  { licenceId, signal }: GetDeliveryParameters,
): Promise<GetDeliveryReturnType> {
  const path = `/v1/licences/${licenceId}/delivery`;
  const { workId, ...delivery } = await relayerRequest<Delivery>(client, { path, signal });
  return { ...delivery, licenceId, workId: BigInt(workId) };
}
