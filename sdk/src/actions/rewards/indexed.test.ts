import { expect } from "chai";
import { failure } from "../../../test/failure.ts";
import { type PreparedAnswer, startPrepared } from "../../../test/prepared.ts";
import { stelaiOf } from "../../../test/world.ts";
import { IndexerError, IndexerUrlMissingError, type Stelai } from "../../index.ts";

const account = "0x00000000000000000000000000000000000000A1";
const person = { address: account, name: null };
const transactionHash = `0x${"0c".repeat(32)}` as const;

/** What an index that answers so makes of a call. */
async function asking<result>(answers: Record<string, PreparedAnswer>, call: (stelai: Stelai) => Promise<result>) {
  const index = await startPrepared(answers);
  try {
    return await call(await stelaiOf(undefined, { indexerUrl: `${index.url}/` }));
  } finally {
    await index.stop();
  }
}

describe("What the index knows of the credits economy", () => {
  it("is every change of an account's credits, signed, with what it was about", async () => {
    const entry = { id: "x", transactionHash, kind: "TabOpened" };
    const body = {
      entries: [
        { ...entry, at: "5", credits: "-3", bonus: "-2", usdc: null, about: { operator: account, tabId: "7" } },
        { ...entry, kind: "Bought", at: "4", credits: "9", bonus: "0", usdc: "-10", about: { eth: "4000" } },
      ],
      next: "y",
    };
    const found = await asking({ [`GET /accounts/${account}/credits?limit=2&after=z`]: { body } }, ({ credits }) =>
      credits.listHistory({ account, limit: 2, after: "z" }),
    );
    expect(found).to.deep.equal({
      entries: [
        { ...entry, at: 5n, credits: -3n, bonus: -2n, usdc: null, about: { operator: account, tabId: 7n } },
        { ...entry, kind: "Bought", at: 4n, credits: 9n, bonus: 0n, usdc: -10n, about: { eth: 4_000n } },
      ],
      next: "y",
    });
    const stelai = await stelaiOf(undefined, { indexerUrl: "http://index.test/" });
    expect(stelai.credits.statementUrl({ account, from: "2027-01-01", to: "2027-01-31" })).to.equal(
      `http://index.test/accounts/${account}/credits.csv?from=2027-01-01&to=2027-01-31`,
    );
    const none = await stelaiOf();
    expect(() => none.credits.statementUrl({ account })).to.throw(IndexerUrlMissingError);
  });

  it("is where bonus credits came from, and whom an account sent", async () => {
    const bySource = { Referrer: "1", Referee: "2", Promotion: "3", Contribution: "4" };
    const sums = { balance: "7", lapsesAt: "99", granted: "10", drawn: "5", returned: "2", lapsed: "0" };
    const bonus = await asking({ [`GET /accounts/${account}/bonus`]: { body: { ...sums, bySource } } }, ({ rewards }) =>
      rewards.getBonusDetails({ account }),
    );
    expect(bonus).to.deep.equal({
      ...{ balance: 7n, lapsesAt: 99n, granted: 10n, drawn: 5n, returned: 2n, lapsed: 0n },
      bySource: { Referrer: 1n, Referee: 2n, Promotion: 3n, Contribution: 4n },
    });
    const body = {
      ...{ referrer: null, isBound: true, earned: "5", cap: "9", count: 1 },
      ...{ referred: [{ account: person, since: "3", earned: "5" }], next: null },
    };
    const sent = await asking({ [`GET /accounts/${account}/referrals`]: { body } }, ({ rewards }) =>
      rewards.listReferrals({ account }),
    );
    expect(sent).to.deep.include({ earned: 5n, cap: 9n, count: 1 });
    expect(sent.referred).to.deep.equal([{ account: person, since: 3n, earned: 5n }]);
  });

  it("is every campaign's budget, its claims, and who contributed", async () => {
    const campaign = {
      ...{ source: "Promotion", signer: account, uri: "ipfs://x", claims: 2, state: "open" },
      ...{ campaignId: "1", start: "1", end: "2", perAccount: "3", daily: "4" },
      ...{ budget: "5", given: "6", burned: "0", funded: "11", costUsdc: "88" },
    };
    const referral = { terms: { referrerBps: 500, refereeBps: 500, cap: "9" }, given: "7" };
    const books = await asking({ "GET /campaigns": { body: { campaigns: [campaign], referral } } }, ({ rewards }) =>
      rewards.listCampaigns(),
    );
    expect(books.campaigns[0]).to.include({ campaignId: 1n, funded: 11n, costUsdc: 88n, claims: 2, state: "open" });
    expect(books.referral).to.deep.equal({ terms: { referrerBps: 500, refereeBps: 500, cap: 9n }, given: 7n });
    const claim = { account: person, amount: "3", at: "4", transactionHash, deed: null };
    const claims = await asking(
      { "GET /campaigns/1/claims": { body: { claims: [claim], next: null } } },
      ({ rewards }) => rewards.listClaims({ campaignId: 1n }),
    );
    expect(claims.claims).to.deep.equal([{ ...claim, amount: 3n, at: 4n }]);
    const contributors = [{ account: person, amount: "3", grants: 2 }];
    const board = await asking({ "GET /contributors?days=7": { body: { contributors } } }, ({ rewards }) =>
      rewards.listContributors({ days: 7 }),
    );
    expect(board.contributors).to.deep.equal([{ account: person, amount: 3n, grants: 2 }]);
  });

  it("is plans with their prices, an account's payments, and what was announced", async () => {
    const plan = { planId: "1", credits: "5", priceUsdc: "9", period: "2592000", subscribers: 3 };
    const priced = { ...plan, prices: [{ priceUsdc: "9", at: "1" }] };
    const offers = await asking(
      { "GET /plans": { body: { plans: [priced], packages: [], packagesAt: "4" } } },
      ({ plans }) => plans.listDetails(),
    );
    expect(offers).to.deep.equal({
      plans: [
        {
          planId: 1n,
          credits: 5n,
          priceUsdc: 9n,
          period: 2_592_000n,
          subscribers: 3,
          prices: [{ priceUsdc: 9n, at: 1n }],
        },
      ],
      packages: [],
      packagesAt: 4n,
    });
    const payment = {
      kind: "Plan",
      planId: "1",
      formerPlanId: null,
      credits: "5",
      priceUsdc: "9",
      at: "1",
      transactionHash,
    };
    const body = {
      ...{ subscription: null, payments: [payment], topUp: null, topUps: [] },
      window: { spentUsdc: "0", endsAt: null },
    };
    const details = await asking({ [`GET /accounts/${account}/plan`]: { body } }, ({ plans }) =>
      plans.getDetails({ account }),
    );
    expect(details.payments).to.deep.equal([
      { kind: "Plan", planId: 1n, formerPlanId: null, credits: 5n, priceUsdc: 9n, at: 1n, transactionHash },
    ]);
    expect(details.window).to.deep.equal({ spentUsdc: 0n, endsAt: null });
    const announcement = {
      ...{ operationId: transactionHash, target: "CreditPlans", functionName: "setPlanPrice", args: ["2", "9"] },
      ...{ caller: account, scheduledAt: "1", readyAt: "2", expiresAt: "3", state: "waiting", executedAt: null },
    };
    const call = await asking({ "GET /announcements": { body: { announcements: [announcement] } } }, async (stelai) => {
      const { announcements } = await stelai.credits.listAnnouncements();
      expect(announcements[0]).to.include({ scheduledAt: 1n, readyAt: 2n, expiresAt: 3n, executedAt: null });
      return announcements[0] && stelai.roles.callOf(announcements[0]);
    });
    expect(call).to.deep.equal({ kind: "setPlanPrice", planId: 2n, price: 9n });
  });

  it("is an error in words when it cannot be had", async () => {
    const none = await stelaiOf();
    expect(await failure(none.credits.listHistory({ account }))).to.be.instanceOf(IndexerUrlMissingError);
    expect(await failure(asking({}, ({ plans }) => plans.listDetails()))).to.be.instanceOf(IndexerError);
  });
});
