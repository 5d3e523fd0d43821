/** What the routes of works, orders, licences and what accounts hold and sell answer, held against chain and tables. */
import { payeeOf, splitOf } from "@stelai/sdk";
import { expect } from "chai";
import type { Hex } from "viem";
import { derivedSharesOf } from "./marketTraffic.ts";
import type { Reading } from "./sharingRoutes.ts";
import { type Row, rowsOf, sumOf } from "./tables.ts";
import { sharesOf } from "./traffic.ts";

type Order = Record<"licenceId" | "workId" | "price" | "since" | "status" | "holder" | "seller" | "payer", string> & {
  deadline: string | null;
  then: string | null;
  bond: string | null;
  evidenceURI: string | null;
  listing: { price: string; until: string } | null;
  moves: number;
};
type Orders = { orders: Order[]; next: string | null };
type Hit = { workId: string; from: string | null; tiers: string[]; resale: string | null; sold: number } & Record<
  "isProven" | "isDerivative",
  boolean
> & {
    title: null;
    creator: { address: Hex; name: null };
    score: Record<"count" | "average" | "weighted", number | null>;
  };
type Works = { works: Hit[]; next: string | null };
type Work = {
  work: Hit & Record<string, unknown>;
  offers: {
    offerId: string;
    tier: string;
    price: string;
    supply: number;
    sold: number;
    isKnownAttestor: boolean;
    state: string;
  }[];
  parents: { workId: string; bps: number; creator: { address: Hex } }[];
  children: { workId: string }[];
  listing: { seller: Hex; price: string; until: string } | null;
};
type Licence = {
  order: Order;
  events: { kind: string; account: Hex | null; text: string | null; amount: string | null; transactionHash: Hex }[];
};
type Review = Record<"author" | "licenceId" | "paid" | "weight", string> & { rating: number; isOwn: boolean };
type Reviews = { score: Record<"count" | "average" | "weighted", number>; reviews: Review[] };

/** The works that the traffic leaves: one resold to Alice, one of Carol's that derives from it, a suspended one, Bob's. */
const [RESOLD, DERIVED, SUSPENDED, BOBS] = ["1", "2", "3", "4"];

