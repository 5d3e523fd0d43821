import type { StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";
import { type LicenceEvent, ORDER_INTEGERS, type OrderView } from "./types.ts";

export type GetOrderParameters = { licenceId: bigint; signal?: AbortSignal | undefined };
export type GetOrderReturnType = {
  order: OrderView;
  /** What happened to it, the oldest first. */
  events: LicenceEvent[];
};

/**
 * An order with its history, from the index. What it is worth now, the chain says: `market.getLicence`.
 * @throws IndexerUrlMissingError, IndexerError, also when there is no such licence.
 *
 * @example
 * ```ts
 * const { order, events } = await stelai.market.getOrder({ licenceId: 3n });
 * ```
 */
export async function getOrder(
  client: StelaiClient,
  { licenceId, signal }: GetOrderParameters,
): Promise<GetOrderReturnType> {
  return indexerRequest(client, { path: `/licences/${licenceId}`, integers: ORDER_INTEGERS, signal });
}
