import type { Address } from "viem";
import type {
  GetBonusDetailsReturnType,
  GetBonusReturnType,
  GetCampaignReturnType,
  GetCodeReturnType,
  GetReferrerReturnType,
  ListCampaignsReturnType,
  ListClaimsReturnType,
  ListContributionsReturnType,
  ListContributorsParameters,
  ListContributorsReturnType,
  ListFeedbackQueueParameters,
  ListFeedbackQueueReturnType,
  ListFeedbackReturnType,
  ListReferralsReturnType,
  ListSharesReturnType,
} from "../actions/rewards/index.ts";
import type { CanCallReturnType, GetRoleReturnType, Role, RoleCall } from "../actions/roles/index.ts";
import type { Stelai } from "../compose.ts";
import type { Page } from "./passQueries.ts";
import { type Query, type QueryOptions, useStelaiQuery } from "./query.ts";
import { type Input, type TransactionOptions, useAction, useTransaction } from "./transaction.ts";

type Rewards = Stelai["rewards"];
type Roles = Stelai["roles"];

/** An account's bonus credits and when they lapse, from the chain; microcredits. */
export function useBonus(account: Address | undefined, options?: QueryOptions): Query<GetBonusReturnType> {
  return useStelaiQuery(["bonus", account], (stelai) => stelai.rewards.getBonus({ account }), options);
}

/** Where an account's bonus credits came from and went, from the index. */
export function useBonusDetails(
  account: Address | undefined,
  options?: QueryOptions,
): Query<GetBonusDetailsReturnType> {
  return useStelaiQuery(
    ["bonusDetails", account],
    (stelai, signal) => stelai.rewards.getBonusDetails({ account, signal }),
    options,
  );
}

/** Who sent an account, and what referrals bring, from the chain. */
export function useReferrer(account: Address | undefined, options?: QueryOptions): Query<GetReferrerReturnType> {
  return useStelaiQuery(["referrer", account], (stelai) => stelai.rewards.getReferrer({ account }), options);
}

/** Whom an account sent, from the index. */
export function useReferrals(
  account: Address | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<ListReferralsReturnType> {
  return useStelaiQuery(
    ["referrals", account, after ?? null, limit ?? null],
    (stelai, signal) => stelai.rewards.listReferrals({ account, after, limit, signal }),
    options,
  );
}

/** Every campaign's books, from the index. */
export function useCampaigns(options?: QueryOptions): Query<ListCampaignsReturnType> {
  return useStelaiQuery(["campaigns"], (stelai, signal) => stelai.rewards.listCampaigns({ signal }), options);
}

/** A campaign as it stands, from the chain. */
export function useCampaign(campaignId: bigint | undefined, options?: QueryOptions): Query<GetCampaignReturnType> {
  return useStelaiQuery(
    ["campaign", campaignId],
    (stelai) => stelai.rewards.getCampaign({ campaignId: campaignId ?? 0n }),
    options,
  );
}

/** Whom a campaign gave what, from the index. */
export function useClaims(
  campaignId: bigint | undefined,
  { after, limit }: Page = {},
  options?: QueryOptions,
): Query<ListClaimsReturnType> {
  return useStelaiQuery(
    ["claims", campaignId, after ?? null, limit ?? null],
    (stelai, signal) => stelai.rewards.listClaims({ campaignId: campaignId ?? 0n, after, limit, signal }),
    options,
  );
}

/** What a code is good for, from the chain. */
export function useCode(
  { code, account }: { code: string | undefined; account?: Address | undefined },
  options?: QueryOptions,
): Query<GetCodeReturnType> {
  return useStelaiQuery(
    ["code", code, account ?? null],
    (stelai) => stelai.rewards.getCode({ code: code ?? "", account }),
    options,
  );
}

/** What the account that is signed in can claim for what it did. */
export function useContributions(
  account: Address | undefined,
  options?: QueryOptions,
): Query<ListContributionsReturnType> {
  return useStelaiQuery(
    ["contributions", account],
    (stelai, signal) => stelai.rewards.listContributions({ signal }),
    options,
  );
}

/** The leaderboard of contributors, from the index. */
export function useContributors(
  { days, limit }: Pick<ListContributorsParameters, "days" | "limit"> = {},
  options?: QueryOptions,
): Query<ListContributorsReturnType> {
  return useStelaiQuery(
    ["contributors", days ?? null, limit ?? null],
    (stelai, signal) => stelai.rewards.listContributors({ days, limit, signal }),
    options,
  );
}

/** What the account that is signed in told the operator. */
export function useFeedback(account: Address | undefined, options?: QueryOptions): Query<ListFeedbackReturnType> {
  return useStelaiQuery(["feedback", account], (stelai, signal) => stelai.rewards.listFeedback({ signal }), options);
}

/** What people told the operator, for moderators. */
export function useFeedbackQueue(
  { state, before, limit }: Pick<ListFeedbackQueueParameters, "state" | "before" | "limit"> = {},
  options?: QueryOptions,
): Query<ListFeedbackQueueReturnType> {
  return useStelaiQuery(
    ["feedbackQueue", state ?? null, before ?? null, limit ?? null],
    (stelai, signal) => stelai.rewards.listFeedbackQueue({ state, before, limit, signal }),
    options,
  );
}

/** What the account that is signed in shares. */
export function useShares(account: Address | undefined, options?: QueryOptions): Query<ListSharesReturnType> {
  return useStelaiQuery(["shares", account], (stelai, signal) => stelai.rewards.listShares({ signal }), options);
}

/** Whether an account holds a role, and how long what it decides waits, from the chain. */
export function useRole(
  { role, account }: { role: Role; account: Address | undefined },
  options?: QueryOptions,
): Query<GetRoleReturnType> {
  return useStelaiQuery(["role", role, account], (stelai) => stelai.roles.getRole({ role, account }), options);
}

/** Whether an account may make a change of a kind, and how long before it must be announced, from the chain. */
export function useCanCall(
  { call, account }: { call: RoleCall; account: Address | undefined },
  options?: QueryOptions,
): Query<CanCallReturnType> {
  const contract = "contract" in call ? call.contract : null;
  return useStelaiQuery(
    ["canCall", call.kind, contract, account],
    (stelai) => stelai.roles.canCall({ call, account }),
    options,
  );
}

/** Redeems a promotion's code. */
export function useRedeemCode(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Rewards["redeemCode"]>) => stelai.rewards.redeemCode(input), {
    ...options,
    name: "useRedeemCode",
  });
}

