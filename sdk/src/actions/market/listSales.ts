import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import { ORDER_INTEGERS, type OrderPage } from "./types.ts";

export type ListSalesParameters = PageParameters & {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};
export type ListSalesReturnType = OrderPage;

/**
 * Orders of works that an account owns, or is paid by, newest first, from the index.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { orders, next } = await stelai.market.listSales();
 * ```
 */
export async function listSales(
  client: StelaiClient,
  { account = requireWallet(client).account.address, after, limit, signal }: ListSalesParameters = {},
): Promise<ListSalesReturnType> {
  const path = `/accounts/${account}/sales${queryOf({ after, limit })}`;
  return indexerRequest(client, { path, integers: ORDER_INTEGERS, signal });
}
