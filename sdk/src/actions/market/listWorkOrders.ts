import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import { ORDER_INTEGERS, type OrderPage } from "./types.ts";

export type ListWorkOrdersParameters = PageParameters & {
  workId: bigint;
  /** Those alone whose holder put the licence up for sale; whether it still is, `listing` of each says. */
  isListed?: boolean | undefined;
};
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
  { workId, isListed, after, limit, signal }: ListWorkOrdersParameters,
): Promise<ListWorkOrdersReturnType> {
  const path = `/works/${workId}/orders${queryOf({ listed: isListed ? "true" : undefined, after, limit })}`;
  return indexerRequest(client, { path, integers: ORDER_INTEGERS, signal });
}
