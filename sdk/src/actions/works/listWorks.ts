import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import { WORK_INTEGERS, type WorkHit } from "../search/types.ts";

export type ListWorksParameters = PageParameters & {
  /** The wallet itself when absent. */
  account?: Address | undefined;
  /** Whether it minted them, or owns them now; created ones when absent. */
  role?: "created" | "owned" | undefined;
};
export type ListWorksReturnType = {
  works: WorkHit[];
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/**
 * An account's works, newest first, from the index: suspended ones and those without offers, too.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { works, next } = await stelai.works.listWorks({ role: "owned" });
 * ```
 */
export async function listWorks(
  client: StelaiClient,
  { account = requireWallet(client).account.address, role, after, limit, signal }: ListWorksParameters = {},
): Promise<ListWorksReturnType> {
  const path = `/accounts/${account}/works${queryOf({ role, after, limit })}`;
  return indexerRequest(client, { path, integers: WORK_INTEGERS, signal });
}
