import { readFile } from "node:fs/promises";
import { inferenceMeterAbi, rewardsAbi, stelaiAbi } from "@stelai/sdk/abis";
import {
  type Address,
  createPublicClient,
  type Hex,
  http,
  maxUint256,
  type PrivateKeyAccount,
  parseEventLogs,
  toHex,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { TestChain } from "../../test/harness/chain.ts";
import type { OpenTab } from "./client.ts";
import type { World } from "./world.ts";

export const CREDIT = 10n ** 18n;
export const USD = 1_000_000n;
export const DAY = 86_400;
const PROMOTION = 2;

/** Plans and packages as `scripts/deploy/parameters/local.json` has them. */
export const MONTHLY_1000 = { planId: 1n, price: 9_500_000n, credits: 1_000n * CREDIT };
export const MONTHLY_3000 = { planId: 2n, price: 27_000_000n, credits: 3_000n * CREDIT };

/** What is needed of a world to give bonus credits. */
export type Giving = {
  chain: TestChain;
  operator: { address: Address };
  write(
    from: PrivateKeyAccount,
    contract: "Reserve" | "Rewards",
    name: string,
    args: readonly unknown[],
  ): Promise<unknown>;
};

const publicClient = (world: { chain: TestChain }) => createPublicClient({ transport: http(world.chain.rpcUrl) });

/** Somebody with test ETH, and with dollars that the credit store may take. */
export async function withDollars(world: World, index: number, dollars: bigint): Promise<PrivateKeyAccount> {
  const account = world.account(index);
  await world.chain.request("hardhat_setBalance", [account.address, toHex(10n ** 19n)]);
  await world.write(account, "Reserve", "mint", [account.address, dollars * USD]);
  await world.write(account, "Reserve", "approve", [world.chain.deployment.contracts.CreditStore, maxUint256]);
  return account;
}

/** Agrees to top-ups; credits in wei, money in reserve units. */
export function setTopUp(
  world: World,
  account: PrivateKeyAccount,
  agreed: { threshold: bigint; credits: bigint; maxPrice: bigint; cap: bigint },
) {
  return world.write(account, "CreditPlans", "setTopUp", [agreed]);
}

/** An account's credits, in wei. */
export function creditsOf(world: World, account: PrivateKeyAccount): Promise<bigint> {
  const address = world.chain.deployment.contracts.Stelai;
  return publicClient(world).readContract({
    ...{ address, abi: stelaiAbi, functionName: "balanceOf", args: [account.address] },
  });
}

/** An account's bonus credits in wei, and until when they live. */
export async function bonusOf(world: World, account: Address): Promise<{ balance: bigint; lapsesAt: bigint }> {
  const address = world.chain.deployment.contracts.Rewards;
  const [balance, lapsesAt] = await publicClient(world).readContract({
    ...{ address, abi: rewardsAbi, functionName: "bonusOf", args: [account] },
  });
  return { balance, lapsesAt };
}

/** A promotion that is open for a year: its id, and what its code's key signs for an account. */
export type Promotion = { campaignId: bigint; sign(account: Address): Promise<Hex> };

/** Starts and funds a promotion that gives everyone so many credits, for ten accounts. */
export async function startPromotion(world: Giving, credits: bigint): Promise<Promotion> {
  const deployer = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
  const code = privateKeyToAccount(generatePrivateKey());
  const client = publicClient(world);
  const { timestamp } = await client.getBlock();
  const { CreditStore, Rewards } = world.chain.deployment.contracts;
  const perAccount = credits * CREDIT;
  await world.write(deployer, "Reserve", "mint", [deployer.address, 10_000n * USD]);
  await world.write(deployer, "Reserve", "approve", [CreditStore, maxUint256]);
  await world.write(deployer, "Rewards", "startCampaign", [
    {
      ...{ source: PROMOTION, signer: code.address, perAccount, daily: 10n * perAccount, uri: "https://a.example" },
      ...{ start: timestamp - 1n, end: timestamp + BigInt(365 * DAY) },
    },
  ]);
  const rewards = { address: Rewards, abi: rewardsAbi } as const;
  const campaignId = await client.readContract({ ...rewards, functionName: "campaignCount" });
  await world.write(deployer, "Rewards", "fundCampaign", [campaignId, 10n * perAccount, maxUint256]);
  return {
    campaignId,
    sign: (account) =>
      code.signTypedData({
        domain: {
          ...{ name: "Stelai Rewards", version: "1" },
          ...{ chainId: world.chain.deployment.chainId, verifyingContract: Rewards },
        },
        types: {
          Redemption: [
            { name: "campaignId", type: "uint256" },
            { name: "account", type: "address" },
          ],
        },
        primaryType: "Redemption",
        message: { campaignId, account },
      }),
  };
}

/** Gives an account so many bonus credits, by a promotion of its own. */
export async function giveBonus(world: World, account: PrivateKeyAccount, credits: bigint): Promise<void> {
  const { campaignId, sign } = await startPromotion(world, credits);
  await world.write(world.creator, "Rewards", "redeemCode", [campaignId, account.address, await sign(account.address)]);
}

/** Says whether bonus credits may be spent with the operator. */
export async function trustOperator(world: Giving, isTrusted = true): Promise<void> {
  const deployer = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
  await world.write(deployer, "Rewards", "setTrusted", [world.operator.address, isTrusted]);
}

/** A tab of an account with so many microcredits of its cap from its bonus credits. */
export async function openBonusTab(
  world: World,
  account: PrivateKeyAccount,
  { cap, bonus }: { cap: bigint; bonus: bigint },
): Promise<OpenTab> {
  const key = privateKeyToAccount(generatePrivateKey());
  const { timestamp } = await publicClient(world).getBlock();
  await world.write(account, "Stelai", "approve", [world.chain.deployment.contracts.InferenceMeter, maxUint256]);
  const opening = { operator: world.operator.address, sessionKey: key.address, cap, expiry: timestamp + 2_592_000n };
  const { logs } = await world.write(account, "InferenceMeter", "openWithBonus", [opening, bonus]);
  const [opened] = parseEventLogs({ abi: inferenceMeterAbi, eventName: "TabOpened", logs });
  if (opened === undefined) throw new Error("no tab was opened");
  return { tabId: opened.args.tabId, key };
}

/** Has the reserve asset's issuer refuse an account, or no longer. */
export async function block(world: World, account: PrivateKeyAccount, isBlocked: boolean): Promise<void> {
  const path = new URL("../../artifacts/contracts/mocks/BlacklistingUSDC.sol/BlacklistingUSDC.json", import.meta.url);
  const { deployedBytecode } = JSON.parse(await readFile(path, "utf8")) as { deployedBytecode: Hex };
  await world.chain.request("hardhat_setCode", [world.chain.deployment.contracts.Reserve, deployedBytecode]);
  await world.write(account, "Reserve", "blacklist", [account.address, isBlocked]);
}
