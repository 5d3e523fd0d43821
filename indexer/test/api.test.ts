import { payeeOf, type Share, splitOf } from "@stelai/sdk";
import { expect } from "chai";
import { type Address, parseEther } from "viem";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { describeEconomy } from "./economyRoutes.ts";
import { graphql, startIndexer, type TestIndexer } from "./indexer.ts";
import { describeMarket } from "./marketRoutes.ts";
import { derivedSharesOf } from "./marketTraffic.ts";
import { describeReviewsBy } from "./reviewsByRoutes.ts";
import { describeSharing } from "./sharingRoutes.ts";
import { type Row, readTables, rowsOf, type Tables } from "./tables.ts";
import { allTraffic, nestedSharesOf, sharesOf } from "./traffic.ts";
import { type World, worldOf } from "./world.ts";

type Json = Record<string, unknown>;
type Sums = Record<"gross" | "commission" | "split" | "net", string>;
type Statement = {
  totals: Sums;
  claimed: string;
  claimable: string;
  lines: (Sums & { date: string; characterId: string | null; payee: string })[];
} & Record<"days" | "characters" | "kinds" | "payees", (Sums & Json)[]>;

describe("The index over HTTP", () => {
  let chain: TestChain;
  let w: World;
  let indexer: TestIndexer;
  let tables: Tables;

  const get = (path: string) => fetch(`${indexer.url}${path}`);
  const read = async <Body>(path: string) => (await (await get(path)).json()) as Body;
  const statementOf = (address: Address, query = "") => read<Statement>(`/creators/${address}/statement${query}`);

  before(async () => {
    chain = await startChain();
    w = worldOf(chain);
    await allTraffic(w);
    const { Characters, CharacterAccess } = w.contracts;
    await w.mined(w.bob.wallet.writeContract({ ...Characters, functionName: "setVisibility", args: [1n, 0] }));
    await w.mined(
      w.deployer.wallet.writeContract({ ...Characters, functionName: "setSuspended", args: [2n, false, "cleared"] }),
    );
    await w.mined(
      w.bob.wallet.writeContract({
        ...Characters,
        functionName: "setPayee",
        args: [6n, splitOf(nestedSharesOf(w))],
      }),
    );
    // Someone pays today for a private character, and for one that is not listed.
    for (const characterId of [3n, 6n]) {
      const args = [characterId, 1, 2 ** 40 - 1, false, "0x"] as const;
      await w.mined(w.alice.wallet.writeContract({ ...CharacterAccess, functionName: "subscribe", args }));
    }
    indexer = await startIndexer(chain);
    await indexer.caughtUp();
    tables = await readTables(indexer.url);
  });

  after(async () => {
    await indexer?.stop();
    await chain?.stop();
  });

  describe("GET /creators/:address/statement", () => {
    /** What the contract would pay the account now if everything flowed first. */
    const claimableOf = async (who: World["alice"]): Promise<bigint> => {
      const stepsOf = (shares: Share[]) => shares.map((_, index) => ({ shares, index: BigInt(index) }));
      const steps = [derivedSharesOf(w), nestedSharesOf(w), sharesOf(w)].flatMap(stepsOf);
      const args = [steps, who.address] as const;
      const claim = w.publicClient.simulateContract({
        ...w.contracts.Payouts,
        functionName: "claim",
        args,
        account: who.account,
      });
      return claim.then(
        ({ result }) => result,
        (error: Error) => {
          if (error.message.includes("NothingToClaim")) return 0n;
          throw error;
        },
      );
    };

    it("adds up to what the contract has paid and would pay, to the wei, through splits of splits", async () => {
      for (const who of [w.alice, w.bob, w.carol]) {
        const { totals, claimed } = await statementOf(who.address);
        expect(BigInt(totals.net) - BigInt(claimed), who.address).to.equal(await claimableOf(who));
      }
    });

    it("says gross − commission − split = net on every line, and every grouping adds up to the same", async () => {
      const { totals, lines, days, characters, kinds, payees } = await statementOf(w.bob.address);
      expect(lines.length).to.be.greaterThan(3);
      expect(BigInt(totals.split) > 0n).to.equal(true);
      expect(characters.map(({ characterId }) => characterId)).to.include.members(["1", "2", "5", null]);
      expect(payees.filter(({ isSplit }) => isSplit)).to.have.length(3);
      expect(kinds.map(({ kind }) => kind)).to.include.members(["Metered", "Passes"]);
      for (const each of [totals, ...lines, ...days, ...characters, ...kinds, ...payees]) {
        expect(BigInt(each.gross) - BigInt(each.commission) - BigInt(each.split)).to.equal(BigInt(each.net));
      }
      for (const group of [lines, days, characters, kinds, payees]) {
        for (const column of ["gross", "commission", "split", "net"] as const) {
          const sum = group.reduce((total, each) => total + BigInt(each[column]), 0n);
          expect(sum).to.equal(BigInt(totals[column]));
        }
      }
    });

    it("with a range, keeps the lines of those days and their amounts", async () => {
      const whole = await statementOf(w.bob.address);
      const last = whole.lines.at(-1)?.date;
      const part = await statementOf(w.bob.address, `?from=${last}&to=${last}`);
      expect(part.lines).to.deep.equal(whole.lines.filter(({ date }) => date === last));
      expect((await statementOf(w.bob.address, "?to=2001-01-01")).lines).to.deep.equal([]);
    });

    it("as CSV, has a row for each line with the same net", async () => {
      const response = await get(`/creators/${w.bob.address}/statement?format=csv`);
      expect(response.headers.get("content-type")).to.equal("text/csv; charset=utf-8");
      const [header, ...rows] = (await response.text()).trimEnd().split("\r\n");
      expect(header?.split(",").at(-1)).to.equal("net (STELAI)");
      const { lines } = await statementOf(w.bob.address);
      expect(rows.map((row) => parseEther(row.split(",").at(-1) ?? ""))).to.deep.equal(
        lines.map(({ net }) => BigInt(net)),
      );
    });

    it("for someone who never earned, is empty", async () => {
      const { totals, lines, claimable } = await statementOf("0x00000000000000000000000000000000000000A1");
      expect(totals).to.deep.equal({ gross: "0", commission: "0", split: "0", net: "0" });
      expect([lines, claimable]).to.deep.equal([[], "0"]);
    });

    it("with an address, date or format that is none, refuses and names the parameter", async () => {
      for (const [path, param] of [
        ["/creators/0x12/statement", "address"],
        [`/creators/${w.bob.address}/statement?from=2026-02-30`, "from"],
        [`/creators/${w.bob.address}/statement?format=xml`, "format"],
        [`/accounts/${w.bob.address}/activity?limit=0`, "limit"],
        [`/accounts/${w.bob.address}/activity?before='`, "before"],
        [`/accounts/${w.bob.address}/passes?after=1`, "after"],
        [`/accounts/${w.bob.address}/credits?after=1`, "after"],
        [`/accounts/${w.bob.address}/credits.csv?from=yesterday`, "from"],
        ["/campaigns/x/claims", "id"],
        ["/contributors?days=8", "days"],
        ["/characters/0/subscribers", "id"],
        ["/characters/1'/circle", "id"],
        ["/characters/1/income?days=367", "days"],
        ["/characters/1/income?days=1e1", "days"],
        ["/characters/1/reviews?sort=best", "sort"],
        ["/characters/1/reviews?after=5-1", "after"],
        ["/trending?modality=Smell", "modality"],
        ["/works/0", "id"],
        ["/works/1/orders?after=x", "after"],
        ["/orders?status=None", "status"],
        ["/orders?after=7", "after"],
        [`/accounts/${w.bob.address}/works?role=loved`, "role"],
      ] as const) {
        const response = await get(path);
        expect(response.status, path).to.equal(400);
        expect(((await response.json()) as { error: Json }).error.param).to.equal(param);
      }
    });
  });

  describe("GET /accounts/:address/activity", () => {
    type Item = { id: string; type: string; lines?: Json[] };

    it("page by page, tells everything the account did once, newest first", async () => {
      const address = w.alice.address.toLowerCase();
      const seen: Item[] = [];
      let next: string | null = null;
      do {
        const before: string = next === null ? "" : `&before=${next}`;
        const page = await read<{ items: Item[]; next: string | null }>(
          `/accounts/${address}/activity?limit=3${before}`,
        );
        seen.push(...page.items);
        next = page.next;
      } while (next !== null);
      const own = (table: string, ...columns: string[]) =>
        rowsOf(tables, table).filter((row) => columns.some((column) => row[column] === address));
      const licences = new Map(rowsOf(tables, "licences").map((row) => [row.id, row]));
      const isMoney = ({ kind }: Row) => ["Bought", "Disputed", "Released", "Refunded"].includes(String(kind));
      const isParty = ({ licenceId, account }: Row) => {
        const { payer, recipient, seller } = licences.get(licenceId ?? "") ?? {};
        return [account, payer, recipient, seller].includes(address);
      };
      const expected = [
        ...own("purchases", "payer", "recipient"),
        ...own("redemptions", "account"),
        ...own("passPeriods", "payer", "account"),
        ...own("passCancellations", "account"),
        ...own("tabEvents", "payer"),
        ...own("settledRows", "payer"),
        ...own("claims", "account"),
        ...own("resales", "buyer", "seller"),
        ...rowsOf(tables, "licenceEvents").filter((row) => isMoney(row) && isParty(row)),
      ].map(({ id }) => String(id));
      expect(expected.length).to.be.greaterThan(6);
      expect(seen.map(({ id }) => id)).to.deep.equal(expected.sort().reverse());
    });

    it("tells with each settled row who was paid", async () => {
      const { items } = await read<{ items: Item[] }>(`/accounts/${w.bob.address}/activity`);
      const settled = items.find(({ type }) => type === "settlement");
      expect(settled?.lines?.map(({ characterId, amount }) => [characterId, amount])).to.deep.equal([
        ["1", "500000"],
        ["999999", "11"],
      ]);
    });
  });

  it("GET /totals says what the contracts hold", async () => {
    const totals = await read<Record<string, string>>("/totals");
    const { Stelai, Reserve, CreditStore, Payouts, InferenceMeter, CharacterAccess, Licenses } = w.contracts;
    const balance = (token: typeof Stelai | typeof Reserve, holder: Address) =>
      w.publicClient.readContract({
        abi: Stelai.abi,
        address: token.address,
        functionName: "balanceOf",
        args: [holder],
      });
    expect(totals).to.include({
      supply: String(await w.publicClient.readContract({ ...Stelai, functionName: "totalSupply" })),
      reserve: String(await balance(Reserve, CreditStore.address)),
      payoutsHold: String(await balance(Stelai, Payouts.address)),
      meterHolds: String(await balance(Stelai, InferenceMeter.address)),
      accessHolds: String(await balance(Stelai, CharacterAccess.address)),
      licensesHold: String(await balance(Stelai, Licenses.address)),
    });
  });

  it("GET /trending ranks by accounts and the logarithm of what they paid, halved every three days", async () => {
    const days = rowsOf(tables, "characterDays");
    const today = Math.max(...days.filter(({ payers }) => Number(payers) > 0).map(({ day }) => Number(day)));
    const scoreOf = (characterId: string) =>
      days
        .filter((row) => row.characterId === characterId && Number(row.payers) > 0 && Number(row.day) > today - 30)
        .map(({ day, amount, passesSold, passesRefunded, payers }) => {
          const credits = Math.max(0, Number(amount) + Number(passesSold) - Number(passesRefunded)) / 1e6;
          return Number(payers) * Math.log(1 + credits / Number(payers)) * 2 ** ((Number(day) - today) / 3);
        })
        .reduce((sum, score) => sum + score, 0);
    const { characters } = await read<{ characters: { characterId: string; score: number }[] }>("/trending");
    // Neither the private one nor the one that is not listed, though someone paid for both.
    expect([scoreOf("3"), scoreOf("6")].every((score) => score > 0)).to.equal(true);
    const ranked = ["1", "2", "5"].sort((a, b) => scoreOf(b) - scoreOf(a));
    expect(characters.map(({ characterId }) => characterId)).to.deep.equal(ranked);
    for (const { characterId, score } of characters) {
      expect(Math.abs(score - scoreOf(characterId))).to.be.lessThan(1e-9);
    }
  });

  describeEconomy(() => ({
    ...{ w, tables, read, caughtUp: indexer.caughtUp },
    text: async (path) => (await get(path)).text(),
  }));
  describeReviewsBy(() => ({ w, tables, read, caughtUp: indexer.caughtUp }));
  describeMarket(() => ({ w, tables, read, caughtUp: indexer.caughtUp }));
  describeSharing(() => ({ w, tables, read, caughtUp: indexer.caughtUp }));

  it("GraphQL follows relations, and writes nothing", async () => {
    const { character } = await graphql<{ character: Json }>(
      indexer.url,
      '{ character(id: "1") { versions { items { version perUnit } } listings { items { listed } } lines { totalCount } } }',
    );
    expect(character.versions).to.deep.equal({
      items: [
        { version: "1", perUnit: "2000" },
        { version: "2", perUnit: "0" },
        { version: "3", perUnit: "2000" },
      ],
    });
    const complaint = await graphql(indexer.url, 'mutation { deleteCharacter(id: "1") { id } }').catch(
      (error) => error,
    );
    expect(complaint).to.be.an("error");
  });

  it("offers no SQL on the embedded database, whose connection may write", async () => {
    expect((await get("/sql/db?sql=%7B%7D")).status).to.equal(404);
  });

  it("names splits as the contract does", () => {
    const split = rowsOf(tables, "splits").map(({ id }) => BigInt(String(id)));
    expect(split).to.include.members([sharesOf(w), nestedSharesOf(w), derivedSharesOf(w)].map(splitOf));
    const recipients = rowsOf(tables, "splitShares").map(({ recipient }) => BigInt(String(recipient)));
    expect(recipients).to.include(payeeOf(w.alice.address));
  });
});
