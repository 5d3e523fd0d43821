import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { rewardsAbi } from "@stelai/sdk/abis";
import { type Address, createPublicClient, type Hex, http, maxUint256 } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { CREDIT, DAY, USD } from "./plans.ts";
import type { World } from "./world.ts";

const CONTRIBUTION = 3;

/** A review as the index tells it; amounts in microcredits. */
export type ToldReview = {
  characterId: string | null;
  workId: string | null;
  licenceId: string | null;
  rating: number;
  at: string;
  paid: string;
  kept: string;
  keptAt: string | null;
  isOwn: boolean;
};

/** An index over HTTP that knows of reviews what a test says. */
export type TestIndex = {
  url: string;
  reviews: Map<string, ToldReview[]>;
  /** Answers in the place of what it knows, until it is undefined again. */
  instead: ((response: ServerResponse) => void) | undefined;
  /** Paths that were asked for. */
  asked: string[];
  stop(): Promise<void>;
};

export async function startIndex(): Promise<TestIndex> {
  const index: Omit<TestIndex, "url" | "stop"> = { reviews: new Map(), instead: undefined, asked: [] };
  const server: Server = createServer((request, response) => {
    const path = request.url ?? "";
    index.asked.push(path);
    if (index.instead !== undefined) return index.instead(response);
    const account = /^\/accounts\/(0x[0-9a-f]{40})\/reviews\?limit=\d+$/.exec(path)?.[1];
    response.writeHead(account === undefined ? 404 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ reviews: index.reviews.get(account ?? "") ?? [], next: null }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(index, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

/** A review of a character for which so many microcredits were paid and stay paid, unless a test says otherwise. */
export function reviewOf(characterId: bigint, changes: Partial<ToldReview> = {}): ToldReview {
  return {
    ...{ characterId: String(characterId), workId: null, licenceId: null, rating: 5, at: "1700000000" },
    ...{ paid: "5000000", kept: "5000000", keptAt: null, isOwn: false, ...changes },
  };
}

/** Starts and funds a contribution campaign; amounts in whole credits. @returns its id and its signer's key. */
export async function startContributions(
  world: World,
  { perAccount = 50n, daily = 100n, budget = 200n, days = 30, key = generatePrivateKey() } = {},
): Promise<{ campaignId: bigint; key: Hex }> {
  const deployer = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
  const client = createPublicClient({ transport: http(world.chain.rpcUrl) });
  const { timestamp } = await client.getBlock();
  const { CreditStore, Rewards } = world.chain.deployment.contracts;
  await world.write(deployer, "Reserve", "mint", [deployer.address, 10_000n * USD]);
  await world.write(deployer, "Reserve", "approve", [CreditStore, maxUint256]);
  await world.write(deployer, "Rewards", "startCampaign", [
    {
      ...{ source: CONTRIBUTION, signer: privateKeyToAccount(key).address, uri: "https://a.example" },
      ...{ perAccount: perAccount * CREDIT, daily: daily * CREDIT },
      ...{ start: timestamp - 1n, end: timestamp + BigInt(days * DAY) },
    },
  ]);
  const campaignId = await client.readContract({ address: Rewards, abi: rewardsAbi, functionName: "campaignCount" });
  await world.write(deployer, "Rewards", "fundCampaign", [campaignId, budget * CREDIT, maxUint256]);
  return { campaignId, key };
}

/** Makes an account a moderator on the chain. */
export async function makeModerator(world: World, account: Address): Promise<void> {
  const deployer = privateKeyToAccount(world.chain.accounts[0]?.privateKey ?? "0x");
  await world.write(deployer, "AccessManager", "grantRole", [3n, account, 0]);
}
