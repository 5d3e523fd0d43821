import { AbiCoder, MaxUint256, type Signer } from "ethers";
import { credits, networkHelpers, TERMS, withCharacter } from "../../fixtures.ts";

const { loadFixture, time } = networkHelpers;

export const DAY = 86_400n;
export const MONTH = 30n * DAY;
export const YEAR = 365n * DAY;
/** How long after its end a period can be renewed. */
export const LAPSE = 14n * DAY;
/** What a month is bought for. */
export const { lifetime: LIFETIME_PRICE, monthly: MONTHLY_PRICE, annual: ANNUAL_PRICE } = TERMS;
/** What vests a day. */
export const MONTHLY_RATE = MONTHLY_PRICE / 30n;
export const ANNUAL_RATE = ANNUAL_PRICE / 365n;

export const PLAN = { lifetime: 0n, monthly: 1n, annual: 2n };

/** `RenewalStatus` by name. */
export const STATUS = {
  due: 0n,
  notDue: 1n,
  notRenewing: 2n,
  lapsed: 3n,
  paused: 4n,
  suspended: 5n,
  notAllowed: 6n,
  notOffered: 7n,
  priceAboveMandate: 8n,
  balanceTooLow: 9n,
  allowanceTooLow: 10n,
};

/** Microcredits in wei of $STELAI. */
export const wei = (microcredits: bigint) => microcredits * 10n ** 12n;

/** {@link withCharacter} at noon of a UTC day; Alice, Carol and Dave have credits and let the passes take them. */
export async function withPasses() {
  const w = await loadFixture(withCharacter);
  for (const person of [w.carol, w.dave]) await w.stelai.connect(w.alice).transfer(person.address, credits("1000"));
  for (const person of [w.alice, w.carol, w.dave]) {
    await w.stelai.connect(person).approve(w.access.target, MaxUint256);
  }
  const noon = (BigInt(await time.latest()) / DAY + 2n) * DAY + DAY / 2n;
  await time.increaseTo(noon);
  const passOf = async (account: { address: string }) => w.access.accessOf(w.characterId, account.address);
  const idOf = (account: { address: string }) => ({ characterId: w.characterId, account: account.address });
  return { ...w, creator: w.bob, holder: w.alice, friend: w.carol, stranger: w.dave, noon, passOf, idOf };
}

/**
 * {@link withPasses}; Alice subscribed at noon by the month, to be renewed at the same price. Not a fixture of its own,
 * nor is {@link withYear}: the snapshots of two that share a parent outlive each other in name only.
 */
export async function withMonth() {
  const w = await loadFixture(withPasses);
  const start = w.noon + 1n;
  await at(start);
  await w.access.connect(w.holder).subscribe(w.characterId, PLAN.monthly, MONTHLY_PRICE, true, "0x");
  return { ...w, start, until: start + MONTH };
}

/** {@link withPasses}; Alice subscribed at noon by the year, to be renewed at the same price. */
export async function withYear() {
  const w = await loadFixture(withPasses);
  const start = w.noon + 1n;
  await at(start);
  await w.access.connect(w.holder).subscribe(w.characterId, PLAN.annual, ANNUAL_PRICE, true, "0x");
  return { ...w, start, until: start + YEAR };
}

export type PassWorld = Awaited<ReturnType<typeof withPasses>>;

/** The next transaction's block has this time. */
export async function at(timestamp: bigint): Promise<void> {
  await time.setNextBlockTimestamp(timestamp);
}

/** Midnight of the UTC day `days` after the one of `timestamp`. */
export function midnight(timestamp: bigint, days: bigint): bigint {
  return (timestamp / DAY + days) * DAY;
}

/** What {@link withPasses} sells changes; what is not given stays as it was first. */
export async function setTerms(w: PassWorld, terms: Partial<typeof TERMS>): Promise<void> {
  await w.characters.connect(w.creator).setTerms(w.characterId, { ...TERMS, ...terms });
}

/** The moderator suspends, or restores, what {@link withPasses} sells. */
export async function suspend(w: PassWorld, suspended = true): Promise<void> {
  await w.characters.connect(w.moderator).setSuspended(w.characterId, suspended, "reported");
}

/** The admin resumes sales, after the delay that an admin has. */
export async function unpause(w: PassWorld): Promise<void> {
  const data = w.access.interface.encodeFunctionData("unpause");
  await w.manager.connect(w.admin).schedule(w.access.target, data, 0n);
  await time.increase(2n * DAY);
  await w.manager.connect(w.admin).execute(w.access.target, data);
}

export interface Purchase {
  readonly characterId: bigint;
  readonly account: string;
  readonly plan: bigint;
  readonly maxPrice: bigint;
  readonly renews: boolean;
  readonly replaces: boolean;
  readonly invite: string;
}

/** A month for Alice, once, at its price. */
export function purchaseOf(w: PassWorld, overrides: Partial<Purchase> = {}): Purchase {
  return {
    characterId: w.characterId,
    account: w.holder.address,
    plan: PLAN.monthly,
    maxPrice: MONTHLY_PRICE,
    renews: false,
    replaces: false,
    invite: "0x",
    ...overrides,
  };
}

const PURCHASE =
  "tuple(uint256 characterId,address account,uint8 plan,uint40 maxPrice,bool renews,bool replaces,bytes invite)";

/** A purchase as the data of an ERC-1363 transfer or approval. */
export function encodePurchase(purchase: Purchase): string {
  return AbiCoder.defaultAbiCoder().encode([PURCHASE], [purchase]);
}

/** The payer's own `transferAndCall` to the passes, in microcredits. */
export async function transferAndBuy(w: PassWorld, payer: Signer, amount: bigint, purchase: Purchase) {
  const call = w.stelai.connect(payer).getFunction("transferAndCall(address,uint256,bytes)");
  return call(w.access.target, wei(amount), encodePurchase(purchase));
}

/** The payer's own `approveAndCall` to the passes, in microcredits. */
export async function approveAndBuy(w: PassWorld, payer: Signer, amount: bigint, purchase: Purchase) {
  const call = w.stelai.connect(payer).getFunction("approveAndCall(address,uint256,bytes)");
  return call(w.access.target, wei(amount), encodePurchase(purchase));
}
