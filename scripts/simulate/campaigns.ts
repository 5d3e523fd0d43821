/** The campaigns of the simulation: their keys, their claims, and those who copy them. */
import { id, type TypedDataDomain, type TypedDataField, Wallet } from "ethers";
import type { Person } from "./people.ts";
import { CREDIT, DAY, type Town } from "./town.ts";

const REDEMPTION: Record<string, TypedDataField[]> = {
  Redemption: [
    { name: "campaignId", type: "uint256" },
    { name: "account", type: "address" },
  ],
};
const GRANT: Record<string, TypedDataField[]> = {
  Grant: [
    { name: "campaignId", type: "uint256" },
    { name: "account", type: "address" },
    { name: "amount", type: "uint256" },
    { name: "deed", type: "bytes32" },
    { name: "deadline", type: "uint256" },
  ],
};
const SOURCE = { promotion: 2, contribution: 3 } as const;
/** A deed's worth, and the most that one account gets of a contribution campaign. */
const DEED = 5n * CREDIT;

type Kind = keyof typeof SOURCE;
export type Campaign = { campaignId: bigint; kind: Kind; key: Wallet; perAccount: bigint };

/** Starts, funds and serves campaigns. @param days How long each of them lasts. */
export function campaignsIn(town: Town, days: number) {
  const domain: TypedDataDomain = {
    ...{ name: "Stelai Rewards", version: "1", chainId: town.chainId },
    verifyingContract: town.address("Rewards") ?? "",
  };
  const open: Campaign[] = [];

  /** Two transactions: the campaign, and its budget out of the treasury's dollars. */
  async function start(kind: Kind, budget: bigint, perAccount: bigint, now: number): Promise<void> {
    const campaignId = BigInt(open.length) + 1n;
    const key = new Wallet(id(`key of campaign ${campaignId}`));
    const window = [BigInt(now), BigInt(now + days * DAY)];
    const daily = budget / 5n > perAccount ? budget / 5n : perAccount;
    const campaign = [SOURCE[kind], key.address, ...window, perAccount, daily, "ipfs://rules"];
    await town.send(town.admin, "Rewards", "startCampaign", [campaign]);
    await town.send(town.admin, "Rewards", "fundCampaign", [campaignId, budget, 2n ** 100n]);
    open.push({ campaignId, kind, key, perAccount });
  }

  const codeFor = ({ campaignId, key }: Campaign, account: string) =>
    key.signTypedData(domain, REDEMPTION, { campaignId, account });

  /** Redeems a code; and a thief who saw it in the mempool sends the same signature for an account of their own. */
  async function redeem(campaign: Campaign, account: Person, thief?: Person): Promise<void> {
    const signature = await codeFor(campaign, account.address);
    if (thief) {
      await town.send(thief.address, "Rewards", "redeemCode", [campaign.campaignId, thief.address, signature], true);
    }
    await town.send(account.address, "Rewards", "redeemCode", [campaign.campaignId, account.address, signature]);
  }

  /** Claims for a deed; and a thief sends the same grant for an account of their own, and the same one again. */
  async function claim(campaign: Campaign, account: Person, deed: string, now: number, thief?: Person): Promise<void> {
    const { campaignId, key } = campaign;
    const grant = { campaignId, account: account.address, amount: DEED, deed: id(deed), deadline: BigInt(now + DAY) };
    const signature = await key.signTypedData(domain, GRANT, grant);
    const values = [campaignId, grant.account, grant.amount, grant.deed, grant.deadline];
    if (thief) {
      const stolen = [campaignId, thief.address, grant.amount, grant.deed, grant.deadline];
      await town.send(thief.address, "Rewards", "claimGrant", [stolen, signature], true);
    }
    await town.send(account.address, "Rewards", "claimGrant", [values, signature]);
    if (thief) await town.send(thief.address, "Rewards", "claimGrant", [values, signature], true);
  }

  /** Ends what is over, by a stranger; what is left is burned. */
  async function end(caller: string): Promise<void> {
    for (const { campaignId } of open) await town.send(caller, "Rewards", "endCampaign", [campaignId]);
  }

  return { open, start, redeem, claim, end };
}
