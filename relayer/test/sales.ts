import { randomBytes } from "node:crypto";
import type { Tier } from "@stelai/sdk/wire";
import { type Address, type Hex, keccak256, maxUint256, type PrivateKeyAccount } from "viem";
import { encryptFile } from "../src/generations/files.ts";
import type { Relayer } from "../src/start.ts";
import { pngOf } from "./generations.ts";
import { createWork as mint } from "./market.ts";
import type { World } from "./world.ts";

export { buy } from "./market.ts";

/** A work with one offer. */
export type TestWork = { workId: bigint; offerId: bigint };

export const PRICE = 2_000_000n;

type NewWork = {
  /** Whether the relayer holds the file; else nobody does. */
  deposited?: boolean;
  attestor?: Address;
  tier?: Tier;
  /** Microcredits. */
  price?: bigint;
  /** Of a file that is there already. */
  contentHash?: Hex;
};

let pictures = 0;

/** Deposits a picture of its own for the seller. @returns its hash. */
export async function depositPicture(relayer: Relayer, seller: PrivateKeyAccount): Promise<Hex> {
  pictures += 1;
  const file = pngOf(24, 16 + Math.floor(pictures / 200), pictures % 200);
  const contentHash = keccak256(file);
  const key = randomBytes(32);
  const ciphertext = encryptFile(key, file);
  const upload = { key, contentHash, ciphertext, modality: undefined };
  await relayer.services.market.deposits.depositFile({ account: seller.address, networkAddress: "127.0.0.1" }, upload);
  return contentHash;
}

/** The seller's work, with an offer that names the relayer's operator as attestor unless told otherwise. */
export async function createWork(
  world: World,
  relayer: Relayer,
  seller: PrivateKeyAccount,
  { deposited = true, attestor = world.operator.address, tier = "Personal", price = PRICE, contentHash }: NewWork = {},
): Promise<TestWork> {
  const file = contentHash ?? (deposited ? await depositPicture(relayer, seller) : keccak256(randomBytes(32)));
  const { workId, offerIds } = await mint(world, seller, file, [{ tier, price, attestor }]);
  return { workId, offerId: offerIds[0] ?? 0n };
}

/** Somebody with so many credits who lets Licenses, Resale and CharacterAccess take them. */
export async function buyer(world: World, index: number, credits = 20n): Promise<PrivateKeyAccount> {
  const account = world.account(index);
  await world.give(account, credits);
  const { Licenses, Resale } = world.chain.deployment.contracts;
  for (const spender of [Licenses, Resale]) await world.write(account, "Stelai", "approve", [spender, maxUint256]);
  return account;
}
