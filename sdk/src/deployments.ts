import type { Address, Hash } from "viem";
import { PUBLIC_NETWORKS } from "./generated/deployments.ts";

/** Where Stelai lives on one chain; what `scripts/deploy` records. */
export type Deployment = {
  chainId: number;
  /** Hash of block 0: a local chain of the same id that began anew is another chain. */
  genesisHash: Hash;
  /** The first block that can hold an event of ours. */
  startBlock: bigint;
  contracts: {
    Stelai: Address;
    CreditStore: Address;
    Payouts: Address;
    Characters: Address;
    InferenceMeter: Address;
    CharacterAccess: Address;
    Reviews: Address;
    Works: Address;
    Licenses: Address;
    Resale: Address;
    WorkReviews: Address;
    CreditPlans: Address;
    Rewards: Address;
    OperatorReceivers: Address;
    /** Absent where there is no Uniswap v3 to swap with. */
    EthCheckout?: Address;
    AccessManager: Address;
    /** The stablecoin that credits are bought with. */
    Reserve: Address;
  };
  /** After how many blocks something counts as final here. */
  finalityBlocks: number;
};

/** A deployment as its JSON file holds it: `startBlock` is a number or a decimal string there. */
export type DeploymentFile = Omit<Deployment, "startBlock"> & { startBlock: number | string };

/** Reads a deployment's JSON; one that was read is returned as it is. */
export function parseDeployment(file: Deployment | DeploymentFile): Deployment {
  return { ...file, startBlock: BigInt(file.startBlock) };
}

/**
 * The deployment on a public network, or undefined: a local chain's is made by whoever started that chain.
 *
 * @example
 * ```ts
 * const deployment = deploymentOf(base.id) ?? localDeployment;
 * ```
 */
export function deploymentOf(chainId: number): Deployment | undefined {
  const file = PUBLIC_NETWORKS.find((network) => network.chainId === chainId);
  return file && parseDeployment(file);
}
