import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startChain, type TestChain } from "../../test/harness/chain.ts";
import { expectAgreement } from "./agreement.ts";
import { briefEconomy } from "./economyTraffic.ts";
import { startIndexer, type TestIndexer } from "./indexer.ts";
import { briefMarket } from "./marketTraffic.ts";
import { briefTraffic } from "./sharing.ts";
import { readTables, rowsOf } from "./tables.ts";
import { allTraffic, characterTraffic, creditTraffic, HOSTILE, LONG_URI, tabTraffic } from "./traffic.ts";
import { type World, worldOf } from "./world.ts";

describe("The index", () => {
  let chain: TestChain;
  let w: World;
  let indexer: TestIndexer;
  let folder: string;
  /** A work that the traffic left to Alice. */
  let sold: bigint;

  const expectTablesToEqualTheChain = async () => {
    await indexer.caughtUp();
    await expectAgreement(w, await readTables(indexer.url));
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "stelai-index-"));
    chain = await startChain();
    w = worldOf(chain);
    indexer = await startIndexer(chain, { DATA_DIR: folder });
  });

  after(async () => {
    await indexer?.stop();
    await chain?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("follows traffic of every kind as it happens, and equals the chain", async () => {
    sold = await allTraffic(w);
    await expectTablesToEqualTheChain();
  });

  it("keeps what strangers wrote, without what no database takes", async () => {
    const tables = await readTables(indexer.url);
    const [first, second] = rowsOf(tables, "characters");
    const clean = HOSTILE.replaceAll("\u0000", "\uFFFD");
    expect(first).to.include({ metadataURI: `${clean}\uFFFD`, suspended: false, suspensionReason: "" });
    expect(second).to.include({ metadataURI: LONG_URI, suspended: true });
    expect(String(second?.suspensionReason))
      .to.match(/^🏛️🏛️/u)
      .and.satisfy((text: string) => text.isWellFormed());
    const reasons = rowsOf(tables, "characterEvents").filter(({ kind }) => kind === "Suspension");
    expect(reasons.map(({ value }) => value)).to.include(clean);
  });

  it("keeps for skipped rows why they were, and whose tab they named", async () => {
    const rows = rowsOf(await readTables(indexer.url), "settledRows").filter(({ outcome }) => outcome !== "Paid");
    const named = rows.map(({ outcome, payer, amount }) => [outcome, payer !== null, amount]);
    expect(named).to.have.deep.members([
      ["AboveCap", false, "0"],
      ["AboveCap", true, "0"],
      ["BadSignature", true, "0"],
      ["NotAbove", true, "0"],
      ["LinesDiffer", true, "0"],
      ["AboveCap", true, "0"],
    ]);
  });

  it("takes back what a reorganisation took back, and equals the chain that won", async () => {
    const snapshot = await chain.request("evm_snapshot");
    // Fewer blocks than Ponder takes to be final.
    await creditTraffic(w);
    await briefTraffic(w);
    await briefMarket(w, sold);
    await briefEconomy(w);
    await indexer.caughtUp();
    const lost = await readTables(indexer.url);
    await chain.request("evm_revert", [snapshot]);
    await w.pass(60);
    const characters = await characterTraffic(w);
    await tabTraffic(w, characters);
    await expectTablesToEqualTheChain();
    const won = await readTables(indexer.url);
    for (const table of [
      "purchases",
      "passHolders",
      "passPeriods",
      "harvests",
      "circleMembers",
      "invites",
      "reviews",
      "works",
      "workParents",
      "offers",
      "licences",
      "resales",
      "planPayments",
      "planSubscriptions",
      "bonusAccounts",
      "bonusGrants",
      "referrals",
      "campaigns",
    ]) {
      expect(rowsOf(won, table).length, table).to.be.lessThan(rowsOf(lost, table).length);
    }
  });

  it("goes on where it was after a restart on a chain whose time is a year ahead, and equals it", async () => {
    expect(await indexer.stop()).to.equal(0);
    mkdirSync(join(folder, "31337-0123456789ab"));
    await allTraffic(w);
    await w.pass(400 * 86_400);
    indexer = await startIndexer(chain, { DATA_DIR: folder });
    await expectTablesToEqualTheChain();
  });

  it("keeps its files apart from those of another PGlite, and drops what an earlier one left", async () => {
    const own = readdirSync(folder).filter((name) => name.startsWith("31337-"));
    expect(own).to.have.length(1);
    const [, version] = own[0]?.match(/-pg(\d+)$/) ?? [];
    expect(readFileSync(join(folder, own[0] ?? "", "PG_VERSION"), "utf8").trim()).to.equal(version);
  });

  it("is row for row what an index that only sees the chain of now builds from nothing", async () => {
    const fresh = await startIndexer(chain);
    try {
      await fresh.caughtUp();
      const [grown, built] = [await readTables(indexer.url), await readTables(fresh.url)];
      expect(Object.keys(grown)).to.have.length.greaterThan(25);
      for (const [name, rows] of Object.entries(built)) expect(grown[name], name).to.have.deep.members(rows);
    } finally {
      await fresh.stop();
    }
  });
});
