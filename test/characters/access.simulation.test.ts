import { expect } from "chai";
import { AbiCoder, getAddress, id, MaxUint256, ZeroAddress } from "ethers";
import { network } from "hardhat";
import { deploy } from "../../scripts/deploy/deploy.ts";
import { typed } from "../contracts.ts";
import { creationOf, credits, parametersOf, usd } from "../fixtures.ts";
import {
  agree,
  type Book,
  buy,
  cancel,
  harvest,
  holdingOf,
  newBook,
  type Plan,
  renew,
  standing,
} from "./helpers/books.ts";
import { crowd, random, type Sent } from "./helpers/simulation.ts";

const SEED = Number(process.env.SIMULATION_SEED ?? 3);
const DAY = 86_400;
const CHARACTERS = 8;
const SUBSCRIBERS = 200;
const SUBSCRIPTIONS = 1_000;
const DAYS = 365;
const ACTS_A_DAY = 14;
/** Renewals in a transaction. */
const BATCH = 40;
const PURSE = credits("2000");
const PRICES = { lifetime: 20_000_003n, monthly: 5_000_000n, annual: 48_000_001n };
const PLAN: Record<Plan, number> = { lifetime: 0, monthly: 1, annual: 2 };
const PURCHASE =
  "tuple(uint256 characterId,address account,uint8 plan,uint40 maxPrice,bool renews,bool replaces,bytes invite)";

const wei = (microcredits: bigint) => microcredits * 10n ** 12n;
const people = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => getAddress(`0x${id(`${name} ${i}`).slice(-40)}`));

/** A chain of its own: subscribers with 2,000 credits each, and three creators of eight characters. */
async function start(dice: ReturnType<typeof random>) {
  const connection = await network.create({ override: { mining: { auto: true, mempool: { order: "fifo" } } } });
  const { ethers, networkHelpers } = connection;
  const parameters = await parametersOf();
  const { contracts } = await deploy(connection, parameters);
  const at = (name: string, address: string) => ethers.getContractAt(name, address);
  const stelai = typed("Stelai", await at("Stelai", contracts.Stelai));
  const store = typed("CreditStore", await at("CreditStore", contracts.CreditStore));
  const usdc = typed("TestUSDC", await at("TestUSDC", contracts.Reserve));
  const characters = typed("Characters", await at("Characters", contracts.Characters));
  const access = typed("CharacterAccess", await at("CharacterAccess", contracts.CharacterAccess));
  const payouts = typed("Payouts", await at("Payouts", contracts.Payouts));

  const [subscribers, creators, moderator] = [
    people("subscriber", SUBSCRIBERS),
    people("creator", 3),
    parameters.holders.moderator ?? "",
  ];
  const chain = crowd(connection);
  await chain.admit([...subscribers, ...creators, moderator]);
  const [buyer] = await ethers.getSigners();
  if (!buyer) throw new Error("The chain has no account.");
  await usdc.mint(buyer.address, usd("100000"));
  await usdc.approve(store.target, MaxUint256);
  const quantity = (PURSE * BigInt(SUBSCRIBERS)) / credits("5000");
  const order = { packageId: 3n, quantity, recipient: buyer.address, referrer: ZeroAddress, maxPrice: usd("100000") };
  await store.buy(order);
  const approve = stelai.interface.encodeFunctionData("approve", [access.target, MaxUint256]);
  for (const subscriber of subscribers) {
    await stelai.transfer(subscriber, PURSE);
    await chain.send(subscriber, stelai.target, approve);
  }
  const books = new Map<bigint, Book>();
  for (let i = 1n; i <= CHARACTERS; i++) {
    const owner = dice.of(creators);
    const creation = creationOf({ payee: BigInt(owner), terms: { ...PRICES, perInference: 0n, perUnit: 0n } });
    await chain.send(owner, characters.target, characters.interface.encodeFunctionData("create", [creation]));
    books.set(i, newBook(PRICES, owner));
  }
  const begin = (Math.floor((await networkHelpers.time.latest()) / DAY) + 1) * DAY;
  await chain.setAutomine(false);
  return { connection, chain, stelai, characters, access, payouts, subscribers, creators, moderator, books, begin };
}

