import { id, parseEther, parseUnits, ZeroAddress } from "ethers";
import { network } from "hardhat";
import { deploy } from "../scripts/deploy/deploy.ts";
import type { DeployParameters } from "../scripts/deploy/parameters.ts";
import { typed } from "./contracts.ts";

/** One in-process chain for all test files; every stage below is a snapshot of it. */
export const connection = await network.create();
export const { ethers, networkHelpers } = connection;

// A stage that is loaded while a later one is built is built along with it: Hardhat's list of snapshots would else take
// back those that going back to the stage has ended.
const loadFixture = networkHelpers.loadFixture.bind(networkHelpers);
let isBuilding = false;
networkHelpers.loadFixture = async (fixture) => {
  if (isBuilding) return fixture(connection);
  isBuilding = true;
  try {
    return await loadFixture(fixture);
  } finally {
    isBuilding = false;
  }
};

export const DAY = 86_400;
/** Dollars in USDC units. */
export const usd = (amount: string) => parseUnits(amount, 6);
/** Credits in wei. */
export const credits = (amount: string) => parseEther(amount);
/** No reference. */
export const REF = id("what it is for");
/** 0.008 USDC a credit. */
export const FLOOR = 8_000n;
export const DELAYS = {
  admin: 2 * DAY,
  pricing: 2 * DAY,
  commission: 7 * DAY,
  moderator: 0,
  guardian: 0,
  resolver: 0,
  campaigns: 0,
};
export const PACKAGES = [
  { credits: credits("1000"), price: usd("10") },
  { credits: credits("3000"), price: usd("28.5") },
  { credits: credits("5000"), price: usd("45") },
];

export const PLANS = [
  { credits: credits("1000"), price: usd("9.5"), period: 30 * DAY },
  { credits: credits("3000"), price: usd("27"), period: 30 * DAY },
  { credits: credits("5000"), price: usd("42.5"), period: 30 * DAY },
  { credits: credits("36000"), price: usd("300"), period: 365 * DAY },
];
/** Five percent to each side. */
export const REFERRAL = { referrerBps: 500, refereeBps: 500, cap: credits("5000") };

/** An account as a payee. */
export const payeeOf = (account: { address: string }) => BigInt(account.address);

/** The accounts by their part. */
export async function people() {
  const signers = await ethers.getSigners();
  const [deployer, treasury, admin, pricing, commissioner, moderator, guardian, alice, bob, carol, dave, sponsor] =
    signers;
  if (!deployer || !treasury || !admin || !pricing || !commissioner || !moderator || !guardian) throw new Error("few");
  const [resolver, campaigner] = [signers.at(-1), signers.at(-2)];
  if (!resolver || !campaigner || !alice || !bob || !carol || !dave || !sponsor) throw new Error("too few accounts");
  return {
    ...{ deployer, treasury, admin, pricing, commissioner, moderator, guardian, alice, bob, carol, dave, sponsor },
    ...{ resolver, campaigner },
    others: signers.slice(12, -2),
  };
}

/** Parameters like a public network's, on the test chain. */
export async function parametersOf(overrides: Partial<DeployParameters> = {}): Promise<DeployParameters> {
  const { treasury, admin, pricing, commissioner, moderator, guardian, resolver, campaigner } = await people();
  return {
    reserve: undefined,
    router: undefined,
    floorPrice: FLOOR,
    packages: PACKAGES,
    plans: PLANS,
    referral: REFERRAL,
    commissionBps: 1_000,
    delays: DELAYS,
    treasury: treasury.address,
    holders: {
      admin: admin.address,
      pricing: pricing.address,
      commission: commissioner.address,
      moderator: moderator.address,
      guardian: guardian.address,
      resolver: resolver.address,
      campaigns: campaigner.address,
    },
    finalityBlocks: 2,
    ...overrides,
  };
}

/** Everything deployed by the deploy script, nobody owns anything. */
export async function deployed() {
  return world(await parametersOf());
}

/** {@link deployed}, with a reserve asset that keeps a fee of every transfer. */
export async function deployedWithFeeOnTransfer() {
  return worldWith("FeeOnTransferUSDC");
}

/** {@link deployed}, with a reserve asset that calls out in the middle of a transfer. */
export async function deployedWithReentrantReserve() {
  return worldWith("ReentrantUSDC");
}

/** {@link deployed}; Alice has 10,000 dollars and has allowed the store to take them. */
export async function withDollars() {
  const w = await networkHelpers.loadFixture(deployed);
  await w.usdc.mint(w.alice.address, usd("10000"));
  await w.usdc.connect(w.alice).approve(w.store.target, ethers.MaxUint256);
  return w;
}

