import { expect } from "chai";
import { TabClient } from "../test/client.ts";
import { freshDatabase } from "../test/database.ts";
import { type RelayerProcess, refusedStart, spawnRelayer } from "../test/process.ts";
import { answer, begin, end, say } from "../test/upstream.ts";
import { randomId, startWorld, type World } from "../test/world.ts";

const PRICES = { perInference: 100_000n, perUnit: 0n };

describe("A relayer that is killed", () => {
  let world: World;
  let character: bigint;
  let environment: Record<string, string>;
  let relayer: RelayerProcess;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    environment = world.environment({
      SETTLE_VALUE: "250000",
      SETTLE_INTERVAL_MS: "200",
      EXPOSURE_INITIAL: "10000000",
      // What is settled stays where it is counted.
      COLLECT_VALUE: "0",
    });
    await freshDatabase(environment.DATA_DIR ?? "");
    relayer = await spawnRelayer(environment);
  });
  after(async () => {
    expect(await relayer.terminate()).to.equal(0);
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello"]);
  });

  const restart = async () => {
    await relayer.kill();
    relayer = await spawnRelayer(environment);
  };

  it("while it asks the upstream has charged nothing, and serves the same id afterwards, once", async () => {
    const tab = await world.openTab(5_000_000n);
    const id = randomId();
    const reached = new Promise<void>((resolve) => {
      world.upstream.behave = () => resolve();
    });
    const lost = new TabClient(world, relayer.url, tab).ask(character, { id }).catch(() => undefined);
    await reached;
    await restart();
    expect(await lost).to.equal(undefined);
    const client = new TabClient(world, relayer.url, tab);
    expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n, sequence: 0n });
    expect((await client.statement()).entries[0]?.error?.code).to.equal("interrupted");
    world.upstream.behave = answer(["Again"]);
    client.take(await client.ask(character, { id }));
    expect(await client.status()).to.include({ cumulative: 100_000n, sequence: 1n });
  });

  it("in the middle of a stream has charged nothing twice and holds nothing", async () => {
    const tab = await world.openTab(5_000_000n);
    const before = new TabClient(world, relayer.url, tab);
    before.take(await before.ask(character));
    expect((await before.acknowledge()).status).to.equal(204);
    const reached = new Promise<void>((resolve) => {
      world.upstream.behave = (response) => {
        begin(response);
        say(response, "Half");
        resolve();
      };
    });
    const lost = before.ask(character, { stream: true }).catch(() => undefined);
    await reached;
    await restart();
    expect(await lost).to.equal(undefined);
    const client = new TabClient(world, relayer.url, tab);
    client.state = before.state;
    expect(await client.status()).to.include({ cumulative: 100_000n, signed: 100_000n, reserved: 0n, sequence: 1n });
    world.upstream.behave = answer(["Whole"]);
    const next = await client.ask(character);
    client.take(next);
    expect(next.receipt?.sequence).to.equal(2n);
  });

  it("under load has charged exactly what it gave receipts for, or is found in the statement", async () => {
    const tab = await world.openTab(50_000_000n);
    const before = new TabClient(world, relayer.url, tab);
    let asked = 0;
    let reached: () => void = () => {};
    const busy = new Promise<void>((resolve) => {
      reached = resolve;
    });
    world.upstream.behave = (response) => {
      asked += 1;
      if (asked === 20) reached();
      begin(response);
      say(response, "Word");
      end(response);
    };
    const answers = Array.from({ length: 40 }, () => before.ask(character).catch(() => undefined));
    await busy;
    await restart();
    const given = (await Promise.all(answers)).filter((one) => one?.receipt !== undefined);
    const client = new TabClient(world, relayer.url, tab);
    const { entries } = await client.statement("?limit=500");
    const charged = entries.map(({ receipt }) => receipt?.receipt).filter((receipt) => receipt !== undefined);
    const status = await client.status();
    // Every receipt that was given out is in the books; what was charged and lost on the way can be asked for again.
    for (const one of given) expect(charged.map(({ request }) => request)).to.include(one?.receipt?.request);
    expect(charged.map(({ sequence }) => sequence)).to.deep.equal(charged.map((_, index) => BigInt(index + 1)));
    expect(new Set(charged.map(({ request }) => request)).size).to.equal(charged.length);
    expect(status).to.include({ cumulative: BigInt(charged.length) * 100_000n, reserved: 0n });
  });

  for (const moment of ["at once", "when its transaction waits to be mined"]) {
    it(`while it settles, ${moment}, settles everything once after it comes back`, async () => {
      const clients: TabClient[] = [];
      for (let count = 0; count < 3; count += 1) {
        const client = new TabClient(world, relayer.url, await world.openTab(5_000_000n));
        for (let asked = 0; asked < 3; asked += 1) client.take(await client.ask(character));
        clients.push(client);
      }
      const accrued = await world.readMeter("accruedOf", [character]);
      const unmined = moment !== "at once";
      if (unmined) await world.chain.request("evm_setAutomine", [false]);
      for (const client of clients) expect((await client.acknowledge()).status).to.equal(204);
      if (unmined) await until(async () => (await pendingCount(world)) > 0);
      await relayer.kill();
      if (unmined) {
        await world.chain.request("evm_setAutomine", [true]);
        await world.chain.request("hardhat_mine", ["0x1"]);
      }
      relayer = await spawnRelayer(environment);
      for (const client of clients) {
        await until(async () => (await world.tabOf(client.tab.tabId)).spent === client.state.cumulative);
      }
      expect((await world.readMeter("accruedOf", [character])) - accrued).to.equal(900_000n);
    });
  }

  it("refuses a second process on the same folder, and lets a stopped one's be taken over", async () => {
    const { code, said } = await refusedStart({ ...environment, PORT: "0" });
    expect(code).to.equal(1);
    expect(said).to.contain("DATA_DIR").and.to.contain("in use");
  });
});

describe("A relayer that is asked to stop", () => {
  it("lets what is under way end, and takes nothing new", async () => {
    const world = await startWorld();
    try {
      const character = await world.publish(PRICES);
      const environment = world.environment();
      await freshDatabase(environment.DATA_DIR ?? "");
      const relayer = await spawnRelayer(environment);
      const client = new TabClient(world, relayer.url, await world.openTab(5_000_000n));
      let finish: () => void = () => {};
      const reached = new Promise<void>((resolve) => {
        world.upstream.behave = async (response) => {
          begin(response);
          resolve();
          await new Promise<void>((go) => {
            finish = go;
          });
          say(response, "Done");
          end(response);
        };
      });
      const answered = client.ask(character);
      await reached;
      const stopped = relayer.terminate();
      finish();
      expect((await answered).text).to.equal("Done");
      expect(await stopped).to.equal(0);
    } finally {
      await world.stop();
    }
  });
});

async function pendingCount(world: World): Promise<number> {
  const block = (await world.chain.request("eth_getBlockByNumber", ["pending", false])) as { transactions: unknown[] };
  return block.transactions.length;
}

/** Waits for something another process brings about; gives up after a minute or more. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries += 1) {
    if (tries > 1_000) throw new Error("it did not come about");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