/** A year of what people do, each act sent to the chain and entered in the books at once. */
class Year {
  readonly sent: Sent[] = [];
  /** What each account parted with, what each payee earned: microcredits. */
  readonly spent = new Map<string, bigint>();
  readonly earned = new Map<string, bigint>();
  readonly owners = new Map<bigint, string>();
  /** Who lets nobody take anything for now. */
  readonly closed = new Set<string>();
  subscriptions = 0;
  renewals = 0;
  time = 0;

  private readonly w: Awaited<ReturnType<typeof start>>;
  private readonly dice: ReturnType<typeof random>;

  constructor(w: Awaited<ReturnType<typeof start>>, dice: ReturnType<typeof random>) {
    this.w = w;
    this.dice = dice;
    for (const [characterId, { payee }] of w.books) this.owners.set(characterId, payee);
  }

  /** One act of anyone's, most of them purchases until there were enough. */
  async act() {
    const { dice, w } = this;
    const characterId = BigInt(1 + dice.below(CHARACTERS));
    const account = dice.of(w.subscribers);
    const roll = dice.below(100);
    if (roll < 50) return this.purchase(characterId, account, account, dice.of(["monthly", "annual"]), false);
    if (roll < 56) return this.purchase(characterId, account, dice.of(w.subscribers), this.anyPlan(), false);
    if (roll < 62) return this.purchase(characterId, account, account, this.anyPlan(), true);
    if (roll < 71) return this.cancelNow(...this.anyHolding(characterId, account));
    if (roll < 76) return this.agree(...this.anyHolding(characterId, account));
    if (roll < 83) return this.harvest(characterId, dice.of(w.subscribers));
    if (roll < 87) return this.reprice(characterId);
    if (roll < 90) return this.suspend(characterId);
    if (roll < 93) return this.changePayee(characterId);
    if (roll < 95) return this.transfer(characterId);
    return this.toggleAllowance(account);
  }

  /** Everything that may be due, in batches; each that is due in the books, and no other, is charged. */
  async renewAll() {
    const ids: { characterId: bigint; account: string }[] = [];
    for (const [characterId, book] of this.w.books) {
      for (const [account, { mandate, until }] of book.holdings) {
        if (mandate === 0n || until > this.time + DAY || until < this.time - 15 * DAY) continue;
        ids.push({ characterId, account });
        const price = renew(book, account, this.closed.has(account) ? 0n : this.purse(account), this.time);
        if (price === undefined) continue;
        this.add(this.spent, account, price);
        this.renewals++;
      }
    }
    for (let from = 0; from < ids.length; from += BATCH) {
      await this.send(this.dice.of(this.w.subscribers), "renew", [ids.slice(from, from + BATCH)], true, 8_000_000);
    }
  }

  async mine() {
    await this.w.chain.mine(this.time, this.sent.splice(0));
  }

  /** The chain's books are these, to the microcredit. */
  async compare() {
    const { access, stelai, books } = this.w;
    let held = 0n;
    for (const [characterId, book] of books) {
      const { vested, toCome } = standing(book, this.time);
      expect(await access.harvestable(characterId), `vested of ${characterId}`).to.equal(vested);
      held += vested + toCome;
    }
    expect(await stelai.balanceOf(access.target), "held").to.equal(wei(held));
  }

  /** So are everybody's balances. */
  async compareBalances() {
    const { payouts, stelai, creators, subscribers } = this.w;
    for (const account of subscribers) {
      expect(await stelai.balanceOf(account), account).to.equal(PURSE - wei(this.spent.get(account) ?? 0n));
    }
    for (const creator of creators) {
      const gross = wei(this.earned.get(creator) ?? 0n);
      expect(await payouts.claimable(creator), creator).to.equal(gross - gross / 10n);
    }
  }

