import { expect } from "chai";
import { random } from "../../test/characters/helpers/simulation.ts";
import { BrokenPromiseError } from "./books.ts";
import { type Simulation, simulate } from "./days.ts";
import { blocksAsCsv, reportOf } from "./report.ts";
import { judge } from "./verdict.ts";

/** Long enough for renewals, small enough for every change. */
const OPTIONS = { users: 60, days: 34 };

describe("the economy, simulated", function () {
  this.timeout(300_000);
  let simulation: Simulation;

  before(async () => {
    simulation = await simulate({ ...OPTIONS, dice: random(1) });
  });

  it("holds its promises at every block, and people did everything there is to do", () => {
    const verdict = judge(simulation);
    expect(verdict.blocks).to.be.greaterThan(OPTIONS.days * 5);
    expect(verdict.lowestSurplus >= 0n).to.equal(true);
    for (const what of [
      ...["CreditStore.buy", "CreditStore.redeem", "CreditStore.sweepSurplus", "CreditStore.setPackages"],
      ...["CreditPlans.subscribe", "CreditPlans.renew", "CreditPlans.topUp", "CreditPlans.upgrade"],
      ...["CreditPlans.cancel", "CreditPlans.setRenewal", "CreditPlans.setTopUp", "CreditPlans.setPlanPrice"],
      ...["Rewards.redeemCode", "Rewards.claimGrant", "Rewards.fundCampaign", "Rewards.endCampaign"],
      ...["InferenceMeter.open", "InferenceMeter.openWithBonus", "InferenceMeter.settle", "InferenceMeter.reclaim"],
      ...["InferenceMeter.collect", "Payouts.claimAndRedeem"],
    ]) {
      expect(simulation.books.counts.get(what)?.went ?? 0, what).to.be.greaterThan(0);
    }
  });

  it("lets attackers try, refuses every hostile call, and leaves them no gain but what campaigns granted", () => {
    const { sides, hostileRefused } = judge(simulation);
    expect(hostileRefused).to.be.greaterThan(50);
    const sideOf = (group: string) => sides.find((side) => side.group === group);
    for (const group of ["ring", "self-referrer"]) {
      const side = sideOf(group);
      expect(side !== undefined && side.paidIn > 0n && side.paidOut > 0n, `${group} played`).to.equal(true);
      expect(side !== undefined && side.gain <= 0n, `${group} gained`).to.equal(true);
    }
    const farmer = sideOf("promotion farmer");
    expect(farmer !== undefined && farmer.gain > 0n && farmer.gain <= farmer.campaigns).to.equal(true);
  });

  it("notices an attacker who has more than came out of the store", () => {
    const [vandal] = simulation.people.filter(({ group }) => group === "vandal");
    const dollars = new Map(simulation.dollars);
    if (vandal) dollars.set(vandal.address, (dollars.get(vandal.address) ?? 0n) + 1n);
    expect(() => judge({ ...simulation, dollars })).to.throw(BrokenPromiseError, "vandal");
  });

  it("notices a campaign that gave what it did not have", () => {
    const [[campaignId, book] = []] = simulation.books.campaigns;
    if (campaignId === undefined || book === undefined) throw new Error("There was no campaign.");
    const campaigns = new Map([...simulation.books.campaigns, [campaignId, { ...book, given: book.given + 1n }]]);
    expect(() => judge({ ...simulation, books: { ...simulation.books, campaigns } })).to.throw(
      BrokenPromiseError,
      `campaign ${campaignId}`,
    );
  });

  it("states reserve, liabilities and surplus at every block, and the result in words", () => {
    const { lines } = simulation.books;
    const [head, ...rows] = blocksAsCsv(lines).trimEnd().split("\n");
    expect(head).to.equal("block,time,reserve,liabilities,surplus,supply,bonus,budgets");
    expect(rows).to.have.length(lines.length);
    const text = reportOf(judge(simulation), { ...OPTIONS, seed: 1, seconds: 1 });
    expect(text).to.include("60 people, 34 days, seed 1");
    expect(text).to.include("promotion farmer");
  });
});