/** Claims what a contribution earned. */
export function useClaimContribution(options?: TransactionOptions) {
  type Claim = Input<Rewards["claimContribution"]>;
  return useTransaction((stelai, input: Claim) => stelai.rewards.claimContribution(input), {
    ...options,
    name: "useClaimContribution",
  });
}

/** Tells the operator something. */
export function useSendFeedback() {
  return useAction((stelai, input: Input<Rewards["sendFeedback"]>) => stelai.rewards.sendFeedback(input), {
    name: "useSendFeedback",
  });
}

/** Accepts or declines feedback. */
export function useDecideFeedback() {
  return useAction((stelai, input: Input<Rewards["decideFeedback"]>) => stelai.rewards.decideFeedback(input), {
    name: "useDecideFeedback",
  });
}

/** Makes an address to send around. */
export function useShareCreation() {
  return useAction((stelai, input: Input<Rewards["share"]>) => stelai.rewards.share(input), {
    name: "useShareCreation",
  });
}

/** Ends a share. */
export function useUnshare() {
  return useAction((stelai, input: Input<Rewards["unshare"]>) => stelai.rewards.unshare(input), { name: "useUnshare" });
}

/** Makes or announces a change that the wallet's role allows. */
export function usePropose(options?: TransactionOptions) {
  return useTransaction((stelai, call: Input<Roles["propose"]>, onStep) => stelai.roles.propose({ onStep, ...call }), {
    ...options,
    name: "usePropose",
  });
}

/** Makes a change that was announced. */
export function useExecute(options?: TransactionOptions) {
  return useTransaction((stelai, call: Input<Roles["execute"]>, onStep) => stelai.roles.execute({ onStep, ...call }), {
    ...options,
    name: "useExecute",
  });
}

/** Takes an announced change back. */
export function useCancelProposal(options?: TransactionOptions) {
  return useTransaction((stelai, input: Input<Roles["cancel"]>) => stelai.roles.cancel(input), {
    ...options,
    name: "useCancelProposal",
  });
}
