import type { Address } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";
import type { BonusSource } from "./source.ts";

export type GetBonusDetailsParameters = {
  /** The wallet itself when absent. */
  account?: Address | undefined;
  signal?: AbortSignal | undefined;
};

/** Amounts in microcredits. */
export type GetBonusDetailsReturnType = {
  balance: bigint;
  /** Unix seconds; 0 when the account never had any. */
  lapsesAt: bigint;
  /** All that was granted, went into tabs, came back from them, and lapsed. */
  granted: bigint;
  drawn: bigint;
  returned: bigint;
  lapsed: bigint;
  bySource: Record<BonusSource, bigint>;
};

/**
 * Where an account's bonus credits came from and went, from the index. What can be spent now, {@link getBonus} says.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { bySource } = await stelai.rewards.getBonusDetails({ account });
 * ```
 */
export async function getBonusDetails(
  client: StelaiClient,
  { account = requireWallet(client).account.address, signal }: GetBonusDetailsParameters = {},
): Promise<GetBonusDetailsReturnType> {
  const integers = "balance lapsesAt granted drawn returned lapsed Referrer Referee Promotion Contribution";
  const found = await indexerRequest<GetBonusDetailsReturnType & { lapsesAt: bigint | null }>(client, {
    ...{ path: `/accounts/${account}/bonus`, integers, signal },
  });
  return { ...found, lapsesAt: found.lapsesAt ?? 0n };
}
