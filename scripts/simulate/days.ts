/** The days of the simulation: who acts when, and what the operator, the keepers and the treasury do each day. */
import { MaxUint256 } from "ethers";
import { meterDomain, packRow, signVoucher, voucherOf } from "../../test/metering/helpers/vouchers.ts";
import { actsIn } from "./acts.ts";
import { openBooks } from "./books.ts";
import { campaignsIn } from "./campaigns.ts";
import { type Dice, type Person, populate } from "./people.ts";
import { CREDIT, DAY, DOLLAR, type Mined, personOf, settleTown } from "./town.ts";

export type Options = { users: number; days: number; dice: Dice; say?: (text: string) => void };
export type Simulation = Awaited<ReturnType<typeof simulate>>;

const ROUNDS_A_DAY = 2;
const ROWS = 100;
const RENEWALS = 50;
const PURSE = 300n;
/** Seconds from a request to close until the tab can be reclaimed: the thaw, and a whole unit of an expiry. */
const CLOSING = 28 * 3_600 + 1;
const MODELS = ["user", "creator"];

/** Lives through all days, then turns everything that can be into dollars. @throws {BrokenPromiseError} */
export async function simulate({ users: count, days, dice, say = () => {} }: Options) {
  const town = await settleTown();
  try {
    const people = populate(count, days, dice);
    const of = (...groups: string[]) => people.filter(({ group }) => groups.includes(group));
    const byAddress = new Map(people.map((person) => [person.address, person]));
    const operator = personOf("operator");
    const keeper = personOf("keeper");
    const honest = new Set(of(...MODELS).map(({ address }) => address));
    const books = openBooks(town, honest);
    const acts = actsIn(town, operator, dice);
    const campaigns = campaignsIn(town, Math.ceil(days / 2));
    const domain = meterDomain(town.address("InferenceMeter") ?? "", town.chainId);
    const arrived = (day: number, ...groups: string[]) => of(...groups).filter(({ arrives }) => arrives <= day);
    const begin = (Math.floor(town.start / DAY) + 1) * DAY;
    let now = begin;

    /** Mines what waits, enters it into the books, and tells people what became of their tabs. */
    async function turn(seconds: number): Promise<Mined> {
      now += seconds;
      const mined = await town.mine(now);
      await books.enter(mined);
      for (const log of mined.logs) {
        if (log.address.toLowerCase() === town.address("Characters")?.toLowerCase()) {
          const made = town.interfaces.Characters.parseLog(log);
          const owner = made?.name === "CharacterCreated" ? byAddress.get(made.args.creator) : undefined;
          if (owner) owner.characterId = made?.args.characterId;
        }
        if (log.address.toLowerCase() !== town.address("InferenceMeter")?.toLowerCase()) continue;
        const event = town.interfaces.InferenceMeter.parseLog(log);
        const person = byAddress.get(event?.args.payer);
        if (event?.name === "TabOpened" && person) {
          const { tabId, cap } = event.args;
          person.tab = { tabId, cap, settled: 0n, pending: 0n, closesAt: null };
        } else if (event?.name === "TabCloseRequested") {
          const closing = people.find(({ tab }) => tab?.tabId === event.args.tabId);
          if (closing?.tab) closing.tab.closesAt = now + CLOSING;
        } else if (event?.name === "TabClosed" && person) {
          person.tab = null;
        }
      }
      for (const { what, ok, from } of mined.sent) {
        const person = byAddress.get(from);
        if (person && ok && what === "CreditPlans.subscribe") person.subscribed = true;
        if (person && ok && what === "Rewards.redeemCode") person.redeemed = true;
      }
      return mined;
    }

    /** Settles what people have spent since the last time: the operator's batches. */
    async function settle(): Promise<void> {
      const spent = people.filter(({ tab }) => tab !== null && tab.pending !== 0n && lines.has(tab.tabId));
      for (let first = 0; first < spent.length; first += ROWS) {
        const rows: string[] = [];
        for (const { tab, session } of spent.slice(first, first + ROWS)) {
          if (tab === null) continue;
          const line = { character: lines.get(tab.tabId) ?? 0n, amount: tab.pending };
          const voucher = voucherOf({ operator, tabId: tab.tabId, base: tab.settled, lines: [line] });
          rows.push(packRow(voucher, await signVoucher(domain, session, voucher)));
          tab.settled += tab.pending;
          tab.pending = 0n;
          lines.delete(tab.tabId);
        }
        await town.send(operator, "InferenceMeter", "settle", [`0x${rows.map((row) => row.slice(2)).join("")}`]);
      }
    }
    /** What character a tab's pending spending is for. */
    const lines = new Map<bigint, bigint>();
    const note = (person: Person, characterId: bigint | null) => {
      if (person.tab !== null && characterId !== null) lines.set(person.tab.tabId, characterId);
    };

    /** Renews and tops up whoever is due, and lets what was earned be claimed: anyone may. */
    async function keep(day: number): Promise<void> {
      const subscribers = people.filter(({ subscribed }) => subscribed).map(({ address }) => address);
      const statuses = await town.ask<bigint[]>("CreditPlans", "renewalsOf", subscribers);
      const due = subscribers.filter((_, index) => Number(statuses[index]) === 0);
      for (let first = 0; first < due.length; first += RENEWALS) {
        await town.send(keeper, "CreditPlans", "renew", [due.slice(first, first + RENEWALS)]);
      }
      const [firstId] = await town.ask<[bigint]>("CreditStore", "packages");
      for (const { address } of people.filter(({ toppedUp }) => toppedUp)) {
        const status = await town.ask<bigint>("CreditPlans", "topUpStatusOf", address, firstId, 1n);
        if (Number(status) === 0) await town.send(keeper, "CreditPlans", "topUp", [address, firstId, 1n]);
      }
      if (day % 7 !== 6) return;
      for (const { characterId } of people) {
        if (characterId !== null) await town.send(keeper, "InferenceMeter", "collect", [characterId]);
      }
      await town.send(keeper, "CreditStore", "sweepSurplus", []);
    }

    /** What those who hold the roles do in the course of the days. */
    async function govern(day: number): Promise<void> {
      const at = (share: number) => day === Math.floor(days * share);
      const scale = (credits: number) => (BigInt(credits) * BigInt(count) * CREDIT) / 1_000n;
      if (day === 0) {
        await campaigns.start("promotion", scale(20_000), 50n * CREDIT, now);
        await campaigns.start("contribution", scale(5_000), 25n * CREDIT, now);
      }
      if (at(0.4)) await campaigns.start("promotion", scale(8_000), 40n * CREDIT, now);
      if (at(0.33)) {
        const table = [
          [1_000n * CREDIT, 10_500_000n],
          [3_000n * CREDIT, 29_000_000n],
          [5_000n * CREDIT, 44_000_000n],
          [CREDIT, 11_000n],
        ];
        await town.send(town.admin, "CreditStore", "setPackages", [table]);
      }
      if (at(0.5)) await town.send(town.admin, "CreditPlans", "setPlanPrice", [1n, 10_000_000n]);
      if (at(0.6)) await town.send(town.admin, "Rewards", "setReferralTerms", [[2_000n, 2_000n, 5_000n * CREDIT]]);
    }

    /** One of the day's rounds: everyone who has come may do one thing. */
    async function round(day: number): Promise<void> {
      const characters = of("creator").flatMap(({ characterId }) => characterId ?? []);
      for (const user of arrived(day, "user")) {
        if (dice.chance(0.2)) note(user, await acts.visit(user, characters, now));
        else if (user.subscribed && dice.chance(0.02)) await acts.reconsider(user);
        if (!user.redeemed && dice.chance(0.005)) await tryCode(user);
      }
      for (const attacker of arrived(day, "ring", "self-referrer", "promotion farmer", "grant farmer")) {
        if (!dice.chance(0.4)) continue;
        const buys = attacker.group === "ring" || attacker.group === "self-referrer";
        note(attacker, await acts.scheme(attacker, now, buys && dice.chance(0.3)));
        if (attacker.group === "promotion farmer" && !attacker.redeemed) await tryCode(attacker);
        if (attacker.group === "grant farmer") await tryDeed(attacker, day);
      }
      for (const user of arrived(day, "user")) if (dice.chance(0.002)) await tryDeed(user, day);
      for (const vandal of arrived(day, "vandal")) {
        if (dice.chance(0.5)) await acts.vandalise(vandal, dice.of(of("user")));
      }
    }

    async function tryCode(account: Person): Promise<void> {
      const campaign = dice.of(campaigns.open.filter(({ kind }) => kind === "promotion"));
      await campaigns.redeem(campaign, account, dice.chance(0.3) ? dice.of(of("vandal")) : undefined);
    }

    async function tryDeed(account: Person, day: number): Promise<void> {
      const campaign = campaigns.open.find(({ kind }) => kind === "contribution");
      const thief = dice.chance(0.3) ? dice.of(of("vandal")) : undefined;
      const deed = `${account.address} ${day} ${dice.below(1_000_000)}`;
      if (campaign) await campaigns.claim(campaign, account, deed, now, thief);
    }

    await town.admit(operator, keeper, town.admin, town.treasury, ...people.map(({ address }) => address));
    await town.begin();
    town.whenFull(() => turn(1));
    await town.send(town.admin, "Rewards", "setTrusted", [operator, true]);
    await town.enrich(town.admin, 100_000n);
    for (const { address } of people) {
      await town.enrich(address, PURSE);
      await town.send(address, "Stelai", "approve", [town.address("InferenceMeter"), MaxUint256]);
    }
    await turn(60);
    const bosses = new Set(people.flatMap(({ accomplice }) => accomplice ?? []));
    for (const owner of [...of("creator"), ...bosses]) await acts.publish(owner);
    await turn(60);

    for (let day = 0; day < days; day += 1) {
      await govern(day);
      await turn(60);
      for (let i = 0; i < ROUNDS_A_DAY; i += 1) {
        await round(day);
        await turn(DAY / 4);
      }
      await settle();
      await turn(60);
      await keep(day);
      await turn(60);
      if (day % 7 === 6) {
        for (const creator of people.filter(({ characterId }) => characterId !== null)) await acts.cashOut(creator);
      }
      now = begin + (day + 1) * DAY;
      await turn(60);
      if (day % 10 === 9) say(`day ${day + 1} of ${days}: block ${books.lines.at(-1)?.block}`);
    }

    // The end: campaigns are over, tabs are closed, everything earned is claimed, and attackers keep nothing back.
    now += days * DAY;
    await campaigns.end(keeper);
    for (const { address, tab } of people) {
      if (tab?.closesAt === null) await town.send(address, "InferenceMeter", "requestClose", [operator, tab.tabId]);
    }
    await turn(60);
    await settle();
    await turn(2 * DAY);
    for (const { tab } of people) {
      if (tab !== null) await town.send(keeper, "InferenceMeter", "reclaim", [operator, tab.tabId]);
    }
    for (const { characterId } of people) {
      if (characterId !== null) await town.send(keeper, "InferenceMeter", "collect", [characterId]);
    }
    await turn(60);
    for (const creator of people.filter(({ characterId }) => characterId !== null)) await acts.cashOut(creator);
    await turn(60);
    for (const attacker of people.filter(({ address }) => !honest.has(address))) {
      const balance = await acts.paidOf(attacker.address);
      if (balance !== 0n) await town.send(attacker.address, "CreditStore", "redeem", [balance, attacker.address, 0n]);
    }
    await turn(60);

    const dollars = new Map<string, bigint>();
    for (const { address } of people) dollars.set(address, await acts.dollarsOf(address));
    const seed = PURSE * DOLLAR;
    return { people, books, dollars, seed, floor: town.floor, admin: town.admin };
  } finally {
    await town.stop();
  }
}
