import { expect } from "chai";
import { stelaiOf } from "../../../test/world.ts";
import { IndexerError, IndexerUrlMissingError } from "../../index.ts";

const indexerUrl = "http://index.test";
const account = "0x00000000000000000000000000000000000000A1";

/** An index that gives prepared answers by path, and keeps what it was asked. */
async function indexed(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    const path = String(input).slice(indexerUrl.length);
    asked.push(path);
    const body = answers[path];
    return new Response(body === undefined ? "?" : JSON.stringify(body), { status: body === undefined ? 404 : 200 });
  };
  return { stelai: await stelaiOf(undefined, { indexerUrl: `${indexerUrl}/`, fetch }), asked };
}

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("What the index knows of passes", () => {
  it("comes with money and times as bigint, by the routes that it has", async () => {
    const pass = { active: true, lifetime: false, plan: "Monthly" };
    const { stelai } = await indexed({
      [`/accounts/${account}/passes`]: {
        passes: [
          { ...pass, characterId: "7", since: "5", until: 9, mandate: "3", paid: "3", refunded: "0", periods: [] },
        ],
      },
      "/characters/7/subscribers?limit=2&after=x-1": {
        counts: { active: 1, renewing: 1, lifetime: 0, ever: 2 },
        subscribers: [{ ...pass, account, since: "5", until: "9", mandate: "3", paid: "3", refunded: "0" }],
        next: "x-2",
      },
      "/characters/7/income?days=2": {
        vested: "5",
        harvested: "4",
        toCome: "25",
        sold: "30",
        refunded: "0",
        days: [{ day: 20_000, vests: "1", sold: "30", refunded: "0" }],
      },
      "/characters/7/circle": {
        allowed: [{ account, since: "5", byInvite: true }],
        redeemed: [{ invite: "0x0c", account, at: "5" }],
        revoked: [],
        generation: "1",
        next: null,
      },
      "/characters/7/reviews?sort=weight": {
        score: { count: 1, average: 400, weighted: 400, histogram: [0, 0, 0, 1, 0] },
        reviews: [{ author: account, rating: 4, paid: "3", weight: "1", at: "5", editedAt: null, reply: null }],
        next: null,
      },
    });
    const { access, characters, reviews } = stelai;
    const [held] = await access.listPasses({ account });
    expect(held).to.deep.include({ characterId: 7n, since: 5n, until: 9n, mandate: 3n, paid: 3n });
    const page = await access.listSubscribers({ characterId: 7n, limit: 2, after: "x-1" });
    expect(page.subscribers[0]).to.deep.include({ account, until: 9n, mandate: 3n });
    expect(page).to.deep.include({ next: "x-2", counts: { active: 1, renewing: 1, lifetime: 0, ever: 2 } });
    expect(await access.getIncome({ characterId: 7n, days: 2 })).to.deep.equal({
      ...{ vested: 5n, harvested: 4n, toCome: 25n, sold: 30n, refunded: 0n },
      days: [{ day: 20_000, vests: 1n, sold: 30n, refunded: 0n }],
    });
    const circle = await characters.getCircle({ characterId: 7n });
    expect(circle.allowed).to.deep.equal([{ account, since: 5n, byInvite: true }]);
    expect(circle.generation).to.equal(1n);
    const listed = await reviews.listReviews({ characterId: 7n, sort: "weight" });
    expect(listed.reviews[0]).to.deep.include({ rating: 4, paid: 3n, weight: 1n, at: 5n, editedAt: null });
    expect(listed.score.average).to.equal(400);
  });

  it("and of paid use, comes the same way", async () => {
    const used = { generations: "2", milliunits: "2000", paid: "9" };
    const entry = { rank: 1, characterId: "9", owner: account, paid: "9", counted: "8", users: 1, generations: "2" };
    const rules = { from: "1", to: "2", payerCap: "8", ownPeople: "0", tieBreak: ["reachedAt", "characterId"] };
    const month = { month: "2026-11", modality: "Video", provisional: true };
    const ranking = { month: "2026-11", rank: 1, previousRank: null, best: { month: "2026-11", rank: 1 } };
    const { stelai, asked } = await indexed({
      "/ranking?modality=Video&month=2026-11&limit=5": {
        ...{ ...month, rules, entries: [{ ...entry, reachedAt: "1", previousRank: null }] },
      },
      "/characters/9/usage?days=1": {
        totals: { ...used, users: 1 },
        days: [{ ...used, day: 20_000, payers: 1, sold: "0", refunded: "0" }],
        ranking,
      },
    });
    const { characters } = stelai;
    expect(await characters.getRanking({ modality: "Video", month: "2026-11", limit: 5 })).to.deep.equal({
      ...month,
      rules: { ...rules, from: 1n, to: 2n, payerCap: 8n, ownPeople: 0n },
      entries: [
        {
          ...{ ...entry, characterId: 9n, paid: 9n, counted: 8n, generations: 2n, reachedAt: 1n },
          previousRank: null,
        },
      ],
    });
    const total = { generations: 2n, milliunits: 2_000n, paid: 9n };
    expect(await characters.getUsage({ characterId: 9n, days: 1 })).to.deep.equal({
      totals: { ...total, users: 1 },
      days: [{ ...total, day: 20_000, payers: 1, sold: 0n, refunded: 0n }],
      ranking,
    });
    expect(asked).to.have.length(2);
  });

  it("is a typed error when there is no index, or it answers otherwise", async () => {
    const { stelai } = await indexed({ "/characters/7/income": { vested: "five" } });
    expect(await failure(stelai.access.getIncome({ characterId: 7n }))).to.be.instanceOf(IndexerError);
    expect(await failure(stelai.access.getIncome({ characterId: 8n }))).to.be.instanceOf(IndexerError);
    const none = await stelaiOf();
    expect(await failure(none.access.listPasses({ account }))).to.be.instanceOf(IndexerUrlMissingError);
  });
});
