import { expect } from "chai";
import { failure } from "../../../test/failure.ts";
import { newcomer, stelaiOf } from "../../../test/world.ts";
import { IndexerError } from "../../index.ts";

/** Stelai whose index answers with one thing, and what it was asked. */
async function asking(answer: unknown, status = 200) {
  const asked: string[] = [];
  const fetch = async (input: unknown) => {
    asked.push(String(input));
    return new Response(JSON.stringify(answer), { status });
  };
  const stelai = await stelaiOf(await newcomer({ eth: 0n, reserve: 0n }), { indexerUrl: "http://index/", fetch });
  return { stelai, asked };
}

const hit = {
  ...{
    workId: "7",
    title: "Harbour",
    modality: "Image",
    tags: ["sea"],
    from: "2000000",
    tiers: ["Personal"],
    resale: null,
  },
  ...{ seconds: 4.5, score: { count: 2, average: 450, weighted: 480 }, sold: 3, createdAt: 1_700_000_000 },
};

describe("A search", () => {
  it("asks for what was given, each value of a facet for itself, and for nothing else", async () => {
    const { stelai, asked } = await asking({ total: 0, results: [], facets: { price: [] }, drop: [] });
    await stelai.search.works();
    await stelai.search.works({
      ...{ q: "the sea & more", modality: ["Image", "Video"], tier: "Commercial", min: 5n, max: 20_000_000_000_000n },
      ...{ resale: true, sort: "-price", limit: 12, offset: 24, tag: [], creator: undefined, licence: "Dated" },
    });
    await stelai.search.characters({ q: "", free: true, rating: 4 });
    expect(asked).to.deep.equal([
      "http://index/search/works",
      "http://index/search/works?q=the+sea+%26+more&modality=Image&modality=Video&tier=Commercial" +
        "&min=5&max=20000000000000&resale=true&sort=-price&limit=12&offset=24&licence=Dated",
      "http://index/search/characters?free=true&rating=4",
    ]);
  });

  it("gives money, ids and times as bigint, and leaves numbers what they are", async () => {
    const price = [
      { min: "0", max: "5000000000000", count: 1 },
      { min: "5000000000000", max: null, count: 2 },
    ];
    const { stelai } = await asking({ total: 3, took: 4, results: [hit], next: 24, facets: { price }, drop: [] });
    const { results, next, facets } = await stelai.search.works({ q: "harbour" });
    expect(results).to.deep.equal([{ ...hit, workId: 7n, from: 2_000_000n, createdAt: 1_700_000_000n }]);
    expect(next).to.equal(24);
    expect(facets.price).to.deep.equal([
      { min: 0n, max: 5_000_000_000_000n, count: 1 },
      { min: 5_000_000_000_000n, max: null, count: 2 },
    ]);
  });

  it("gives an order with its history, and a work with what it derives from", async () => {
    const order = { licenceId: "3", price: "5", deadline: 9, bond: null, listing: { price: "8", until: 10 }, moves: 1 };
    const events = [{ kind: "Bought", at: 4, amount: "5", text: null }];
    const { stelai, asked } = await asking({ order, events, orders: [order], next: "c" });
    const found = await stelai.market.getOrder({ licenceId: 3n });
    const expected = { ...order, licenceId: 3n, price: 5n, deadline: 9n, listing: { price: 8n, until: 10n } };
    expect(found.order).to.deep.equal(expected);
    expect(found.events).to.deep.equal([{ kind: "Bought", at: 4n, amount: 5n, text: null }]);
    expect((await stelai.market.listOrders({ status: "Disputed", limit: 5 })).orders).to.deep.equal([expected]);
    const account = stelai.client.walletClient?.account?.address;
    await stelai.market.listSales({ after: "c" });
    await stelai.works.listWorks({ role: "owned" });
    expect(asked.slice(1)).to.deep.equal([
      "http://index/orders?status=Disputed&limit=5",
      `http://index/accounts/${account}/sales?after=c`,
      `http://index/accounts/${account}/works?role=owned`,
    ]);
    const held = await asking({ licences: [order], next: null });
    expect(await held.stelai.market.listLicences()).to.deep.equal({ orders: [expected], next: null });
    const parents = [{ workId: "1", title: null, bps: 500 }];
    const metadata = { provenance: { characterId: "4", seed: 9, receipt: { receipt: { tabId: "1", quality: 1 } } } };
    const details = await asking({ work: { ...hit, metadata, payee: `${1n << 200n}` }, parents });
    const { work, parents: read } = await details.stelai.works.getDetails({ workId: 7n });
    expect(work.payee).to.equal(1n << 200n);
    expect(work.metadata?.provenance).to.deep.equal({
      ...{ characterId: 4n, seed: 9, receipt: { receipt: { tabId: 1n, quality: 1 } } },
    });
    expect(read).to.deep.equal([{ workId: 1n, title: null, bps: 500 }]);
  });

  it("fails with the index's error when it refuses", async () => {
    const { stelai } = await asking({}, 500);
    expect(await failure(stelai.search.trending())).to.be.instanceOf(IndexerError);
  });
});
