import type { Address, Hash } from "viem";
import { readContract } from "viem/actions";
import type { StelaiClient } from "../../client.ts";
import { worksOwnerOf, worksTokenURI, worksWorkOf } from "../../generated/fragments.ts";
import { MODALITIES } from "../../pricing.ts";
import type { WorkModality } from "../search/types.ts";

export type GetWorkParameters = {
  workId: bigint;
  /** The block that is read; the newest when absent. */
  blockNumber?: bigint | undefined;
};

export type GetWorkReturnType = {
  workId: bigint;
  /** Who minted it, and who owns it now. */
  creator: Address;
  owner: Address;
  modality: WorkModality;
  /** keccak256 of the file. */
  contentHash: Hash;
  metadataURI: string;
  /** Counts transfers and changes of the payee; offers of another epoch are void. */
  epoch: number;
  /** Generations of parents above it. */
  depth: number;
  royaltyBps: number;
  allowsDerivatives: boolean;
  /** What derivatives owe it of what they earn. */
  derivativeBps: number;
  suspended: boolean;
  /** Who earns: all of it, the owner's part alone, and royalties. Each an address or a split. */
  payee: bigint;
  ownerPayee: bigint;
  royaltyPayee: bigint;
  /** Struct hash of the receipt that proves where it comes from; null without one. */
  receipt: Hash | null;
};

/**
 * A work as the chain has it.
 * @throws ERC721NonexistentTokenError when there is none.
 *
 * @example
 * ```ts
 * const { owner, contentHash, receipt } = await stelai.works.getWork({ workId: 1n });
 * ```
 */
export async function getWork(
  client: StelaiClient,
  { workId, blockNumber }: GetWorkParameters,
): Promise<GetWorkReturnType> {
  const works = { address: client.deployment.contracts.Works, args: [workId], blockNumber } as const;
  const [found, owner, metadataURI] = await Promise.all([
    readContract(client.publicClient, { ...works, abi: [worksWorkOf], functionName: "workOf" }),
    readContract(client.publicClient, { ...works, abi: [worksOwnerOf], functionName: "ownerOf" }),
    readContract(client.publicClient, { ...works, abi: [worksTokenURI], functionName: "tokenURI" }),
  ]);
  return {
    ...found,
    workId,
    owner,
    metadataURI,
    modality: (MODALITIES[found.modality] ?? "Image") as WorkModality,
    receipt: BigInt(found.receipt) === 0n ? null : found.receipt,
  };
}