/** {@link withDollars}; Alice bought 5,000 credits and lets Payouts take them. */
export async function withCredits() {
  const w = await networkHelpers.loadFixture(withDollars);
  await w.store.connect(w.alice).buy(orderOf(w.alice.address, { packageId: 3n, maxPrice: usd("45") }));
  await w.stelai.connect(w.alice).approve(w.payouts.target, ethers.MaxUint256);
  return w;
}

/** {@link withCredits}; Bob and Carol share a split, 70 to 30. */
export async function withSplit() {
  const w = await networkHelpers.loadFixture(withCredits);
  const shares = sharesOf([w.bob, 7_000], [w.carol, 3_000]);
  const split: bigint = await w.payouts.splitOf(shares);
  await w.payouts.registerSplit(shares);
  return { ...w, shares, split };
}

/** {@link withCredits}; Bob published character 1, which pays him and which Dave may serve. */
export async function withCharacter() {
  const w = await networkHelpers.loadFixture(withCredits);
  await w.characters.connect(w.bob).create(creationOf({ payee: payeeOf(w.bob), operators: [w.dave.address] }));
  return { ...w, characterId: 1n };
}

export type World = Awaited<ReturnType<typeof world>>;

async function worldWith(reserveName: string) {
  const reserve = await ethers.deployContract(reserveName);
  const w = await world(await parametersOf({ reserve: await reserve.getAddress() }));
  await w.usdc.mint(w.alice.address, usd("10000"));
  await w.usdc.connect(w.alice).approve(w.store.target, ethers.MaxUint256);
  return w;
}

async function world(parameters: DeployParameters) {
  const { contracts, ...deployment } = await deploy(connection, parameters);
  const at = (name: string, address: string) => ethers.getContractAt(name, address);
  return {
    ...(await people()),
    deployment: { ...deployment, contracts },
    chainId: BigInt(deployment.chainId),
    manager: typed("AccessManager", await at("AccessManager", contracts.AccessManager)),
    stelai: typed("Stelai", await at("Stelai", contracts.Stelai)),
    store: typed("CreditStore", await at("CreditStore", contracts.CreditStore)),
    payouts: typed("Payouts", await at("Payouts", contracts.Payouts)),
    characters: typed("Characters", await at("Characters", contracts.Characters)),
    meter: typed("InferenceMeter", await at("InferenceMeter", contracts.InferenceMeter)),
    access: typed("CharacterAccess", await at("CharacterAccess", contracts.CharacterAccess)),
    reviews: typed("Reviews", await at("Reviews", contracts.Reviews)),
    works: typed("Works", await at("Works", contracts.Works)),
    licenses: typed("Licenses", await at("Licenses", contracts.Licenses)),
    resale: typed("Resale", await at("Resale", contracts.Resale)),
    workReviews: typed("WorkReviews", await at("WorkReviews", contracts.WorkReviews)),
    plans: typed("CreditPlans", await at("CreditPlans", contracts.CreditPlans)),
    rewards: typed("Rewards", await at("Rewards", contracts.Rewards)),
    receivers: typed("OperatorReceivers", await at("OperatorReceivers", contracts.OperatorReceivers)),
    usdc: typed("TestUSDC", await at("TestUSDC", contracts.Reserve)),
  };
}

export type Order = {
  packageId: bigint;
  quantity: bigint;
  recipient: string;
  referrer: string;
  maxPrice: bigint;
};

/** An order of one small package at its price. */
export function orderOf(recipient: string, overrides: Partial<Order> = {}): Order {
  return { packageId: 1n, quantity: 1n, recipient, referrer: ZeroAddress, maxPrice: usd("10"), ...overrides };
}

export type Share = { recipient: bigint; bps: number };

/** Shares in the ascending order that a split asks for. */
export function sharesOf(...parts: [{ address: string } | bigint, number][]): Share[] {
  return parts
    .map(([recipient, bps]) => ({ recipient: typeof recipient === "bigint" ? recipient : payeeOf(recipient), bps }))
    .sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
}

export const TERMS = {
  lifetime: 50_000_000n,
  monthly: 5_000_000n,
  annual: 48_000_000n,
  perInference: 1_000n,
  perUnit: 2_000n,
};

/** A public chat character without operators; the payee is the caller's to give. */
export function creationOf(overrides: Record<string, unknown> = {}) {
  return {
    modality: 0,
    visibility: 0,
    payee: 0n,
    personaHash: id("salted persona"),
    metadataURI: "ipfs://card",
    terms: TERMS,
    operators: [] as string[],
    shares: [] as Share[],
    ...overrides,
  };
}