export function describeMarket(reading: () => Reading): void {
  const lower = (who: { address: string }) => who.address.toLowerCase();
  const rows = (table: string, of: (row: Row) => boolean = () => true) => rowsOf(reading().tables, table).filter(of);
  const read = <Body>(path: string) => reading().read<Body>(path);
  /** All pages of a route that gives a `next`. */
  const pages = async <Page extends { next: string | null }>(path: string): Promise<Page[]> => {
    const all: Page[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: Page = await read<Page>(next === "" ? path : `${path}&after=${next}`);
      all.push(page);
      next = page.next;
    }
    return all;
  };

  describe("GET /works/:id", () => {
    it("tells what is offered and where each offer stands, the newest first", async () => {
      const { work, offers } = await read<Work>(`/works/${RESOLD}`);
      expect(offers.map(({ tier, price, sold, state }) => [tier, price, sold, state])).to.deep.equal([
        ["Exclusive", "10000001", 0, "taken"],
        ["Commercial", "8000000", 1, "soldOut"],
        ["Exclusive", "90000017", 0, "void"],
        ["Commercial", "2000009", 1, "void"],
        ["Personal", "3000003", 1, "void"],
        ["Commercial", "10000001", 2, "void"],
      ]);
      // No metadata here shows the receipt that the contract took.
      expect(work).to.include({ from: null, isProven: false, isDerivative: false, title: null, epoch: 2 });
      expect(work.sold).to.equal(rows("licences", (row) => row.workId === RESOLD && row.status === "Released").length);
      expect(offers.every(({ isKnownAttestor }) => isKnownAttestor)).to.equal(true);
      expect(work).to.include({ description: "", metadata: null, suspended: false });
      const states = async (id: string) => (await read<Work>(`/works/${id}`)).offers.map(({ state }) => state);
      expect(await states(DERIVED)).to.deep.equal(["taken", "soldOut"]);
      expect(await states(SUSPENDED)).to.deep.equal(["closed", "open"]);
      expect(await states(BOBS)).to.deep.equal(["open", "open"]);
    });

    it("names the cheapest open offer and the tiers that can be bought, and nothing of a suspended work", async () => {
      const { work } = await read<Work>(`/works/${BOBS}`);
      expect(work).to.deep.include({ from: "4000001", tiers: ["Commercial"], resale: null, isDerivative: true });
      const { work: suspended } = await read<Work>(`/works/${SUSPENDED}`);
      expect(suspended).to.deep.include({ from: null, tiers: [], suspended: true });
    });

    it("tells whom it pays and what it owes to which parents, and what derives from it", async () => {
      const { w } = reading();
      const { work, parents, children } = await read<Work>(`/works/${DERIVED}`);
      expect(parents.map(({ workId, bps, creator }) => [workId, bps, creator.address])).to.deep.equal([
        [RESOLD, 2_000, lower(w.bob)],
      ]);
      expect(children).to.deep.equal([]);
      expect(work.ownerPayee).to.equal(String(payeeOf(w.carol.address)));
      expect(work.payee).to.equal(String(splitOf(derivedSharesOf(w))));
      const { work: first, children: derived } = await read<Work>(`/works/${RESOLD}`);
      expect(derived.map(({ workId }) => workId)).to.deep.equal([BOBS, DERIVED]);
      expect(first.payee).to.equal(String(payeeOf(w.alice.address)));
      expect(first.royaltyPayee).to.equal(undefined);
    });

    it("tells of the work's own listing while it can be bought, and not of one that is void or over", async () => {
      const { w } = reading();
      const { listing, work } = await read<Work>(`/works/${RESOLD}`);
      expect(listing).to.include({ seller: lower(w.alice), price: "99000000" });
      expect(work.resale).to.equal("99000000");
      expect(rows("listings", ({ collection }) => collection === "Works")).to.have.length(3);
      for (const id of [DERIVED, BOBS]) {
        const other = await read<Work>(`/works/${id}`);
        expect([other.listing, other.work.resale]).to.deep.equal([null, null]);
      }
    });

    it("of one that there is not, says so", async () => {
      for (const path of ["/works/77", "/licences/777"]) {
        const error = await read<{ error: { code: string; message: string } }>(path);
        expect(error.error.code, path).to.equal("not_found");
        expect(error.error.message).to.match(/^There is no (work 77|licence 777)\.$/);
      }
    });
  });

  it("GET /works/:id/reviews weighs by what authors paid for licences and did not get back", async () => {
    const { w } = reading();
    const { reviews, score } = await read<Reviews>(`/works/${RESOLD}/reviews`);
    const of = (who: { address: string }) => reviews.find(({ author }) => author === lower(who));
    const kept = (who: { address: string }) => {
      const paid = rows(
        "licences",
        (row) => row.workId === RESOLD && row.payer === lower(who) && row.status !== "Refunded",
      );
      return sumOf(paid, "price");
    };
    expect(of(w.treasury)).to.include({ paid: String(kept(w.treasury)), isOwn: false, rating: 3 });
    // Hers is a licence that she bought on, which counts for nothing here; what she paid for others does.
    expect(of(w.carol)).to.include({ paid: String(kept(w.carol)), isOwn: false, rating: 1 });
    const refunded = rows("workPayers", (row) => row.workId === RESOLD && row.payer === lower(w.treasury));
    expect(sumOf(refunded, "refunded") > 0n).to.equal(true);
    for (const { paid, weight } of reviews) expect(weight).to.equal(String(Math.floor(Math.sqrt(Number(paid)))));
    const weighed = reviews.reduce((sum, { rating, weight }) => sum + rating * Number(weight), 0);
    const weights = reviews.reduce((sum, { weight }) => sum + Number(weight), 0);
    expect(score).to.include({ count: 2, average: 200, weighted: Math.round((100 * weighed) / weights) });
    const { work } = await read<Work>(`/works/${RESOLD}`);
    expect(work.score).to.deep.equal({ count: 2, average: 200, weighted: score.weighted });
    const licences = [of(w.treasury)?.licenceId, of(w.carol)?.licenceId];
    expect(licences).to.deep.equal(
      [w.treasury, w.carol].map((who) =>
        String(rows("workReviews", ({ author }) => author === lower(who))[0]?.licenceId),
      ),
    );
  });

  it("gives no weight to a work's creator, nor to whom its payee's split leads", async () => {
    const { w } = reading();
    const { score, reviews } = await read<Reviews>(`/works/${DERIVED}/reviews`);
    // The derived work pays Carol and, by its parent's share, Bob and Carol; Alice is none of them.
    expect(reviews.map(({ author, isOwn }) => [author, isOwn])).to.deep.equal([[lower(w.alice), false]]);
    expect(score).to.include({ count: 1, average: 400, weighted: 400 });
    const { work } = await read<Work>(`/works/${BOBS}`);
    expect(work.score).to.deep.equal({ count: 0, average: null, weighted: null });
  });

  describe("orders", () => {
    it("GET /orders names the disputed ones, the soonest deadline first, and other statuses when asked", async () => {
      const ids = async (path: string) =>
        (await pages<Orders>(path)).flatMap(({ orders }) => orders.map(({ licenceId }) => licenceId));
      for (const status of ["Escrowed", "Delivered", "Disputed", "Released", "Refunded"]) {
        const own = rows("licences", (row) => row.status === status);
        const key = (row: Row) => (row.dueAt === null ? -Number(row.since) : Number(row.dueAt));
        const sorted = own.sort((a, b) => key(a) - key(b) || Number(a.id) - Number(b.id)).map(({ id }) => id);
        expect(sorted, status).to.have.length.greaterThan(0);
        expect(await ids(`/orders?status=${status}&limit=1`), status).to.deep.equal(sorted);
      }
      const [disputed] = (await read<Orders>("/orders")).orders;
      expect([disputed?.status, disputed?.then]).to.deep.equal(["Disputed", "Refunded"]);
      expect(disputed).to.include({ bond: "400000", evidenceURI: "ipfs://evidence" });
      expect(BigInt(disputed?.deadline ?? 0)).to.equal(BigInt(disputed?.since ?? 0) + 7n * 86_400n);
    });

    it("GET /works/:id/orders names a work's, the newest first", async () => {
      const all = await pages<Orders>(`/works/${RESOLD}/orders?limit=2`);
      const ids = all.flatMap(({ orders }) => orders.map(({ licenceId }) => Number(licenceId)));
      const own = rows("licences", ({ workId }) => workId === RESOLD).map(({ id }) => Number(id));
      expect(ids).to.deep.equal(own.sort((a, b) => b - a));
    });

    it("say what time decides, and name no listing that is void", async () => {
      const { orders } = await read<Orders>(`/works/${RESOLD}/orders`);
      const then = { Escrowed: "Refunded", Delivered: "Released", Disputed: "Refunded" } as Record<string, string>;
      for (const order of orders) {
        expect(order.then).to.equal(then[order.status] ?? null);
        expect(order.deadline === null).to.equal(order.then === null);
      }
      const listed = orders.filter(({ listing }) => listing !== null);
      expect(listed.map(({ listing, holder }) => [listing?.price, holder])).to.deep.equal([
        ["1", lower(reading().w.treasury)],
        ["30000000", lower(reading().w.carol)],
      ]);
      expect(rows("listings", ({ collection }) => collection === "Licenses")).to.have.length(3);
    });
  });

  describe("GET /licences/:id", () => {
    const kindsOf = async (licenceId: string) =>
      (await read<Licence>(`/licences/${licenceId}`)).events.map(({ kind }) => kind);

    it("tells all that happened to it, in its order", async () => {
      const [resold, refunded, lost] = ["2", "6", "5"];
      expect(await kindsOf(resold)).to.deep.equal([
        "Bought",
        "Delivered",
        "Released",
        "Listed",
        "Resold",
        "Moved",
        "Listed",
        "Delisted",
        "Listed",
      ]);
      expect(await kindsOf(refunded)).to.deep.equal(["Bought", "Delivered", "Disputed", "Resolved", "Refunded"]);
      expect(await kindsOf(lost)).to.deep.equal([
        "Bought",
        "Delivered",
        "Disputed",
        "Resolved",
        "Released",
        "Listed",
        "Moved",
      ]);
    });

    it("with who, how much and why", async () => {
      const { w } = reading();
      const { order, events } = await read<Licence>("/licences/6");
      const [bought, delivered, disputed, resolved, refund] = events;
      expect(bought).to.include({ account: lower(w.alice), amount: "10000001", text: null });
      expect(delivered).to.include({ account: lower(w.operator), amount: null });
      expect(disputed).to.include({ account: lower(w.alice), amount: "500001" });
      expect(resolved).to.include({ account: lower(w.deployer), text: "" });
      expect(refund).to.include({ account: lower(w.alice), amount: "10500002" });
      expect(order).to.include({ status: "Refunded", holder: lower(w.alice), deadline: null, bond: "500001" });
    });
  });

  describe("what accounts hold and sell", () => {
    it("GET /accounts/:address/works names those it made, or owns, those without an offer and suspended ones too", async () => {
      const { w } = reading();
      const ids = async (who: { address: string }, role: string) =>
        (await pages<Works>(`/accounts/${who.address}/works?role=${role}&limit=1`)).flatMap(({ works }) =>
          works.map(({ workId }) => workId),
        );
      expect(await ids(w.bob, "created")).to.deep.equal([BOBS, RESOLD]);
      expect(await ids(w.bob, "owned")).to.deep.equal([BOBS]);
      expect(await ids(w.alice, "owned")).to.deep.equal([RESOLD]);
      expect(await ids(w.carol, "created")).to.deep.equal([SUSPENDED, DERIVED]);
      const { works } = await read<Works>(`/accounts/${w.alice.address}/works?role=owned`);
      const { work } = await read<Work>(`/works/${RESOLD}`);
      expect(Object.entries(works[0] ?? {})).to.deep.equal(
        Object.entries(work).slice(0, Object.keys(works[0] ?? {}).length),
      );
    });

    it("GET /accounts/:address/licences names what it holds, and refunded ones that were its", async () => {
      const { w } = reading();
      for (const who of [w.alice, w.carol, w.treasury, w.operator]) {
        const all = await pages<{ licences: Order[]; next: string | null }>(
          `/accounts/${who.address}/licences?limit=2`,
        );
        const ids = all.flatMap(({ licences }) => licences.map(({ licenceId }) => Number(licenceId)));
        const held = rows("licences", ({ holder }) => holder === lower(who)).map(({ id }) => Number(id));
        expect(ids)
          .to.deep.equal(held.sort((a, b) => b - a))
          .and.to.have.length.greaterThan(0);
      }
    });

    it("GET /accounts/:address/sales names orders of its works, and those that pay it, through splits of splits", async () => {
      const { w } = reading();
      const ids = async (who: { address: string }) =>
        (await pages<Orders>(`/accounts/${who.address}/sales?limit=3`)).flatMap(({ orders }) =>
          orders.map(({ licenceId }) => licenceId),
        );
      const paying = (...payees: bigint[]) =>
        rows("licences", ({ payee }) => payees.includes(BigInt(String(payee)))).map(({ id }) => id);
      const every = rows("licences").map(({ id }) => id);
      // Carol has a part in all but what Alice, who owns the first work now, sells of it.
      expect(await ids(w.carol)).to.have.members(every.filter((id) => !paying(payeeOf(w.alice.address)).includes(id)));
      const shares = paying(splitOf(sharesOf(w)));
      expect(shares.length).to.be.greaterThan(5);
      expect(await ids(w.bob)).to.include.members(shares);
      const owned = rows("licences", ({ workId }) => workId === RESOLD).map(({ id }) => id);
      expect(await ids(w.alice)).to.include.members(owned);
      expect(await ids(w.treasury)).to.deep.equal([]);
    });
  });

  it("GET /creators/:address/statement names the work and licence that each line was earned by", async () => {
    const { w } = reading();
    type Line = Record<"kind" | "net", string> & Record<"workId" | "licenceId" | "characterId", string | null>;
    const { lines, works } = await read<{ lines: Line[]; works: { workId: string; net: string }[] }>(
      `/creators/${w.bob.address}/statement`,
    );
    const sold = lines.filter(({ workId }) => workId !== null);
    expect(new Set(sold.map(({ kind }) => kind))).to.deep.equal(new Set(["Licence", "Bond", "Resale", "Royalty"]));
    for (const { kind, workId, licenceId, characterId } of sold) {
      expect(characterId).to.equal(null);
      const own = rows("earnings", (row) => row.kind === kind && row.workId === workId && row.licenceId === licenceId);
      expect(own, `${kind} ${workId}/${licenceId}`).to.have.length.greaterThan(0);
    }
    const ofWorks = sold.filter(({ licenceId }) => licenceId === null).map(({ kind }) => kind);
    expect(ofWorks).to.have.members(["Royalty", "Resale"]);
    const net = (of: readonly { net: string }[]) => of.reduce((sum, each) => sum + BigInt(each.net), 0n);
    expect(net(works)).to.equal(net(sold));
  });

  it("once an exclusive licence has run out, the index's clock alone opens what waited for it", async () => {
    const { w, caughtUp } = reading();
    const { Licenses } = w.contracts;
    const snapshot = await w.chain.request("evm_snapshot");
    const terms = { attestor: w.operator.address, termsHash: `0x${"7".repeat(64)}` as Hex };
    const offers = [
      { tier: 2, price: 5n, supply: 1, duration: 600, ...terms },
      { tier: 1, price: 6n, supply: 0, duration: 0, ...terms },
    ];
    const args = [3n, offers] as const;
    await w.mined(
      w.deployer.wallet.writeContract({ ...w.contracts.Works, functionName: "setSuspended", args: [3n, false] }),
    );
    await w.mined(w.carol.wallet.writeContract({ ...Licenses, functionName: "offer", args }));
    const bought = [BigInt(rows("offers").length + 1), w.alice.address] as const;
    await w.mined(w.alice.wallet.writeContract({ ...Licenses, functionName: "buy", args: bought }));
    await caughtUp();
    const states = async () => (await read<Work>(`/works/${SUSPENDED}`)).offers.map(({ state }) => state);
    expect(await states()).to.deep.equal(["taken", "soldOut", "closed", "taken"]);
    await w.pass(601);
    await caughtUp();
    expect(await states()).to.deep.equal(["open", "soldOut", "closed", "open"]);
    await w.chain.request("evm_revert", [snapshot]);
    await w.pass(1);
    await caughtUp();
  });
}
