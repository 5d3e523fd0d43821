/** What the routes of passes, income, circles and reviews answer, held against the chain and the tables. */
import { expect } from "chai";
import { getAddress, type Hex } from "viem";
import { type Row, rowsOf, sumOf, type Tables } from "./tables.ts";
import type { World } from "./world.ts";

/** What the tests read: the world, the tables, and a route's answer. */
export type Reading = {
  w: World;
  tables: Tables;
  read: <Body>(path: string) => Promise<Body>;
  caughtUp: () => Promise<unknown>;
};

type Pass = Record<"characterId" | "until" | "mandate" | "paid" | "refunded", string> & {
  active: boolean;
  lifetime: boolean;
  plan: string | null;
  gifted: boolean;
  periods: Record<string, unknown>[];
};
type Subscribers = {
  counts: Record<"active" | "renewing" | "lifetime" | "ever", number>;
  subscribers: (Pass & { account: Hex })[];
  next: string | null;
};
type Income = Record<"vested" | "harvested" | "toCome" | "sold" | "refunded", string> & {
  days: { day: number; vests: string; sold: string; refunded: string }[];
};
type Circle = {
  allowed: { account: Hex; since: string; byInvite: boolean }[];
  redeemed: { invite: Hex; account: Hex; at: string }[];
  revoked: { invite: Hex; at: string }[];
  generation: string;
  next: string | null;
};
type Review = {
  author: Hex;
  rating: number;
  textURI: string;
  byReceipt: boolean;
  paid: string;
  weight: string;
  isOwn: boolean;
  at: string;
  editedAt: string | null;
  reply: { textURI: string; at: string } | null;
};
type Reviews = {
  score: { count: number; average: number; weighted: number; histogram: number[] };
  reviews: Review[];
  next: string | null;
};

/** The characters that the traffic leaves: circles of a private one and of one that changed hands, two with passes. */
const [PRIVATE, TRANSFERRED, FIRST, SECOND] = ["3", "4", "5", "6"];
const DAY = 86_400;

