// What an integrator writes, compiled against the packed packages by package.test.ts. Each `@ts-expect-error` shows that
// a type came along: were it lost, the line below it would be no error.
import { type inferenceMeterAbi, PUBLIC_NETWORKS } from "@stelai/contracts";
import { createStelai, deploymentOf, getBalance, type StelaiClient, type TabSession } from "@stelai/sdk";
import type { charactersAbi } from "@stelai/sdk/abis";
import { walletClientFrom } from "@stelai/sdk/ethers";
import { LICENCES } from "@stelai/sdk/licences";
import { useAccess } from "@stelai/sdk/react";
import { operatorSchema } from "@stelai/sdk/wire";
import { type Address, http } from "viem";
import { hardhat } from "viem/chains";

const deployment = deploymentOf(hardhat.id);
if (deployment) {
  const stelai = createStelai({ chain: hardhat, transport: http(), deployment });
  const { stelai: credits }: { stelai: bigint } = await stelai.credits.getBalance({ account: "0x" });
  // @ts-expect-error: money is bigint
  const money: number = credits;
  const session: TabSession = (await (await stelai.tab.openSession({ cap: 5_000_000n })).wait()).session;
  // @ts-expect-error: a cap is bigint
  await stelai.tab.openSession({ cap: 5 });
  console.log(money, session);
}

export async function one(client: StelaiClient): Promise<bigint> {
  // @ts-expect-error: there is no such parameter
  await getBalance(client, { holder: "0x" });
  return (await getBalance(client, {})).reserve;
}

// @ts-expect-error: no such function
const wrong: Extract<(typeof charactersAbi)[number], { type: "function" }>["name"] = "missing";
const right: Extract<(typeof inferenceMeterAbi)[number], { type: "function" }>["name"] = "reclaim";
const network: Address | undefined = PUBLIC_NETWORKS[0]?.contracts.Stelai;
const title: string = LICENCES.Commercial.title;
// @ts-expect-error: no such tier
LICENCES.Free;
const operator: Address = operatorSchema.parse({}).operator;
console.log(wrong, right, network, title, operator, useAccess, walletClientFrom);
// @ts-expect-error: an address is more than a number
useAccess({ characterId: 1n, account: 5 });
