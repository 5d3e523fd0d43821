import { randomBytes } from "node:crypto";
import { licensesAbi, worksAbi } from "@stelai/sdk/abis";
import {
  type Address,
  type Hex,
  keccak256,
  maxUint256,
  type PrivateKeyAccount,
  parseEventLogs,
  toHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { encryptFile } from "../src/generations/files.ts";
import type { Relayer } from "../src/start.ts";
import { pngOf } from "./generations.ts";
import type { World } from "./world.ts";

/** A work with one offer. */
export type TestWork = { workId: bigint; offerId: bigint; contentHash: Hex; file: Uint8Array };

export const PRICE = 2_000_000n;

type NewWork = {
  /** Whether the relayer holds the file. */
  deposited?: boolean;
  attestor?: Address;
  /** `ILicenses.Tier`. */
  tier?: number;
  price?: bigint;
  /** Seconds that a licence is good for; 0 is for ever. */
  duration?: number;
  allowsDerivatives?: boolean;
  contentHash?: Hex;
};

const EMPTY_RECEIPT = {
  ...{ operator: zeroAddress, tabId: 0n, sequence: 0n, request: zeroHash, response: zeroHash, characterId: 0 },
  ...{ termsVersion: 0, milliunits: 0, quality: 0, amount: 0, fee: 0, servedAt: 0n, previous: zeroHash },
};

let shade = 0;

/** A picture of its own, deposited by the seller if it is to be delivered. */
export async function depositPicture(
  relayer: Relayer,
  seller: PrivateKeyAccount,
): Promise<{ file: Uint8Array; contentHash: Hex }> {
  shade += 1;
  const file = pngOf(24, 16 + Math.floor(shade / 200), shade % 200);
  const contentHash = keccak256(file);
  const key = randomBytes(32);
  const ciphertext = encryptFile(key, file);
  await relayer.services.market.deposits.depositFile(seller.address, {
    key,
    contentHash,
    ciphertext,
    modality: undefined,
  });
  return { file, contentHash };
}

/** The seller's work, with an offer that names the relayer's operator as attestor unless told otherwise. */
export async function createWork(
  world: World,
  relayer: Relayer,
  seller: PrivateKeyAccount,
  fields: NewWork = {},
): Promise<TestWork> {
  const { deposited = true, attestor = world.operator.address, tier = 0, price = PRICE, duration = 0 } = fields;
  const { file, contentHash } = deposited
    ? await depositPicture(relayer, seller)
    : { file: new Uint8Array(), contentHash: keccak256(randomBytes(32)) };
  const work = {
    modality: 1,
    metadataURI: "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
    contentHash: fields.contentHash ?? contentHash,
    shares: [{ recipient: BigInt(seller.address), bps: 10_000 }],
    ...{ royaltyBps: 500, allowsDerivatives: false, derivativeBps: 0, parents: [] },
  };
  const supply = tier === 2 ? 1 : 0;
  const offer = { tier, price, supply, duration, attestor, termsHash: keccak256(toHex("terms")) };
  const proof = { receipt: EMPTY_RECEIPT, signature: "0x" };
  const { logs } = await world.write(seller, "Works", "create", [work, proof, [offer]]);
  const [created] = parseEventLogs({ abi: worksAbi, eventName: "WorkCreated", logs });
  const [offered] = parseEventLogs({ abi: licensesAbi, eventName: "Offered", logs });
  if (created === undefined || offered === undefined) throw new Error("no work was created");
  const { workId } = created.args;
  return { workId, offerId: offered.args.offerId, contentHash: work.contentHash, file };
}

/** Somebody with so many credits who lets Licenses, Resale and CharacterAccess take them. */
export async function buyer(world: World, index: number, credits = 20n): Promise<PrivateKeyAccount> {
  const account = world.account(index);
  await world.give(account, credits);
  const { Licenses, Resale } = world.chain.deployment.contracts;
  for (const spender of [Licenses, Resale]) await world.write(account, "Stelai", "approve", [spender, maxUint256]);
  return account;
}

/** Buys a licence. @returns its id. */
export async function buy(world: World, account: PrivateKeyAccount, offerId: bigint): Promise<bigint> {
  const { logs } = await world.write(account, "Licenses", "buy", [offerId, account.address]);
  const [bought] = parseEventLogs({ abi: licensesAbi, eventName: "Bought", logs });
  if (bought === undefined) throw new Error("no licence was bought");
  return bought.args.licenceId;
}
