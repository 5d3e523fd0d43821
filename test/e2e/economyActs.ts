/** What the chain holds of an account's credits, for the page to be held against, and the statement that it downloads. */
import { creditPlansAbi, ethCheckoutAbi, inferenceMeterAbi, rewardsAbi } from "@stelai/sdk/abis";
import type { Page } from "playwright-core";
import type { Address } from "viem";
import { OPERATOR } from "../../scripts/dev/accounts.ts";
import { creditsOf, dialog, saved } from "./acts.ts";
import { world } from "./world.ts";

/** What an account has, in the smallest units of each. */
export interface Held {
  /** Wei of STELAI. */
  credits: bigint;
  /** Wei of STELAI as well. */
  bonus: bigint;
  usdc: bigint;
}

/** What an account has on the chain now. */
export async function heldBy(account: Address): Promise<Held> {
  const { reader, deployment, usdcOf } = await world();
  const rewards = { address: deployment.contracts.Rewards, abi: rewardsAbi } as const;
  const [credits, [bonus], usdc] = await Promise.all([
    creditsOf(account),
    reader.readContract({ ...rewards, functionName: "bonusOf", args: [account] }),
    usdcOf(account),
  ]);
  return { credits, bonus, usdc };
}

/** Who sent an account, as its first purchase said; and what sending others brought it, in wei. */
export async function referralOf(account: Address) {
  const { reader, deployment } = await world();
  const rewards = { address: deployment.contracts.Rewards, abi: rewardsAbi } as const;
  const [[referrer, isBound], earned] = await Promise.all([
    reader.readContract({ ...rewards, functionName: "referrerOf", args: [account] }),
    reader.readContract({ ...rewards, functionName: "referralEarnedBy", args: [account] }),
  ]);
  return { referrer, isBound, earned };
}

/** What the campaign of a code gave and has left, in wei. */
export async function campaignOf(campaignId: bigint) {
  const { reader, deployment } = await world();
  const rewards = { address: deployment.contracts.Rewards, abi: rewardsAbi } as const;
  return reader.readContract({ ...rewards, functionName: "campaignOf", args: [campaignId] });
}

/** The subscription of an account. */
export async function subscriptionOf(account: Address) {
  const { reader, deployment } = await world();
  const plans = { address: deployment.contracts.CreditPlans, abi: creditPlansAbi } as const;
  return reader.readContract({ ...plans, functionName: "subscriptionOf", args: [account] });
}

/** What an account agreed to for top-ups, what the running window cost so far, and its end. */
export async function topUpOf(account: Address) {
  const { reader, deployment } = await world();
  const plans = { address: deployment.contracts.CreditPlans, abi: creditPlansAbi } as const;
  const [agreed, spent, end] = await reader.readContract({ ...plans, functionName: "topUpOf", args: [account] });
  return { agreed, spent, end };
}

/** The newest tab that an account opened, as it stands. Amounts in microcredits. */
export async function tabOf(payer: Address) {
  const { reader, deployment } = await world();
  const meter = { address: deployment.contracts.InferenceMeter, abi: inferenceMeterAbi } as const;
  const opened = await reader.getContractEvents({
    ...{ ...meter, eventName: "TabOpened", args: { payer }, fromBlock: BigInt(deployment.startBlock), strict: true },
  });
  const tabId = opened.at(-1)?.args.tabId;
  if (tabId === undefined) throw new Error(`${payer} opened no tab`);
  return reader.readContract({ ...meter, functionName: "tabOf", args: [OPERATOR.address, tabId] });
}

/** What was bought last with ETH from an account: what it cost, and what its gas did, all in wei of ETH; the price in USDC. */
export async function boughtWithEth(payer: Address) {
  const { reader, deployment } = await world();
  const { EthCheckout: address } = deployment.contracts;
  if (!address) throw new Error("this deployment takes no ETH");
  const bought = await reader.getContractEvents({
    ...{ address, abi: ethCheckoutAbi, eventName: "BoughtWithEth", args: { payer }, strict: true },
    fromBlock: BigInt(deployment.startBlock),
  });
  const last = bought.at(-1);
  if (!last) throw new Error(`${payer} bought nothing with ETH`);
  const { gasUsed, effectiveGasPrice } = await reader.getTransactionReceipt({ hash: last.transactionHash });
  return { ...last.args, fee: gasUsed * effectiveGasPrice, checkout: address };
}

/** The statement that the Credits page downloads: a row for each line, by the names of its columns. */
export async function statementOf(page: Page): Promise<Record<string, string>[]> {
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const { bytes } = await saved(file);
  const [header = [], ...rows] = new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  return rows.map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ""])));
}

/** Presses the button of a sheet that costs nothing, and waits until the sheet is gone. */
export async function confirmFree(page: Page, title: string, action: string): Promise<void> {
  const sheet = dialog(page, title);
  await sheet.getByRole("button", { name: action, exact: true }).click();
  await sheet.waitFor({ state: "detached" });
}
