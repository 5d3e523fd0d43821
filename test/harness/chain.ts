/** A chain of its own behind HTTP, with everything deployed: what tests of the SDK, relayer and indexer run on. */
import hre from "hardhat";
import type { Deployment } from "../../scripts/deploy/deployment.ts";
import { deployLocal } from "../../scripts/deploy/local.ts";
import { DEMO_ACCOUNTS, DEPLOYER, type LocalAccount, OPERATOR, TREASURY } from "../../scripts/dev/accounts.ts";

/** A running chain. The accounts hold test ETH; `Reserve` is a TestUSDC that anyone can mint. */
export type TestChain = {
  rpcUrl: string;
  deployment: Deployment;
  /** Deployer (holds every role), operator, treasury, then accounts without a part. */
  accounts: readonly LocalAccount[];
  /** One JSON-RPC call, for time travel and the like. */
  request: (method: string, params?: readonly unknown[]) => Promise<unknown>;
  stop: () => Promise<void>;
};

/** Starts a chain on a free port that mines each transaction at once, and deploys the contracts. */
export async function startChain(options: { port?: number } = {}): Promise<TestChain> {
  // Now, and not when the configuration was read: a suite may have run for long since.
  const connection = { network: "test", override: { initialDate: new Date() } };
  const server = await hre.network.createServer(connection, "127.0.0.1", options.port ?? 0);
  const { port } = await server.listen();
  const rpcUrl = `http://127.0.0.1:${port}`;
  const request = async (method: string, params: readonly unknown[] = []): Promise<unknown> => {
    const response = await fetch(rpcUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const deployment = await deployLocal(rpcUrl);
  return {
    rpcUrl,
    deployment,
    accounts: [DEPLOYER, OPERATOR, TREASURY, ...DEMO_ACCOUNTS],
    request,
    stop: () => server.close(),
  };
}
