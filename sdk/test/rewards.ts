/** Campaigns and bonus credits for tests. */
import type { Address } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { RoleCall } from "../src/index.ts";
import { newcomer, type Person, people, stelaiOf } from "./world.ts";

type NewCampaign = Extract<RoleCall, { kind: "startCampaign" }>;

/** Who holds every role on the test chain, with dollars to spend. */
export async function admin() {
  const { deployer } = await people();
  return stelaiOf(deployer);
}

/** Gives an account of the chain test dollars. */
export async function fundWithDollars(to: Address, amount: bigint): Promise<void> {
  const giver = await newcomer({ reserve: amount });
  const { walletClient, publicClient, deployment } = (await stelaiOf(giver)).client;
  const { writeContract, waitForTransactionReceipt } = await import("viem/actions");
  const { erc20Abi } = await import("viem");
  if (!walletClient?.account) throw new Error("the newcomer has a wallet");
  const hash = await writeContract(walletClient, {
    ...{ address: deployment.contracts.Reserve, abi: erc20Abi, functionName: "transfer", args: [to, amount] },
    ...{ account: walletClient.account, chain: walletClient.chain ?? null },
  });
  await waitForTransactionReceipt(publicClient, { hash });
}

/** The chain's time, Unix seconds. */
export async function chainNow(): Promise<bigint> {
  const { getBlock } = await import("viem/actions");
  return (await getBlock((await stelaiOf()).client.publicClient)).timestamp;
}

/** A campaign that runs for ten days, with `budget` microcredits. */
export async function withCampaign(more: Partial<NewCampaign> & { signer: Address; budget?: bigint }) {
  const { budget = 100_000_000n, ...given } = more;
  const stelai = await admin();
  const now = await chainNow();
  const started = await stelai.roles.propose({
    ...{ kind: "startCampaign", source: "Promotion", start: now, end: now + 864_000n },
    ...{ perAccount: 10_000_000n, daily: 1_000_000_000n, uri: "https://example.org/campaign" },
    ...given,
  });
  const { campaignId } = await started.wait();
  if (campaignId === null) throw new Error("a campaign was started");
  if (budget > 0n) {
    const { floorPrice } = await stelai.credits.getSolvency();
    const maxCost = (budget * floorPrice + 999_999n) / 1_000_000n;
    await fundWithDollars((await people()).deployer.address, maxCost);
    await (await stelai.roles.propose({ kind: "fundCampaign", campaignId, amount: budget, maxCost })).wait();
  }
  return { campaignId, admin: stelai };
}

/** A promotion that a fresh code redeems. */
export async function withCode(more: Partial<NewCampaign> & { budget?: bigint } = {}) {
  const { code, signer } = await (await stelaiOf()).rewards.generateCode();
  return { code, ...(await withCampaign({ signer, ...more })) };
}

/** A newcomer with ten bonus credits, which may be spent with the operator. */
export async function withBonus(options: { eth?: bigint } = {}): Promise<Person> {
  const { operator } = await people();
  await (
    await (await admin()).roles.propose({ kind: "setTrusted", operator: operator.address, isTrusted: true })
  ).wait();
  const { code } = await withCode();
  const person = await newcomer(options);
  const sender = await stelaiOf(await newcomer());
  await (await sender.rewards.redeemCode({ code, account: person.address, by: "wallet" })).wait();
  return person;
}

/** A contribution campaign whose signer's key is known. */
export async function withContributions(more: Partial<NewCampaign> = {}) {
  const signer = privateKeyToAccount(generatePrivateKey());
  return { signer, ...(await withCampaign({ signer: signer.address, source: "Contribution", ...more })) };
}
