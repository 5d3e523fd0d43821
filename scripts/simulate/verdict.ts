/** What attackers took from the reserve and from others (nothing), and what they cost each campaign (at most its budget). */
import { BrokenPromiseError, type CampaignBook, type Line } from "./books.ts";
import type { Simulation } from "./days.ts";
import { ATTACKERS, type Group } from "./people.ts";
import { CREDIT } from "./town.ts";

/** One kind of people, in reserve units. */
export type Side = {
  group: Group;
  people: number;
  /** What they paid to the store, and what it paid to them. */
  paidIn: bigint;
  paidOut: bigint;
  /** What they have more than they came with; negative: less. */
  gain: bigint;
  /** What campaigns granted them, at the floor. */
  campaigns: bigint;
};
export type Verdict = {
  sides: Side[];
  campaigns: (CampaignBook & { campaignId: bigint })[];
  referralBonus: bigint;
  blocks: number;
  transactions: number;
  refused: number;
  hostileRefused: number;
  lowestSurplus: bigint;
  last: Line;
};

/** Adds up, and holds the result against what was promised. @throws {BrokenPromiseError} */
export function judge({ people, books, dollars, seed, floor, admin }: Simulation): Verdict {
  const last = books.lines.at(-1);
  if (last === undefined) throw new BrokenPromiseError("nothing happened", 0);
  const must = (holds: boolean, promise: string) => {
    if (!holds) throw new BrokenPromiseError(promise, last.block);
  };
  const sum = (map: Map<string, bigint>, addresses: string[]) =>
    addresses.reduce((total, address) => total + (map.get(address) ?? 0n), 0n);
  const sides = (["user", "creator", ...ATTACKERS] as const).map((group): Side => {
    const addresses = people.filter((person) => person.group === group).map(({ address }) => address);
    const campaigns = (sum(books.campaignBonusOf, addresses) * floor) / CREDIT;
    const gain = sum(dollars, addresses) - seed * BigInt(addresses.length);
    return {
      ...{ group, people: addresses.length, gain, campaigns },
      ...{ paidIn: sum(books.paidIn, addresses), paidOut: sum(books.paidOut, addresses) },
    };
  });
  for (const { group, gain, paidIn, paidOut, campaigns } of sides) {
    if (!ATTACKERS.some((attacker) => attacker === group)) continue;
    must(gain === paidOut - paidIn, `a ${group} has dollars that did not come out of the store`);
    must(gain <= campaigns, `a ${group} took more than campaigns granted: ${gain} of ${campaigns}`);
  }
  const campaigns = [...books.campaigns].map(([campaignId, book]) => ({ campaignId, ...book }));
  for (const { campaignId, funded, given, burned } of campaigns) {
    must(given + burned === funded, `campaign ${campaignId} ended with something left, or gave more than it had`);
  }
  const total = (map: Map<string, bigint>) => [...map.values()].reduce((sum, amount) => sum + amount, 0n);
  must(last.reserve === total(books.paidIn) - total(books.paidOut) - books.swept(), "dollars came or went unseen");
  must(books.paidIn.has(admin), "no campaign was funded");
  const counts = [...books.counts.values()];
  return {
    ...{ sides, campaigns, last, referralBonus: books.referral.minted },
    blocks: books.lines.length,
    transactions: counts.reduce((sum, { went, refused }) => sum + went + refused, 0),
    refused: counts.reduce((sum, { refused }) => sum + refused, 0),
    hostileRefused: books.hostileRefused(),
    lowestSurplus: books.lines.map(({ surplus }) => surplus).sort((a, b) => (a < b ? -1 : 1))[0] ?? last.surplus,
  };
}
