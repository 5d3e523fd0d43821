/** What people do: one act of one person, sent as their own transactions. */
import { MaxUint256, ZeroAddress, ZeroHash } from "ethers";
import type { Dice, Person } from "./people.ts";
import { CREDIT, DAY, DOLLAR, MICROCREDIT, type Town } from "./town.ts";

const TAB_LIFE = 7n * BigInt(DAY);
const PLANS = 3;
const TOP_UP = { threshold: 400n * CREDIT, credits: 1_000n * CREDIT, maxPrice: 10n * DOLLAR, cap: 20n * DOLLAR };
const NO_SHARES: unknown[] = [];

export type Acts = ReturnType<typeof actsIn>;

/** @param operator Who serves every tab. */
export function actsIn(town: Town, operator: string, dice: Dice) {
  const paidOf = (account: string) => town.ask<bigint>("Stelai", "balanceOf", account);
  const bonusOf = async (account: string) => (await town.ask<[bigint, bigint]>("Rewards", "bonusOf", account))[0];
  const dollarsOf = (account: string) => town.ask<bigint>("Reserve", "balanceOf", account);

  /** Buys so many of the package at a place of the table, if they can pay for it. */
  async function buy(buyer: Person, index: number, quantity: bigint): Promise<void> {
    const [firstId, table] = await town.ask<[bigint, { price: bigint }[]]>("CreditStore", "packages");
    const price = (table[index]?.price ?? 0n) * quantity;
    if (price > (await dollarsOf(buyer.address))) return;
    const referrer = buyer.referrer ?? ZeroAddress;
    const order = [firstId + BigInt(index), quantity, buyer.address, referrer, price];
    await town.send(buyer.address, "CreditStore", "buy", [order]);
  }

  /** Publishes a character that earns for its owner. */
  async function publish(owner: Person): Promise<void> {
    const terms = [0n, 0n, 0n, 1_000n, 2_000n];
    const creation = [0, 0, BigInt(owner.address), ZeroHash, "ipfs://card", terms, [operator], NO_SHARES];
    await town.send(owner.address, "Characters", "create", [creation]);
  }

  /** Opens a tab of `cap` microcredits, as much of it as there is out of the bonus. */
  async function open(payer: Person, cap: bigint, now: number): Promise<void> {
    const bonus = (await bonusOf(payer.address)) / MICROCREDIT;
    const part = bonus < cap ? bonus : cap;
    const paid = (await paidOf(payer.address)) / MICROCREDIT;
    if (cap - part > paid) return;
    const opening = [operator, payer.session.address, cap, BigInt(now) + TAB_LIFE];
    if (part === 0n) await town.send(payer.address, "InferenceMeter", "open", [opening]);
    else await town.send(payer.address, "InferenceMeter", "openWithBonus", [opening, part]);
  }

  /** A visit of an honest user. */
  async function visit(user: Person, characters: readonly bigint[], now: number): Promise<bigint | null> {
    const { tab } = user;
    if (tab?.closesAt != null) {
      if (now > tab.closesAt) await town.send(user.address, "InferenceMeter", "reclaim", [operator, tab.tabId]);
      return null;
    }
    if (tab !== null) {
      const left = tab.cap - tab.settled - tab.pending;
      if (tab.pending !== 0n || left < 2_000_000n || dice.chance(0.05)) {
        const isRound = tab.pending === 0n;
        if (isRound) await town.send(user.address, "InferenceMeter", "requestClose", [operator, tab.tabId]);
        return null;
      }
      const amount = BigInt(1 + dice.below(15)) * 1_000_000n;
      tab.pending = amount < left ? amount : left;
      return dice.of(characters);
    }
    if (dice.chance(0.03)) return redeemSome(user);
    const balance = await paidOf(user.address);
    if (balance >= 60n * CREDIT) {
      await open(user, BigInt(20 + dice.below(40)) * 1_000_000n, now);
      return null;
    }
    const wish = dice.below(10);
    if (wish < 2 && !user.subscribed) {
      const planId = 1 + dice.below(PLANS);
      const { price } = await town.ask<{ price: bigint }>("CreditPlans", "planOf", planId);
      if (price > (await dollarsOf(user.address))) return null;
      const values = [planId, price, price, user.referrer ?? ZeroAddress];
      await town.send(user.address, "CreditPlans", "subscribe", values);
    } else if (wish < 5) {
      await buy(user, 3, BigInt(60 + dice.below(300)));
    } else {
      await buy(user, dice.chance(0.1) ? 1 : 0, 1n);
    }
    if (!user.toppedUp && dice.chance(0.4)) {
      user.toppedUp = true;
      await town.send(user.address, "CreditPlans", "setTopUp", [Object.values(TOP_UP)]);
    }
    return null;
  }

  /** Changes what a subscriber agreed to: another plan, nothing any more, or a higher price. */
  async function reconsider(user: Person): Promise<void> {
    const planId = 1 + dice.below(PLANS);
    const { price } = await town.ask<{ price: bigint }>("CreditPlans", "planOf", planId);
    const wish = dice.below(3);
    if (wish === 0) await town.send(user.address, "CreditPlans", "upgrade", [planId, price, price]);
    else if (wish === 1) await town.send(user.address, "CreditPlans", "setRenewal", [planId, price]);
    else await town.send(user.address, "CreditPlans", "cancel", []);
  }

  async function redeemSome(user: Person): Promise<null> {
    const balance = await paidOf(user.address);
    const part = (balance * BigInt(1 + dice.below(100))) / 100n;
    if (part !== 0n) await town.send(user.address, "CreditStore", "redeem", [part, user.address, 0n]);
    return null;
  }

  /** An attacker's round: buy, turn what was paid for back into dollars, spend the bonus on the accomplice. */
  async function scheme(attacker: Person, now: number, buys: boolean): Promise<bigint | null> {
    const { tab } = attacker;
    if (tab !== null) {
      if (tab.pending !== 0n || tab.settled === tab.cap) return null;
      tab.pending = tab.cap - tab.settled;
      return attacker.accomplice?.characterId ?? null;
    }
    const balance = await paidOf(attacker.address);
    if (balance !== 0n) await town.send(attacker.address, "CreditStore", "redeem", [balance, attacker.address, 0n]);
    const bonus = (await bonusOf(attacker.address)) / MICROCREDIT;
    if (bonus >= 1_000_000n) await open(attacker, bonus, now);
    else if (buys) await buy(attacker, dice.below(3), 1n);
    return null;
  }

  /** Turns what a character earned into dollars. */
  async function cashOut(creator: Person): Promise<void> {
    if ((await town.ask<bigint>("Payouts", "claimable", creator.address)) === 0n) return;
    await town.send(creator.address, "Payouts", "claimAndRedeem", [[], creator.address, 0n]);
  }

  /** What nobody may do: each must be refused. */
  async function vandalise(vandal: Person, victim: Person): Promise<void> {
    const { address } = vandal;
    const amount = CREDIT;
    const [name, method, values] = dice.of([
      ["Rewards", "draw", [victim.address, operator, amount]],
      ["Rewards", "restore", [address, amount]],
      ["Rewards", "recordPurchase", [address, address, address, amount, amount]],
      ["CreditStore", "sell", [victim.address, address, address, amount, DOLLAR, true]],
      ["CreditStore", "sellAtFloor", [victim.address, amount, MaxUint256]],
      ["CreditStore", "redeem", [amount, address, 0n]],
      ["Stelai", "mint", [address, amount]],
      ["Stelai", "burn", [victim.address, amount]],
      ["Rewards", "startCampaign", [[2, address, 0n, 2n ** 40n, amount, amount, ""]]],
      ["Rewards", "stopCampaign", [1n]],
      ["Rewards", "setTrusted", [address, true]],
      ["CreditPlans", "setPlanPrice", [1n, 1n]],
      ["CreditPlans", "topUp", [victim.address, 99n, 1n]],
      ["InferenceMeter", "openWithBonus", [[operator, address, 1_000_000n, 2n ** 40n], 1_000_000n]],
      ["Rewards", "redeemCode", [1n, address, `0x${"11".repeat(65)}`]],
    ] as const);
    await town.send(address, name, method, values, true);
  }

  return { publish, visit, reconsider, scheme, cashOut, vandalise, buy, paidOf, bonusOf, dollarsOf };
}
