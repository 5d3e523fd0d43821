import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";

/** An account, with the name that its profile has here; null without one. */
export type NamedAccount = { address: Address; name: string | null };

export type ListReferralsParameters = PageParameters & {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** Amounts in microcredits, times in Unix seconds. */
export type ListReferralsReturnType = {
  /** Who sent the account; null when nobody did, or it is not decided. */
  referrer: NamedAccount | null;
  isBound: boolean;
  earned: bigint;
  /** The most that an account can ever earn by sending others. */
  cap: bigint;
  /** How many the account sent. */
  count: number;
  /** Whom the account sent, the newest first, and what each brought so far. */
  referred: { account: NamedAccount; since: bigint; earned: bigint }[];
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/**
 * Whom an account sent and what that brought, from the index, a page at a time.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { earned, referred, next } = await stelai.rewards.listReferrals();
 * ```
 */
export async function listReferrals(
  client: StelaiClient,
  { account = requireWallet(client).account.address, after, limit, signal }: ListReferralsParameters = {},
): Promise<ListReferralsReturnType> {
  const path = `/accounts/${account}/referrals${queryOf({ limit, after })}`;
  return indexerRequest(client, { path, integers: "earned cap since", signal });
}