  async harvest(characterId: bigint, sender: string) {
    const book = this.book(characterId);
    await this.send(sender, "harvest", [characterId, 10_000n], true, 5_000_000);
    this.add(this.earned, book.payee, harvest(book, this.time));
  }

  async cancelNow(characterId: bigint, account: string) {
    const book = this.book(characterId);
    const isHeld = holdingOf(book, account).until !== 0;
    await this.send(account, "cancelNow", [characterId, 0n], isHeld);
    if (isHeld) this.add(this.spent, account, -cancel(book, account, this.time));
  }

  private async purchase(characterId: bigint, account: string, payer: string, plan: Plan, replaces: boolean) {
    if (account === payer && !replaces && this.subscriptions === SUBSCRIPTIONS) return;
    if (this.closed.has(payer) || (account !== payer && replaces)) return;
    const book = this.book(characterId);
    const price = book.prices[plan];
    const renews = account === payer && plan !== "lifetime" && this.dice.chance(0.7);
    if (this.purse(payer) < 2n * price) return;
    const paid = buy(book, { account, payer, plan, renews, replaces }, this.time);
    const purchase = { characterId, account, plan: PLAN[plan], maxPrice: price, renews, replaces, invite: "0x" };
    const data = AbiCoder.defaultAbiCoder().encode([PURCHASE], [purchase]);
    const { access, chain, stelai } = this.w;
    const [way, amount] = this.dice.chance(0.5)
      ? ["approveAndCall(address,uint256,bytes)", MaxUint256]
      : ["transferAndCall(address,uint256,bytes)", wei(price + BigInt(this.dice.below(1_000)))];
    const call = stelai.interface.encodeFunctionData(way, [access.target, amount, data]);
    const hash = await chain.send(payer, stelai.target, call);
    this.sent.push({
      hash,
      what: `${way} ${JSON.stringify({ ...purchase, characterId: 0, maxPrice: 0 })}`,
      goesThrough: paid !== undefined,
    });
    if (paid === undefined) return;
    this.add(this.spent, payer, paid);
    if (account === payer && !replaces) this.subscriptions++;
  }

  private async agree(characterId: bigint, account: string) {
    const plan = this.dice.of<Plan>(["monthly", "annual"]);
    const mandate = this.dice.of([0n, PRICES.monthly, PRICES.annual, 2n * PRICES.annual]);
    const goesThrough = agree(this.book(characterId), account, plan, mandate, this.time);
    await this.send(account, "setRenewal", [characterId, PLAN[plan], mandate], goesThrough);
  }

  private async reprice(characterId: bigint) {
    const { dice } = this;
    const prices = {
      lifetime: dice.of([0n, 15_000_000n, 25_000_007n]),
      monthly: dice.of([0n, 29n, 3_333_333n, PRICES.monthly, PRICES.monthly, 7_000_001n, 30_000_000n]),
      annual: dice.of([0n, 364n, 29_999_999n, PRICES.annual, PRICES.annual, 60_000_000n]),
    };
    this.book(characterId).prices = prices;
    const terms = { ...prices, perInference: 0n, perUnit: 0n };
    await this.own(characterId, "setTerms", [characterId, terms]);
  }

  private async suspend(characterId: bigint) {
    const book = this.book(characterId);
    book.suspended = this.dice.chance(0.3);
    const { characters, chain, moderator } = this.w;
    const call = characters.interface.encodeFunctionData("setSuspended", [characterId, book.suspended, "reported"]);
    const hash = await chain.send(moderator, characters.target, call);
    this.sent.push({ hash, what: "setSuspended", goesThrough: true });
  }

  private async changePayee(characterId: bigint) {
    const book = this.book(characterId);
    const payee = this.dice.of(this.w.creators);
    await this.own(characterId, "setPayee", [characterId, BigInt(payee)]);
    this.add(this.earned, book.payee, harvest(book, this.time));
    book.payee = payee;
  }

