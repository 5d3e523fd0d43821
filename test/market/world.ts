import { AbiCoder, id, MaxUint256, ZeroAddress, ZeroHash } from "ethers";
import type { Receipt } from "../community/receipts.ts";
import { credits, ethers, networkHelpers, payeeOf, type World, withCharacter } from "../fixtures.ts";

export const HOUR = 3_600;
export const Tier = { Personal: 0, Commercial: 1, Exclusive: 2 } as const;
export const Status = { None: 0n, Escrowed: 1n, Delivered: 2n, Disputed: 3n, Released: 4n, Refunded: 5n } as const;
/** What the offers here cost, in microcredits and in wei. */
export const PRICE = 10_000_001n;
export const wei = (microcredits: bigint) => microcredits * 10n ** 12n;
/** 5 % of {@link PRICE}, rounded up. */
export const BOND = wei(500_001n);
/** 10 % of {@link PRICE}. */
export const COMMISSION = wei(PRICE) / 10n;
export const TERMS = id("what the licence says");
export const FILE = id("the file");

const NO_RECEIPT: Receipt = {
  ...{ operator: ZeroAddress, tabId: 0n, sequence: 0n, request: ZeroHash, response: ZeroHash, characterId: 0n },
  ...{ termsVersion: 0n, milliunits: 0n, quality: 0, amount: 0n, fee: 0n, servedAt: 0n, previous: ZeroHash },
};
export const NO_PROOF = { receipt: NO_RECEIPT, signature: "0x" };

export type NewOffer = {
  tier: number;
  price: bigint;
  supply: bigint;
  duration: number;
  attestor: string;
  termsHash: string;
};

/** An image of `payee`'s, with 5 % of royalty, that others may derive from for 20 %. */
export function workOf(payee: { address: string } | bigint, overrides: Record<string, unknown> = {}) {
  return {
    ...{ modality: 1, metadataURI: "ipfs://work", contentHash: FILE, royaltyBps: 500, allowsDerivatives: true },
    shares: [{ recipient: typeof payee === "bigint" ? payee : payeeOf(payee), bps: 10_000 }],
    ...{ derivativeBps: 2_000, maxParentsBps: 10_000, parents: [] as bigint[] },
    ...overrides,
  };
}

/** Any number of perpetual commercial licences that Dave attests. */
export function offerOf(w: World, overrides: Partial<NewOffer> = {}): NewOffer {
  const attestor = w.dave.address;
  return { tier: Tier.Commercial, price: PRICE, supply: 0n, duration: 0, attestor, termsHash: TERMS, ...overrides };
}

/** {@link withCharacter}; Alice, Carol and the sponsor have credits and let Licenses and Resale take them; Bob made
 * work 1, of which commercial licences are offer 1, personal ones 2 and the exclusive one 3. */
export async function withWork() {
  const w = await networkHelpers.loadFixture(withCharacter);
  for (const buyer of [w.carol, w.sponsor]) await w.stelai.connect(w.alice).transfer(buyer.address, credits("1000"));
  for (const buyer of [w.alice, w.carol, w.sponsor]) {
    await w.stelai.connect(buyer).approve(w.licenses.target, MaxUint256);
    await w.stelai.connect(buyer).approve(w.resale.target, MaxUint256);
  }
  const offers = [offerOf(w), offerOf(w, { tier: Tier.Personal }), offerOf(w, { tier: Tier.Exclusive, supply: 1n })];
  await w.works.connect(w.bob).create(workOf(w.bob), NO_PROOF, offers);
  return w;
}

/** Another offer of Bob's work; its id. */
export async function addOffer(w: World, overrides: Partial<NewOffer> = {}): Promise<bigint> {
  const offers = [offerOf(w, overrides)];
  const offerId: bigint = await w.licenses.connect(w.bob).offer.staticCall(1n, offers);
  await w.licenses.connect(w.bob).offer(1n, offers);
  return offerId;
}

/** {@link withWork}; Alice bought offer 1: licence 1 is in escrow. */
export async function withOrder() {
  const w = await networkHelpers.loadFixture(withWork);
  await w.licenses.connect(w.alice).buy(1n, w.alice.address);
  return w;
}

/** {@link withOrder}; Dave attested. */
export async function withDelivery() {
  const w = await networkHelpers.loadFixture(withOrder);
  await w.licenses.connect(w.dave).attest([1n]);
  return w;
}

/** {@link withDelivery}; Alice disputed. */
export async function withDispute() {
  const w = await networkHelpers.loadFixture(withDelivery);
  await w.licenses.connect(w.alice).dispute(1n, "ipfs://evidence");
  return w;
}

/** {@link withDelivery}; Alice accepted. */
export async function withRelease() {
  const w = await networkHelpers.loadFixture(withDelivery);
  await w.licenses.connect(w.alice).accept(1n);
  return w;
}

export async function statusOf(w: World, licenceId: bigint): Promise<bigint> {
  return (await w.licenses.licenceOf(licenceId)).status;
}

/** When the licence's status began. */
export async function sinceOf(w: World, licenceId: bigint): Promise<number> {
  return Number((await w.licenses.licenceOf(licenceId)).since);
}

/** The next block is of this second. */
export const at = (second: number) => networkHelpers.time.setNextBlockTimestamp(second);

const PAYMENT = "tuple(bool isDispute,uint256 id,address recipient,string evidenceURI)";
/** What credits are for that are sent to Licenses. */
export function paymentData(id: bigint, recipient: string, evidenceURI?: string): string {
  const payment = { isDispute: evidenceURI !== undefined, id, recipient, evidenceURI: evidenceURI ?? "" };
  return AbiCoder.defaultAbiCoder().encode([PAYMENT], [payment]);
}

/** Sends credits along with what they are for. */
export function send(w: World, from: World["alice"], to: { target: unknown }, value: bigint, data: string) {
  return w.stelai.connect(from).getFunction("transferAndCall(address,uint256,bytes)")(to.target, value, data);
}

/** Buys and has the licence released; tells its id. */
export async function released(w: World, offerId: bigint, holder: World["alice"]): Promise<bigint> {
  const licenceId: bigint = await w.licenses.connect(holder).buy.staticCall(offerId, holder.address);
  await w.licenses.connect(holder).buy(offerId, holder.address);
  await w.licenses.connect(w.dave).attest([licenceId]);
  await w.licenses.connect(holder).accept(licenceId);
  return licenceId;
}

/** A contract wallet of Alice's. */
export async function walletOf(w: World) {
  return ethers.deployContract("ContractWallet", [w.alice.address]);
}
