import type { Address } from "viem";
import type { StelaiClient } from "../../client.ts";
import { indexerRequest } from "../../internal/indexer.ts";
import type { BonusSource, CampaignState } from "./source.ts";

export type ListCampaignsParameters = { signal?: AbortSignal | undefined };

/** Amounts in microcredits, times in Unix seconds. */
export type CampaignBooks = {
  campaignId: bigint;
  source: BonusSource;
  signer: Address;
  start: bigint;
  end: bigint;
  state: CampaignState;
  perAccount: bigint;
  daily: bigint;
  /** Where it is described, for people: `ipfs://` or `https://`. Anyone's text: show it as such. */
  uri: string;
  /** What is left to give, what it gave, and what was burned at its end; together what was bought for it. */
  budget: bigint;
  given: bigint;
  burned: bigint;
  funded: bigint;
  /** What that cost, in reserve units. */
  costUsdc: bigint;
  /** How often it gave. */
  claims: number;
};

export type ListCampaignsReturnType = {
  campaigns: CampaignBooks[];
  referral: {
    /** Null before they were ever set. */
    terms: { referrerBps: number; refereeBps: number; cap: bigint } | null;
    /** What referrals brought all accounts so far, out of sales' margins. */
    given: bigint;
  };
};

/**
 * The books of every campaign, and of referrals, from the index.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { campaigns } = await stelai.rewards.listCampaigns();
 * ```
 */
export async function listCampaigns(
  client: StelaiClient,
  { signal }: ListCampaignsParameters = {},
): Promise<ListCampaignsReturnType> {
  const integers = "campaignId start end perAccount daily budget given burned funded costUsdc cap";
  return indexerRequest(client, { path: "/campaigns", integers, signal });
}
