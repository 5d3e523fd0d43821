import type { Address, Hash } from "viem";
import { requireWallet, type StelaiClient } from "../../client.ts";
import { indexerRequest, type PageParameters, queryOf } from "../../internal/indexer.ts";
import type { BonusSource } from "../rewards/source.ts";

/** Why credits or bonus credits changed. */
export const CREDIT_ENTRY_KINDS = [
  "Bought",
  "Plan",
  "Renewal",
  "Upgrade",
  "TopUp",
  "Received",
  "Sent",
  "Redeemed",
  "Retired",
  "Budget",
  "TabOpened",
  "TabToppedUp",
  "TabClosed",
  "SponsorFee",
  "Payment",
  "Pass",
  "PassRefund",
  "Licence",
  "LicenceRefund",
  "Bond",
  "Resale",
  "Earned",
  "Bonus",
  "BonusDrawn",
  "BonusReturned",
  "BonusLapsed",
] as const;
/** What an entry of an account's credit history tells of. */
export type CreditEntryKind = (typeof CREDIT_ENTRY_KINDS)[number];

export type ListCreditHistoryParameters = PageParameters & {
  /** The wallet itself when absent. */
  account?: Address | undefined;
};

/** One change of an account's credits; signed microcredits. */
export type CreditEntry = {
  id: string;
  /** Unix seconds. */
  at: bigint;
  transactionHash: Hash;
  kind: CreditEntryKind;
  /** Of paid credits. */
  credits: bigint;
  bonus: bigint;
  /** Paid or received for it, signed, in reserve units; null when nothing was. */
  usdc: bigint | null;
  /** What it was for or with, as far as there is such a thing. */
  about: {
    account?: Address;
    characterId?: bigint;
    licenceId?: bigint;
    workId?: bigint;
    operator?: Address;
    tabId?: bigint;
    planId?: bigint;
    campaignId?: bigint;
    source?: BonusSource;
    /** What a purchase took, in wei of ETH. */
    eth?: bigint;
  };
};

export type ListCreditHistoryReturnType = {
  entries: CreditEntry[];
  /** Goes on `after` this, or null at the end. */
  next: string | null;
};

/**
 * All that changed an account's credits and bonus credits, the newest first, from the index, a page at a time.
 * @throws IndexerUrlMissingError, IndexerError; WalletRequiredError when neither account nor wallet is given.
 *
 * @example
 * ```ts
 * const { entries, next } = await stelai.credits.listHistory({ limit: 50 });
 * ```
 */
export async function listCreditHistory(
  client: StelaiClient,
  { account = requireWallet(client).account.address, after, limit, signal }: ListCreditHistoryParameters = {},
): Promise<ListCreditHistoryReturnType> {
  const integers = "at credits bonus usdc characterId licenceId workId tabId planId campaignId eth";
  return indexerRequest(client, {
    ...{ path: `/accounts/${account}/credits${queryOf({ limit, after })}`, integers, signal },
  });
}
