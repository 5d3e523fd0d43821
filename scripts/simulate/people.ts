/** Who lives in the simulation, and what a person has open. */
import { id, Wallet } from "ethers";
import { personOf } from "./town.ts";

/** Honest people, and what attackers are after. */
export type Group = "user" | "creator" | "ring" | "self-referrer" | "promotion farmer" | "grant farmer" | "vandal";
export const ATTACKERS = ["ring", "self-referrer", "promotion farmer", "grant farmer", "vandal"] as const;

/** A prepayment that runs; microcredits. */
export type Tab = { tabId: bigint; cap: bigint; settled: bigint; pending: bigint; closesAt: number | null };

export type Person = {
  address: string;
  group: Group;
  /** Signs vouchers. */
  session: Wallet;
  /** The day on which they come. */
  arrives: number;
  /** Whom they name at their first purchase. */
  referrer: string | null;
  /** Whose character they spend on; of attackers their own side's. */
  accomplice: Person | null;
  /** The character that earns for them, once it is published. */
  characterId: bigint | null;
  tab: Tab | null;
  subscribed: boolean;
  toppedUp: boolean;
  redeemed: boolean;
};

export type Dice = { below(limit: number): number; chance(share: number): boolean; of<T>(items: readonly T[]): T };

/** How many of a thousand are what; the others are users. */
const PARTS = { creator: 40, ring: 60, "self-referrer": 40, "promotion farmer": 60, "grant farmer": 10, vandal: 10 };
const RING = 5;

function person(group: Group, number: number, arrives: number): Person {
  const name = `${group} ${number}`;
  return {
    ...{ address: personOf(name), group, session: new Wallet(id(`session of ${name}`)), arrives },
    ...{ referrer: null, accomplice: null, characterId: null, tab: null },
    ...{ subscribed: false, toppedUp: false, redeemed: false },
  };
}

/** As many people as asked for; attackers have creators of their own among their number. */
export function populate(count: number, days: number, dice: Dice): Person[] {
  const share = (group: keyof typeof PARTS) => Math.max(2, Math.round((PARTS[group] * count) / 1_000));
  const of = (group: Group, size: number, latest: number) =>
    Array.from({ length: size }, (_, number) => person(group, number, dice.below(Math.max(1, latest))));
  const creators = of("creator", share("creator"), 1);
  const rings = of("ring", Math.max(RING, share("ring")), days / 3);
  rings.forEach((one, index) => {
    const first = index - (index % RING);
    const size = Math.min(RING, rings.length - first);
    one.referrer = rings[first + ((index - first + 1) % size)]?.address ?? null;
    one.accomplice = rings[first] ?? null;
  });
  const pairs = of("self-referrer", share("self-referrer"), days / 3);
  pairs.forEach((one, index) => {
    // Every other one names itself, which binds it to nobody; the next names the one before.
    one.referrer = index % 2 === 0 ? one.address : (pairs[index - 1]?.address ?? null);
    one.accomplice = pairs[index - (index % 2)] ?? null;
  });
  const farms = (["promotion farmer", "grant farmer"] as const).flatMap((group) => {
    const farm = of(group, share(group), days / 2);
    for (const one of farm) one.accomplice = farm[0] ?? null;
    return farm;
  });
  const vandals = of("vandal", share("vandal"), 1);
  const others = [...creators, ...rings, ...pairs, ...farms, ...vandals];
  const users = of("user", Math.max(1, count - others.length), days * 0.8);
  users.forEach((one, index) => {
    if (index > 0 && dice.chance(0.4)) one.referrer = users[dice.below(index)]?.address ?? null;
  });
  return [...others, ...users];
}
