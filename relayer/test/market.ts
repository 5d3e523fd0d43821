import { MODALITIES } from "@stelai/sdk";
import { licensesAbi, worksAbi } from "@stelai/sdk/abis";
import { TIERS, type Tier } from "@stelai/sdk/wire";
import { type Hex, keccak256, maxUint256, type PrivateKeyAccount, parseEventLogs, zeroAddress, zeroHash } from "viem";
import { encryptFile, newFileKey } from "../src/generations/files.ts";
import type { MadeModality } from "../src/providers/media.ts";
import type { World } from "./world.ts";

const NO_PROOF = {
  receipt: {
    ...{ operator: zeroAddress, tabId: 0n, sequence: 0n, request: zeroHash, response: zeroHash, characterId: 0n },
    ...{ termsVersion: 0n, milliunits: 0n, quality: 0, amount: 0n, fee: 0n, servedAt: 0n, previous: zeroHash },
  },
  signature: "0x",
};

/** What one offer of a test may say; else any number of perpetual commercial licences for one credit. */
export type TestOffer = { tier?: Tier; price?: bigint; duration?: number; attestor?: `0x${string}` };

/** A work of an account's, and its offers; the creator attests unless an offer names another. */
export async function createWork(
  world: World,
  creator: PrivateKeyAccount,
  contentHash: Hex,
  offers: readonly TestOffer[] = [],
  modality: MadeModality = "Image",
): Promise<{ workId: bigint; offerIds: bigint[] }> {
  const work = {
    ...{ modality: MODALITIES.indexOf(modality), metadataURI: "ipfs://work", contentHash, royaltyBps: 500 },
    shares: [{ recipient: BigInt(creator.address), bps: 10_000 }],
    ...{ allowsDerivatives: false, derivativeBps: 0, maxParentsBps: 0, parents: [] },
  };
  const { logs } = await world.write(creator, "Works", "create", [
    work,
    NO_PROOF,
    offers.map(({ tier = "Commercial", price = 1_000_000n, duration = 0, attestor = creator.address }) => ({
      ...{ tier: TIERS.indexOf(tier), price, supply: tier === "Exclusive" ? 1 : 0, duration, attestor },
      termsHash: keccak256("0x01"),
    })),
  ]);
  const [created] = parseEventLogs({ abi: worksAbi, eventName: "WorkCreated", logs });
  if (created === undefined) throw new Error("no work was created");
  const offered = parseEventLogs({ abi: licensesAbi, eventName: "Offered", logs });
  return { workId: created.args.workId, offerIds: offered.map(({ args }) => args.offerId) };
}

/** Credits for an account that lets Licenses take them. */
export async function fund(world: World, buyer: PrivateKeyAccount, credits = 100n): Promise<void> {
  await world.give(buyer, credits);
  await world.write(buyer, "Stelai", "approve", [world.chain.deployment.contracts.Licenses, maxUint256]);
}

/** Buys a licence. */
export async function buy(world: World, buyer: PrivateKeyAccount, offerId: bigint): Promise<bigint> {
  const { logs } = await world.write(buyer, "Licenses", "buy", [offerId, buyer.address]);
  const [bought] = parseEventLogs({ abi: licensesAbi, eventName: "Bought", logs });
  if (bought === undefined) throw new Error("nothing was bought");
  return bought.args.licenceId;
}

/** So many empty blocks. */
export async function mine(world: World, blocks: number): Promise<void> {
  await world.chain.request("hardhat_mine", [`0x${blocks.toString(16)}`]);
}

/** A file as a client deposits it: encrypted, with its key and hash in headers. */
export function encrypted(bytes: Uint8Array, key: Uint8Array = newFileKey()) {
  return {
    body: Uint8Array.from(encryptFile(key, bytes)),
    headers: {
      "Stelai-File-Key": Buffer.from(key).toString("base64url"),
      "Stelai-Content-Hash": keccak256(bytes),
    },
  };
}