  private async transfer(characterId: bigint) {
    const book = this.book(characterId);
    const owner = this.owners.get(characterId) ?? "";
    const to = this.dice.of(this.w.creators);
    await this.own(characterId, "transferFrom", [owner, to, characterId]);
    if (to === owner) return;
    this.add(this.earned, book.payee, harvest(book, this.time));
    book.payee = to;
    this.owners.set(characterId, to);
  }

  private async toggleAllowance(account: string) {
    const { access, chain, stelai } = this.w;
    const isClosed = !this.closed.delete(account) && this.dice.chance(0.3);
    if (isClosed) this.closed.add(account);
    const call = stelai.interface.encodeFunctionData("approve", [access.target, isClosed ? 0n : MaxUint256]);
    this.sent.push({ hash: await chain.send(account, stelai.target, call), what: "approve", goesThrough: true });
  }

  /** A call to the passes. */
  private async send(from: string, name: string, args: unknown[], goesThrough: boolean, gas?: number) {
    const { access, chain } = this.w;
    const hash = await chain.send(from, access.target, access.interface.encodeFunctionData(name, args), gas);
    this.sent.push({ hash, what: name, goesThrough });
  }

  /** A call of a character's owner. */
  private async own(characterId: bigint, name: string, args: unknown[]) {
    const { characters, chain } = this.w;
    const call = characters.interface.encodeFunctionData(name, args);
    const hash = await chain.send(this.owners.get(characterId) ?? "", characters.target, call, 5_000_000);
    this.sent.push({ hash, what: name, goesThrough: true });
  }

  private anyPlan(): Plan {
    return this.dice.of<Plan>(["lifetime", "monthly", "monthly", "annual", "annual"]);
  }

  /** Mostly somebody who holds a pass. */
  private anyHolding(characterId: bigint, account: string): [bigint, string] {
    const holders = [...this.book(characterId).holdings.keys()];
    return [characterId, holders.length > 0 && this.dice.chance(0.9) ? this.dice.of(holders) : account];
  }

  private purse(account: string): bigint {
    return PURSE / 10n ** 12n - (this.spent.get(account) ?? 0n);
  }

  private book(characterId: bigint): Book {
    const book = this.w.books.get(characterId);
    if (!book) throw new Error(`no character ${characterId}`);
    return book;
  }

  private add(ledger: Map<string, bigint>, key: string, amount: bigint) {
    ledger.set(key, (ledger.get(key) ?? 0n) + amount);
  }
}

describe("CharacterAccess over a year", () => {
  it(`keeps the books of 1,000 subscriptions to the microcredit, by seed ${SEED}`, async function () {
    this.timeout(600_000);
    const dice = random(SEED);
    const w = await start(dice);
    try {
      const year = new Year(w, dice);
      for (let day = 0; day < DAYS; day++) {
        // Twice a day, at any second of the half: what people do, and what a keeper does.
        year.time = w.begin + day * DAY + dice.below(DAY / 2);
        for (let i = 0; i < ACTS_A_DAY; i++) await year.act();
        await year.mine();
        year.time = w.begin + day * DAY + DAY / 2 + dice.below(DAY / 2);
        await year.renewAll();
        await year.mine();
        if (day % 5 === 4) await year.compare();
        if (day % 73 === 72) await year.compareBalances();
      }
      expect(year.subscriptions, "subscriptions").to.equal(SUBSCRIPTIONS);
      expect(year.renewals, "renewals").to.be.greaterThan(250);

      // Some end what they have, the rest runs out; in the end nothing is anyone's but the payees'.
      year.time = w.begin + DAYS * DAY;
      for (const account of w.subscribers.slice(0, SUBSCRIBERS / 2)) {
        for (const characterId of w.books.keys()) await year.cancelNow(characterId, account);
        await year.mine();
        year.time += 1;
      }
      year.time += 6 * 365 * DAY;
      for (const characterId of w.books.keys()) await year.harvest(characterId, w.moderator);
      await year.mine();
      await year.compareBalances();
      expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
    } finally {
      await w.connection.close();
    }
  });
});
