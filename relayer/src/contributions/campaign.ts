import { type Grant, rewardsDomain, rewardsTypes, WEI_PER_MICROCREDIT } from "@stelai/sdk";
import { rewardsAbi } from "@stelai/sdk/abis";
import type { Address, Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { Chain } from "../chain/index.ts";
import { available } from "../http.ts";

/** The contribution campaign as the chain has it now; amounts in microcredits, times in Unix seconds. */
export type CampaignNow = {
  campaignId: bigint;
  start: bigint;
  end: bigint;
  perAccount: bigint;
  daily: bigint;
  budget: bigint;
  leftToday: bigint;
  /** What the account got of it. */
  claimed: bigint;
  /** The chain's time as it was read. */
  now: bigint;
};

/** `IRewards.Source`. */
const CONTRIBUTION = 3;
const DAY = 86_400n;

/** The campaign whose signer's key this operator has, and the signer. */
export class Campaign {
  readonly #chain: Pick<Chain, "id" | "client" | "contracts" | "refresh">;
  readonly #signer: ReturnType<typeof privateKeyToAccount>;
  #campaignId = 0n;

  constructor(chain: Pick<Chain, "id" | "client" | "contracts" | "refresh">, key: Hex) {
    this.#chain = chain;
    this.#signer = privateKeyToAccount(key);
  }

  /** Undefined when the chain has none of this signer. @throws UnavailableError */
  async now(account: Address): Promise<CampaignNow | undefined> {
    return available("The chain", this.#read(account));
  }

  /** Which of these were granted for on the chain already. @throws UnavailableError */
  async used(deeds: readonly { campaignId: bigint; deed: Hex }[]): Promise<boolean[]> {
    const reads = deeds.map(({ campaignId, deed }) =>
      this.#chain.client.readContract({ ...this.#rewards, functionName: "isDeedUsed", args: [campaignId, deed] }),
    );
    return available("The chain", Promise.all(reads));
  }

  /** Vouches for a deed (EIP-712, `IRewards.Grant`). */
  sign(grant: Grant): Promise<Hex> {
    const domain = rewardsDomain(this.#chain.id, this.#chain.contracts.Rewards);
    return this.#signer.signTypedData({ domain, types: rewardsTypes, primaryType: "Grant", message: grant });
  }

  get #rewards() {
    return { address: this.#chain.contracts.Rewards, abi: rewardsAbi } as const;
  }

  async #read(account: Address): Promise<CampaignNow | undefined> {
    const { client, refresh } = this.#chain;
    if (this.#campaignId === 0n) {
      const args = [this.#signer.address] as const;
      this.#campaignId = await client.readContract({ ...this.#rewards, functionName: "campaignBySigner", args });
    }
    const campaignId = this.#campaignId;
    if (campaignId === 0n) return undefined;
    const [campaign, claimed, { timestamp: now }] = await Promise.all([
      client.readContract({ ...this.#rewards, functionName: "campaignOf", args: [campaignId] }),
      client.readContract({ ...this.#rewards, functionName: "claimedOf", args: [campaignId, account] }),
      refresh(),
    ]);
    if (campaign.source !== CONTRIBUTION) return undefined;
    const { start, end } = campaign;
    const givenToday = BigInt(campaign.day) === now / DAY ? campaign.givenToday : 0n;
    return {
      ...{ campaignId, start, end, now },
      perAccount: campaign.perAccount / WEI_PER_MICROCREDIT,
      daily: campaign.daily / WEI_PER_MICROCREDIT,
      budget: campaign.budget / WEI_PER_MICROCREDIT,
      leftToday: (campaign.daily - givenToday) / WEI_PER_MICROCREDIT,
      claimed: claimed / WEI_PER_MICROCREDIT,
    };
  }
}
