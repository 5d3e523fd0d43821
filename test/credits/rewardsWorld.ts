import { expect } from "chai";
import { id, MaxUint256, type Signer, Wallet, ZeroAddress } from "ethers";
import { credits, DAY, deployed, FLOOR, networkHelpers, PACKAGES, usd, type World } from "../fixtures.ts";

const { time } = networkHelpers;

/** `IRewards.Source`. */
export const Source = { Referrer: 0n, Referee: 1n, Promotion: 2n, Contribution: 3n } as const;
/** `Rewards.LIFETIME`, in seconds. */
export const LIFETIME = 180 * DAY;
/** `Rewards.LIFE_AFTER_RETURN`, in seconds. */
export const LIFE_AFTER_RETURN = 30 * DAY;
/** One microcredit, in wei. */
export const MICRO = 10n ** 12n;

/** {@link deployed}; four people and the campaigns' holder have a million dollars each, which the store may take. */
export async function withBuyers() {
  const w = await networkHelpers.loadFixture(deployed);
  for (const person of [w.alice, w.bob, w.carol, w.dave, w.campaigner]) {
    await w.usdc.mint(person.address, usd("1000000"));
    await w.usdc.connect(person).approve(w.store.target, MaxUint256);
  }
  return { ...w, key: new Wallet(id("the key of a campaign")) };
}

/** {@link withBuyers}; Carol bought for nobody's sake, and Alice sent Bob, who bought a package of 1,000. */
export async function withReferral() {
  const w = await networkHelpers.loadFixture(withBuyers);
  await purchase(w, w.carol);
  await purchase(w, w.bob, { referrer: w.alice.address });
  return w;
}

/** {@link withBuyers}; a code worth 50 credits, 100 a day, with a budget of 1,000. */
export async function withPromotion() {
  const w = await networkHelpers.loadFixture(withBuyers);
  return { ...w, campaignId: await startFunded(w, { signer: w.key.address }) };
}

/** {@link withBuyers}; a campaign that grants 50 credits an account for deeds, 100 a day, with a budget of 1,000. */
export async function withContributions() {
  const w = await networkHelpers.loadFixture(withBuyers);
  return { ...w, campaignId: await startFunded(w, { source: Source.Contribution, signer: w.key.address }) };
}

/** {@link withContributions}; Alice was granted 50 credits, and has 1,000 of her own; Dave is a trusted operator. */
export async function withBonus() {
  const w = await networkHelpers.loadFixture(withContributions);
  await purchase(w, w.alice);
  await w.stelai.connect(w.alice).approve(w.meter.target, MaxUint256);
  await w.rewards.connect(w.campaigner).setTrusted(w.dave.address, true);
  await grantTo(w, w.alice.address, credits("50"));
  return w;
}

export type RewardsWorld = Awaited<ReturnType<typeof withBuyers>>;
export type CampaignWorld = Awaited<ReturnType<typeof withPromotion>>;
type Books = Pick<World, "rewards" | "stelai" | "store" | "usdc">;
type Issuer = Pick<World, "rewards" | "usdc" | "store" | "campaigner" | "chainId">;

/** Buys packages for oneself, or as `overrides` say. */
export async function purchase(
  w: Pick<World, "store">,
  buyer: Signer,
  overrides: { referrer?: string; recipient?: string; packageId?: bigint; quantity?: bigint } = {},
) {
  const recipient = await buyer.getAddress();
  const order = { packageId: 1n, quantity: 1n, recipient, referrer: ZeroAddress, maxPrice: MaxUint256, ...overrides };
  return w.store.connect(buyer).buy(order);
}

/** What a sale's margin buys at the floor, in wei. */
export function marginOf(packageId: bigint, quantity = 1n): bigint {
  const table = PACKAGES[Number(packageId) - 1];
  if (!table) throw new Error("no such package");
  return ((table.price * 10n ** 18n) / FLOOR - table.credits) * quantity;
}

/** A promotion that is open for 30 days from now. */
export async function newCampaign(signer: string, overrides: Record<string, unknown> = {}) {
  const now = await time.latest();
  return {
    source: Source.Promotion,
    signer,
    start: now,
    end: now + 30 * DAY,
    perAccount: credits("50"),
    daily: credits("100"),
    uri: "ipfs://what it is for",
    ...overrides,
  };
}

