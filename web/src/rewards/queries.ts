import { stelaiKey, useStelai } from "@stelai/sdk/react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type Address, zeroAddress } from "viem";
import { useMine } from "../people/useMine.ts";

/** Rows of a list that come at a time. */
const PAGE = 50;

/** What an account's bonus came from, from the index. */
export function useBonusSources(account: Address | undefined) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "bonusDetails", account),
    queryFn: ({ signal }) => stelai.rewards.getBonusDetails({ account, signal }),
    enabled: account !== undefined,
    refetchInterval: 15_000,
  });
}

/** What referrals bring, and of an account who sent it and what it earned, from the chain. */
export function useReferral(account: Address | undefined) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "referral", account),
    // The terms are everyone's: without a wallet they are read of nobody.
    queryFn: () => stelai.rewards.getReferrer({ account: account ?? zeroAddress }),
    refetchInterval: 15_000,
  });
}

/** Whom an account sent, from the index, a page at a time. */
export function useReferred(account: Address) {
  const stelai = useStelai();
  return useInfiniteQuery({
    queryKey: stelaiKey(stelai, "referred", account),
    queryFn: ({ pageParam, signal }) =>
      stelai.rewards.listReferrals({ account, after: pageParam, limit: PAGE, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 15_000,
  });
}

/** The books of every campaign, from the index. */
export function useCampaigns() {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "campaigns"),
    queryFn: ({ signal }) => stelai.rewards.listCampaigns({ signal }),
    refetchInterval: 15_000,
  });
}

/** What a campaign gave to whom, from the index, a page at a time. */
export function useClaims(campaignId: bigint) {
  const stelai = useStelai();
  return useInfiniteQuery({
    queryKey: stelaiKey(stelai, "campaignClaims", campaignId),
    queryFn: ({ pageParam, signal }) =>
      stelai.rewards.listClaims({ campaignId, after: pageParam, limit: PAGE, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 15_000,
  });
}

/** The time that the contributors' list looks back over. */
export type ContributorDays = 7 | 30 | "all";

/** Who earned most by contributing, from the index. */
export function useContributors(days: ContributorDays) {
  const stelai = useStelai();
  return useQuery({
    queryKey: stelaiKey(stelai, "contributors", days),
    queryFn: ({ signal }) => stelai.rewards.listContributors({ days, limit: PAGE, signal }),
    refetchInterval: 15_000,
  });
}

/** What this account did that bonus credits are given for, from the operator that it is signed in with. */
export function useContributions() {
  return useMine(["contributions"], (stelai) => stelai.rewards.listContributions(), { refetchInterval: 30_000 });
}
