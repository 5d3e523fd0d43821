import type { StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import type { LicenceStatus } from "../../wireMarket.ts";
import { ORDER_INTEGERS, type OrderPage } from "./types.ts";

export type ListOrdersParameters = PageParameters & { status?: LicenceStatus | undefined };
export type ListOrdersReturnType = OrderPage;

/**
 * All orders that stand somewhere, from the index, the soonest deadline first: the resolver's desk, with `Disputed`.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { orders } = await stelai.market.listOrders({ status: "Disputed" });
 * ```
 */
export async function listOrders(
  client: StelaiClient,
  { status, after, limit, signal }: ListOrdersParameters = {},
): Promise<ListOrdersReturnType> {
  const path = `/orders${queryOf({ status, after, limit })}`;
  return indexerRequest(client, { path, integers: ORDER_INTEGERS, signal });
}
