import { type Address, getAddress } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { rewardsCampaignOf, rewardsClaimedOf } from "../../generated/fragments.ts";
import { chainTime } from "../../internal/authorization.ts";
import { WEI_PER_MICROCREDIT } from "../../pricing.ts";
import { type BonusSource, type CampaignState, sourceOf } from "./source.ts";

export type GetCampaignParameters = {
  campaignId: bigint;
  /** Whose claims are counted; nobody's when absent. */
  account?: Address | undefined;
};

/** A campaign as it stands; amounts in microcredits, times in Unix seconds. */
export type GetCampaignReturnType = {
  campaignId: bigint;
  source: BonusSource;
  /** Of a promotion the address of the code's key; of contributions who vouches for deeds. */
  signer: Address;
  start: bigint;
  end: bigint;
  state: CampaignState;
  /** The most an account can get of it; of a promotion what everyone gets, once. */
  perAccount: bigint;
  /** The most it gives in a UTC day, and what is left of that today. */
  daily: bigint;
  leftToday: bigint;
  /** What is left to give, and what it gave. */
  budget: bigint;
  given: bigint;
  /** What the account got of it. */
  claimed: bigint;
};

const DAY = 86_400n;

/**
 * A campaign from the chain, with what can be had of it now.
 * @throws UnknownCampaignError when there is none of this number.
 *
 * @example
 * ```ts
 * const { state, budget, leftToday } = await stelai.rewards.getCampaign({ campaignId });
 * ```
 */
export async function getCampaign(
  client: StelaiClient,
  { campaignId, account }: GetCampaignParameters,
): Promise<GetCampaignReturnType> {
  const address = client.deployment.contracts.Rewards;
  const [campaign, claimed, now] = await Promise.all([
    readContract(client.publicClient, {
      address,
      abi: [rewardsCampaignOf],
      functionName: "campaignOf",
      args: [campaignId],
    }),
    account === undefined
      ? 0n
      : readContract(client.publicClient, {
          address,
          abi: [rewardsClaimedOf],
          functionName: "claimedOf",
          args: [campaignId, getAddress(account)],
        }),
    chainTime(client),
  ]);
  const { source, signer, start, end, day } = campaign;
  const micro = (wei: bigint) => wei / WEI_PER_MICROCREDIT;
  const givenToday = BigInt(day) === now / DAY ? campaign.givenToday : 0n;
  const leftToday = campaign.daily > givenToday ? campaign.daily - givenToday : 0n;
  return {
    ...{ campaignId, source: sourceOf(source), signer, start, end },
    state: now < start ? "upcoming" : now > end ? "ended" : "open",
    perAccount: micro(campaign.perAccount),
    daily: micro(campaign.daily),
    leftToday: micro(leftToday),
    budget: micro(campaign.budget),
    given: micro(campaign.given),
    claimed: micro(claimed),
  };
}
