import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import { ORDER_INTEGERS, type OrderPage } from "./types.ts";

export type ListLicencesParameters = PageParameters & {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};
export type ListLicencesReturnType = OrderPage;

/**
 * What an account holds licences of, newest first, from the index: with its open orders, and those that were refunded.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { orders, next } = await stelai.market.listLicences();
 * ```
 */
export async function listLicences(
  client: StelaiClient,
  { account = requireWallet(client).account.address, after, limit, signal }: ListLicencesParameters = {},
): Promise<ListLicencesReturnType> {
  const path = `/accounts/${account}/licences${queryOf({ after, limit })}`;
  type Answer = { licences: OrderPage["orders"]; next: OrderPage["next"] };
  const { licences, next } = await indexerRequest<Answer>(client, { path, integers: ORDER_INTEGERS, signal });
  return { orders: licences, next };
}