/** Starts a campaign and buys its budget. */
export async function startFunded(
  w: Issuer,
  overrides: Record<string, unknown> & { signer: string },
  budget = credits("1000"),
): Promise<bigint> {
  const rewards = w.rewards.connect(w.campaigner);
  await rewards.startCampaign(await newCampaign(overrides.signer, overrides));
  const campaignId: bigint = await rewards.campaignCount();
  if (budget !== 0n) await rewards.fundCampaign(campaignId, budget, MaxUint256);
  return campaignId;
}

/** The EIP-712 domain under which campaigns sign. */
export function rewardsDomain(w: Pick<World, "rewards" | "chainId">) {
  return { name: "Stelai Rewards", version: "1", chainId: w.chainId, verifyingContract: String(w.rewards.target) };
}

type Domain = ReturnType<typeof rewardsDomain>;

/** A code's key redeems for an account. */
export function signRedemption(
  w: Pick<World, "rewards" | "chainId">,
  key: Signer,
  fields: { campaignId: bigint; account: string; domain?: Partial<Domain> },
) {
  const { domain, ...values } = fields;
  const types = {
    Redemption: [
      { name: "campaignId", type: "uint256" },
      { name: "account", type: "address" },
    ],
  };
  return key.signTypedData({ ...rewardsDomain(w), ...domain }, types, values);
}

export type Grant = { campaignId: bigint; account: string; amount: bigint; deed: string; deadline: bigint };

/** A grant of 10 credits, good for long. */
export function grantOf(account: string, overrides: Partial<Grant> = {}): Grant {
  return { campaignId: 1n, account, amount: credits("10"), deed: id("a deed"), deadline: 2n ** 40n, ...overrides };
}

/** A campaign's signer vouches for a deed. */
export function signGrant(
  w: Pick<World, "rewards" | "chainId">,
  key: Signer,
  grant: Grant,
  domain: Partial<Domain> = {},
) {
  const types = {
    Grant: [
      { name: "campaignId", type: "uint256" },
      { name: "account", type: "address" },
      { name: "amount", type: "uint256" },
      { name: "deed", type: "bytes32" },
      { name: "deadline", type: "uint256" },
    ],
  };
  return key.signTypedData({ ...rewardsDomain(w), ...domain }, types, grant);
}

let deeds = 0;

/** Grants an account a bonus for a deed that nobody did before. */
export async function grantTo(
  w: Pick<World, "rewards" | "chainId"> & { key: Signer; campaignId: bigint },
  account: string,
  amount: bigint,
) {
  const grant = grantOf(account, { campaignId: w.campaignId, amount, deed: id(`deed ${deeds++}`) });
  return w.rewards.claimGrant(grant, await signGrant(w, w.key, grant));
}

/** What an account can spend now. */
export async function bonusOf(w: Pick<World, "rewards">, account: { address: string }): Promise<bigint> {
  return (await w.rewards.bonusOf(account.address)).balance;
}

/** When it lapses. */
export async function lapseOf(w: Pick<World, "rewards">, account: { address: string }): Promise<bigint> {
  return (await w.rewards.bonusOf(account.address)).lapsesAt;
}

/** The reserve covers the floor of every credit there is. */
export async function expectSolvent(w: Pick<World, "store" | "stelai" | "usdc">): Promise<void> {
  const reserve: bigint = await w.usdc.balanceOf(w.store.target);
  const supply: bigint = await w.stelai.totalSupply();
  expect(reserve * 10n ** 18n >= FLOOR * supply, `${reserve} for ${supply}`).to.equal(true);
}

/** Every bonus of these accounts and every budget is held, to the wei, and all is backed. */
export async function expectHeld(w: Books, accounts: { address: string }[], lapsed = 0n): Promise<void> {
  let owed = lapsed;
  for (const account of accounts) owed += await bonusOf(w, account);
  const count: bigint = await w.rewards.campaignCount();
  for (let i = 1n; i <= count; i++) owed += (await w.rewards.campaignOf(i)).budget;
  expect(await w.stelai.balanceOf(w.rewards.target), "held for bonus and budgets").to.equal(owed);
  await expectSolvent(w);
}
