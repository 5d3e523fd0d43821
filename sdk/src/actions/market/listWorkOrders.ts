import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import { ORDER_INTEGERS, type OrderPage } from "./types.ts";

export type ListWorkOrdersParameters = PageParameters & { workId: bigint };
export type ListWorkOrdersReturnType = OrderPage;

/**
 * The orders of a work, newest first, from the index.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { orders, next } = await stelai.market.listWorkOrders({ workId });
 * ```
 */
export async function listWorkOrders(
  client: StelaiClient,
  { workId, after, limit, signal }: ListWorkOrdersParameters,
): Promise<ListWorkOrdersReturnType> {
  const path = `/works/${workId}/orders${queryOf({ after, limit })}`;
  return indexerRequest(client, { path, integers: ORDER_INTEGERS, signal });
}