export function describeSharing(reading: () => Reading): void {
  /** All pages of a route that gives a `next`. */
  const pages = async <Page extends { next: string | null }>(path: string): Promise<Page[]> => {
    const all: Page[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: Page = await reading().read<Page>(next === "" ? path : `${path}&after=${next}`);
      all.push(page);
      next = page.next;
    }
    return all;
  };
  const rowsFor = (table: string, characterId: string) =>
    rowsOf(reading().tables, table).filter((row) => row.characterId === characterId);

  describe("GET /accounts/:address/passes", () => {
    it("says of every pass what the contract says, with all that was paid for it", async () => {
      const { w, tables, read } = reading();
      for (const who of [w.alice, w.carol, w.operator, w.treasury]) {
        const { passes } = await read<{ passes: Pass[] }>(`/accounts/${who.address}/passes`);
        const holders = rowsOf(tables, "passHolders").filter(({ account }) => account === who.address.toLowerCase());
        expect(passes.map(({ characterId }) => characterId)).to.have.members(holders.map((row) => row.characterId));
        for (const pass of passes) {
          const access = await w.publicClient.readContract({
            ...w.contracts.CharacterAccess,
            functionName: "accessOf",
            args: [BigInt(pass.characterId), who.address],
          });
          const { active, lifetime, until, mandate } = access;
          expect(pass).to.include({ active, lifetime, until: String(until), mandate: String(mandate) });
          expect(pass.periods.reduce((sum, { price }) => sum + BigInt(String(price)), 0n)).to.equal(BigInt(pass.paid));
        }
      }
    });

    it("names the plan that a pass renews as, or else the last one, and whether it was given", async () => {
      const { w, read } = reading();
      const passOf = async (who: World["alice"], characterId: string) => {
        const { passes } = await read<{ passes: Pass[] }>(`/accounts/${who.address}/passes`);
        return passes.find((pass) => pass.characterId === characterId);
      };
      const alices = await passOf(w.alice, FIRST);
      expect(alices).to.include({ plan: "Annual", gifted: true, active: true, lifetime: false });
      expect(alices?.periods.map(({ plan, renewal }) => [plan, renewal])).to.deep.equal([
        ["Monthly", false],
        ["Monthly", true],
        ["Annual", false],
        ["Monthly", false],
      ]);
      expect(alices?.periods.map(({ payer }) => payer)).to.deep.equal(
        [w.alice, w.alice, w.alice, w.carol].map(({ address }) => address.toLowerCase()),
      );
      expect(await passOf(w.treasury, FIRST)).to.include({ plan: "Monthly", gifted: false, active: false });
      expect(await passOf(w.operator, FIRST)).to.include({ plan: "Annual", lifetime: true, active: true });
    });
  });

  it("GET /characters/:id/subscribers counts, and page by page names every holder once", async () => {
    const { w } = reading();
    const all = await pages<Subscribers>(`/characters/${FIRST}/subscribers?limit=1`);
    const accounts = all.flatMap(({ subscribers }) => subscribers.map(({ account }) => account));
    expect(accounts).to.deep.equal(
      rowsFor("passHolders", FIRST)
        .sort((a, b) => (String(a.id) < String(b.id) ? 1 : -1))
        .map(({ account }) => account),
    );
    const found = await Promise.all(
      accounts.map((account) =>
        w.publicClient.readContract({
          ...w.contracts.CharacterAccess,
          functionName: "accessOf",
          args: [BigInt(FIRST), getAddress(account)],
        }),
      ),
    );
    expect(all[0]?.counts).to.deep.equal({
      active: found.filter(({ active }) => active).length,
      renewing: found.filter(({ active, lifetime, mandate }) => active && !lifetime && mandate > 0).length,
      lifetime: found.filter(({ lifetime }) => lifetime).length,
      ever: found.length,
    });
    expect(all[0]?.counts).to.deep.include({ lifetime: 1, ever: 4 });
  });

  describe("GET /characters/:id/income", () => {
    const harvestable = (characterId: string) =>
      reading().w.publicClient.readContract({
        ...reading().w.contracts.CharacterAccess,
        functionName: "harvestable",
        args: [BigInt(characterId)],
      });

    it("to the microcredit, is what the contract would pay, day after day", async () => {
      const { w, read, caughtUp } = reading();
      const snapshot = await w.chain.request("evm_snapshot");
      for (const characterId of [FIRST, SECOND]) {
        const income = await read<Income>(`/characters/${characterId}/income?days=40`);
        const { vested, harvested, toCome, sold, refunded, days } = income;
        expect(BigInt(vested) - BigInt(harvested)).to.equal(await harvestable(characterId));
        expect(BigInt(sold)).to.equal(BigInt(refunded) + BigInt(vested) + BigInt(toCome));
        const today = Math.floor(Number(await w.now()) / DAY);
        expect(days.map(({ day }) => day)).to.deep.equal(Array.from({ length: 80 }, (_, index) => today - 39 + index));
      }
      const { days } = await read<Income>(`/characters/${FIRST}/income?days=40`);
      let before = await harvestable(FIRST);
      for (const { vests } of days.slice(40)) {
        await w.pass(DAY);
        const after = await harvestable(FIRST);
        expect(after - before).to.equal(BigInt(vests));
        before = after;
      }
      await w.chain.request("evm_revert", [snapshot]);
      await w.pass(1);
      await caughtUp();
    });

    it("over the past adds up to what vested, was sold and refunded", async () => {
      const { vested, sold, refunded, days } = await reading().read<Income>(`/characters/${FIRST}/income?days=366`);
      const sum = (column: "vests" | "sold" | "refunded") =>
        days.slice(0, 366).reduce((total, day) => total + BigInt(day[column]), 0n);
      expect([sum("vests"), sum("sold"), sum("refunded")]).to.deep.equal([vested, sold, refunded].map(BigInt));
      expect(BigInt(refunded) > 0n).to.equal(true);
    });

    it("of a character without a pass is nothing, every day", async () => {
      const { sold, days } = await reading().read<Income>("/characters/77/income?days=1");
      expect(sold).to.equal("0");
      expect(days.map(({ vests }) => vests)).to.deep.equal(["0", "0"]);
    });
  });

  describe("GET /characters/:id/circle", () => {
    const circleOf = async (characterId: string) => {
      const all = await pages<Circle>(`/characters/${characterId}/circle?limit=7`);
      return {
        allowed: all.flatMap(({ allowed }) => allowed),
        redeemed: all.flatMap(({ redeemed }) => redeemed),
        revoked: all.flatMap(({ revoked }) => revoked),
        generation: all[0]?.generation,
        largest: Math.max(...all.map((page) => page.allowed.length + page.redeemed.length + page.revoked.length)),
      };
    };

    it("page by page, names once whom the contract allows, and what became of invites", async () => {
      const { w } = reading();
      const { allowed, redeemed, revoked, generation, largest } = await circleOf(PRIVATE);
      expect(largest).to.equal(7);
      const everNamed = rowsFor("circleMembers", PRIVATE).map(({ account }) => getAddress(String(account)));
      const may = await Promise.all(
        everNamed.map((account) =>
          w.publicClient.readContract({
            ...w.contracts.Characters,
            functionName: "isAllowed",
            args: [BigInt(PRIVATE), account],
          }),
        ),
      );
      const names = everNamed.filter((_, index) => may[index]).map((account) => account.toLowerCase());
      expect(allowed.map(({ account }) => account)).to.have.members(names);
      expect(allowed.length).to.be.greaterThan(20);
      const invited = [w.carol, w.operator].map(({ address }) => address.toLowerCase());
      expect(allowed.filter(({ byInvite }) => byInvite).map(({ account }) => account)).to.have.members(invited);
      expect(redeemed.map(({ account }) => account)).to.have.members(invited);
      expect(revoked).to.have.length(1);
      expect(generation).to.equal("1");
    });

    it("after a transfer, starts anew", async () => {
      const { w } = reading();
      const { allowed, generation } = await circleOf(TRANSFERRED);
      expect(allowed.map(({ account }) => account)).to.deep.equal([w.carol.address.toLowerCase()]);
      expect([allowed[0]?.byInvite, generation]).to.deep.equal([false, "1"]);
    });
  });

  describe("GET /characters/:id/reviews", () => {
    const root = (value: bigint) => {
      let whole = BigInt(Math.floor(Math.sqrt(Number(value))));
      while (whole * whole > value) whole--;
      while ((whole + 1n) * (whole + 1n) <= value) whole++;
      return whole;
    };

    it("weighs by the root of what authors paid and did not get back, at least one microcredit", async () => {
      const { w, read } = reading();
      const { reviews, score } = await read<Reviews>(`/characters/${FIRST}/reviews`);
      for (const { author, paid, weight, isOwn } of reviews) {
        const [row] = rowsFor("characterPayers", FIRST).filter(({ payer }) => payer === author);
        const sum = (column: keyof Row) => BigInt(String(row?.[column] ?? 0));
        expect(BigInt(paid)).to.equal(sum("amount") + sum("passesPaid") - sum("passesRefunded"));
        expect(isOwn).to.equal(false);
        expect(BigInt(weight)).to.equal(root(BigInt(paid) || 1n));
      }
      const chain = await w.publicClient.readContract({
        ...w.contracts.Reviews,
        functionName: "scoreOf",
        args: [BigInt(FIRST)],
      });
      expect(score.count).to.equal(Number(chain.count));
      expect(score.average).to.equal(Math.round((Number(chain.sum) * 100) / Number(chain.count)));
      const weights = reviews.reduce((sum, { weight }) => sum + Number(weight), 0);
      const stars = reviews.reduce((sum, { weight, rating }) => sum + Number(weight) * rating, 0);
      expect(score.weighted)
        .to.equal(Math.round((stars * 100) / weights))
        .and.not.to.equal(score.average);
      expect(score.histogram).to.deep.equal(
        [1, 2, 3, 4, 5].map((stars) => reviews.filter(({ rating }) => rating === stars).length),
      );
    });

    it("gives no weight to whom the payee's split pays, through splits of splits", async () => {
      const { w, read } = reading();
      const { reviews, score } = await read<Reviews>(`/characters/${SECOND}/reviews`);
      const own = new Map(reviews.map(({ author, isOwn, weight }) => [author, [isOwn, weight]]));
      expect(own.get(w.alice.address.toLowerCase() as Hex)).to.deep.equal([true, "0"]);
      expect(own.get(w.carol.address.toLowerCase() as Hex)).to.deep.equal([true, "0"]);
      // All weight is with a pass that was a gift, however little that is.
      expect(own.get(w.treasury.address.toLowerCase() as Hex)).to.deep.equal([false, "1"]);
      expect(score).to.include({ count: 3, average: 333, weighted: 500 });
    });

    it("tells of a changed review when, of an answer what, and of one taken back nothing", async () => {
      const { w, read } = reading();
      const { reviews } = await read<Reviews>(`/characters/${FIRST}/reviews`);
      const of = (who: World["alice"]) => reviews.find(({ author }) => author === who.address.toLowerCase());
      expect(BigInt(of(w.alice)?.editedAt ?? 0)).to.be.greaterThan(BigInt(of(w.alice)?.at ?? 0));
      expect(of(w.alice)?.reply?.textURI).to.equal(of(w.alice)?.textURI);
      expect(of(w.operator)).to.include({ rating: 5, editedAt: null, reply: null });
      const { reviews: others } = await read<Reviews>(`/characters/${SECOND}/reviews`);
      expect(others.map(({ byReceipt, textURI }) => [byReceipt, textURI])).to.deep.include([true, "ipfs://by-receipt"]);
    });

    it("sorted by anything, page by page, names every review once and in order", async () => {
      const keyOf = {
        newest: ({ at }: Review) => -Number(at),
        highest: ({ rating }: Review) => -rating,
        lowest: ({ rating }: Review) => rating,
        weight: ({ weight }: Review) => -Number(weight),
      };
      const authors = rowsFor("reviews", FIRST).map(({ author }) => author);
      for (const [sort, key] of Object.entries(keyOf)) {
        const all = await pages<Reviews>(`/characters/${FIRST}/reviews?sort=${sort}&limit=1`);
        const reviews = all.flatMap((page) => page.reviews);
        expect(reviews.map(({ author }) => author)).to.have.members(authors);
        const keys = reviews.map(key);
        expect(keys, sort).to.deep.equal(keys.toSorted((a, b) => a - b));
      }
    });

    it("of a character without any, scores nothing", async () => {
      const { score, reviews } = await reading().read<Reviews>("/characters/77/reviews");
      expect([score.count, score.average, score.weighted, reviews.length]).to.deep.equal([0, 0, 0, 0]);
    });
  });

  it("once the chain's time is months ahead, passes have run out and all income has vested", async () => {
    const { w, read, caughtUp } = reading();
    const snapshot = await w.chain.request("evm_snapshot");
    const before = await read<Subscribers>(`/characters/${FIRST}/subscribers`);
    await w.pass(800 * DAY);
    await caughtUp();
    const { counts } = await read<Subscribers>(`/characters/${FIRST}/subscribers`);
    expect(before.counts.active).to.be.greaterThan(1);
    expect(counts).to.include({ active: 1, renewing: 0 });
    const { vested, toCome, sold, refunded } = await read<Income>(`/characters/${FIRST}/income`);
    expect([BigInt(vested), toCome]).to.deep.equal([BigInt(sold) - BigInt(refunded), "0"]);
    await w.chain.request("evm_revert", [snapshot]);
    await w.pass(1);
    await caughtUp();
    expect((await read<Subscribers>(`/characters/${FIRST}/subscribers`)).counts).to.deep.equal(before.counts);
    expect(sumOf(rowsFor("passPeriods", FIRST), "price")).to.equal(BigInt(sold));
  });
}
