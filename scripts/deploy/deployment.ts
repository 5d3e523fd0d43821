import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

type Hex = `0x${string}`;

/** What is deployed, and where. */
export const CONTRACTS = [
  "AccessManager",
  "Stelai",
  "CreditStore",
  "Payouts",
  "Characters",
  "InferenceMeter",
  "Reserve",
] as const;

/** The addresses of a chain; the form of `sdk/deployments/<chainId>.json`. */
export type Deployment = {
  chainId: number;
  /** Tells one local chain from the next: both have the same id. */
  genesisHash: Hex;
  /** The first block with anything of ours. */
  startBlock: number;
  contracts: Record<(typeof CONTRACTS)[number], Hex>;
  /** How many blocks after its own a transaction counts as final. */
  finalityBlocks: number;
};

/** Writes the deployment as JSON; makes the folder. */
export function writeDeployment(deployment: Deployment, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(deployment, null, 2)}\n`);
}
