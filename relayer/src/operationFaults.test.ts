import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import pg from "pg";
import type { Hex } from "viem";
import { createSiweMessage } from "viem/siwe";
import { type Answer, type OpenTab, TabClient } from "../test/client.ts";
import { startPostgres, type TestPostgres } from "../test/postgres.ts";
import { type RelayerProcess, spawnRelayer } from "../test/process.ts";
import { type FaultyNode, startFaultyNode } from "../test/rpc.ts";
import { answer, begin, end, say } from "../test/upstream.ts";
import { randomId, startWorld, type World } from "../test/world.ts";

const PRICE = 10_000n;
/** Tries before somebody gives up, some 50 ms apart. */
const TRIES = 1_200;

describe("Two relayers in processes of their own, on one Postgres", () => {
  let world: World;
  let postgres: TestPostgres;
  let character: bigint;
  let url: string;
  const running: RelayerProcess[] = [];

  before(async () => {
    [world, postgres] = await Promise.all([startWorld(), startPostgres()]);
    character = await world.publish({ perInference: PRICE });
  });
  beforeEach(async () => {
    world.upstream.behave = answer(["Hello"]);
    url = await postgres.database();
  });
  afterEach(async () => {
    for (const relayer of running.splice(0)) await relayer.kill();
  });
  after(async () => {
    await world.stop();
    await postgres.stop();
  });

  const spawn = async (more: Record<string, string> = {}) => {
    const relayer = await spawnRelayer(world.environment({ DATABASE_URL: url, ...more }));
    running.push(relayer);
    return relayer;
  };
  /** Ends one without a chance to clean up, and starts another in its place. */
  const replace = async (relayer: RelayerProcess) => {
    running.splice(running.indexOf(relayer), 1);
    await relayer.kill();
    return spawn();
  };
  const sql = async (text: string) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(text)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  /** Asks until there is an answer, under the same id, as a client does; `where` may be another relayer each time. */
  const persist = async (tab: OpenTab, id: Hex, where: () => string) => {
    const refusals: string[] = [];
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answered: Answer | undefined = await new TabClient(world, where(), tab)
        .ask(character, { id })
        .catch(() => undefined);
      if (answered?.status === 200) return { answered, refusals };
      refusals.push(answered?.error?.code ?? "broken off");
      await delay(50);
    }
    throw new Error(`no answer: ${[...new Set(refusals)].join(", ")}`);
  };
  /** What the books say of a tab that nothing is under way on. */
  const booksOf = async ({ tabId }: OpenTab) =>
    (await sql(`select cumulative, reserved, in_flight from relayer.tabs where tab_id = ${tabId}`))[0];

  it("killed in turn under load, charge what they answered, each request once, and hold nothing", async function () {
    // Four processes are started, two of them while others are busy.
    this.timeout(300_000);
    let relayers = await Promise.all([spawn(), spawn()]);
    const tabs = [await world.openTab(10_000_000n), await world.openTab(10_000_000n)];
    const [each, together] = [60, 6];
    let asked = 0;
    let answered = 0;
    let isOver = false;
    const killing = (async () => {
      for (const [index, share] of [0.2, 0.6].entries()) {
        while (answered < share * tabs.length * each && !isOver) await delay(5);
        const [dying, other] = [relayers[index], relayers[1 - index]];
        if (dying === undefined || other === undefined) throw new Error("there are two");
        // Whoever asks it meanwhile is refused a connection, and asks the other.
        relayers = index === 0 ? [await replace(dying), other] : [other, await replace(dying)];
      }
    })();
    const receipts = await Promise.all(
      tabs.map(async (tab) => {
        const ids = Array.from({ length: each }, () => randomId());
        const found: bigint[] = [];
        await Promise.all(
          Array.from({ length: together }, async () => {
            for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
              const one = await persist(tab, id, () => {
                asked += 1;
                return relayers[asked % 2]?.url ?? "";
              });
              answered += 1;
              if (one.answered.receipt !== undefined) found.push(one.answered.receipt.sequence);
            }
          }),
        );
        return found.sort((a, b) => Number(a - b));
      }),
    ).finally(() => {
      isOver = true;
    });
    await killing;
    for (const [index, tab] of tabs.entries()) {
      expect(receipts[index]).to.deep.equal(Array.from({ length: each }, (_, sequence) => BigInt(sequence + 1)));
      const charged = String(PRICE * BigInt(each));
      expect(await booksOf(tab)).to.deep.equal({ cumulative: charged, reserved: "0", in_flight: 0 });
    }
  });

  it("go on when Postgres comes back: what was under way is charged, what came meanwhile was told to come again", async () => {
    const [one, other] = await Promise.all([spawn(), spawn()]);
    const tab = await world.openTab(1_000_000n);
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    world.upstream.behave = async (response) => {
      begin(response);
      say(response, "One");
      reached.resolve();
      await go.promise;
      say(response, " more");
      end(response);
    };
    const streamed = new TabClient(world, one.url, tab).ask(character, { stream: true });
    await reached.promise;
    world.upstream.behave = answer(["Hello"]);
    const restarted = postgres.restart();
    const meanwhile = persist(tab, randomId(), () => other.url);
    await restarted;
    go.resolve();
    const { text, receipt } = await streamed;
    expect([text, receipt?.amount]).to.deep.equal(["One more", PRICE]);
    const { answered, refusals } = await meanwhile;
    expect(answered.receipt?.amount).to.equal(PRICE);
    for (const refusal of refusals) expect(refusal).to.be.oneOf(["unavailable", "request_in_progress"]);
    expect(await booksOf(tab)).to.deep.equal({ cumulative: String(2n * PRICE), reserved: "0", in_flight: 0 });
    expect((await fetch(`${one.url}/ready`)).status).to.equal(200);
  });

  it("end with a word about it when they are asked to while Postgres is away", async () => {
    const relayer = await spawn();
    running.splice(0);
    await postgres.restart(async () => {
      expect(await relayer.terminate()).to.equal(1);
    });
    expect(relayer.log.at(-1)).to.include({ level: "error" }).and.to.have.nested.property("error.stack");
    expect(relayer.log.at(-1)?.msg).to.contain("stopped, but not in order");
  });

  describe("whose clocks are two minutes apart", () => {
    let node: FaultyNode;
    let behind: RelayerProcess;
    let ahead: RelayerProcess;
    let tab: OpenTab;
    beforeEach(async () => {
      node = await startFaultyNode(world.chain.rpcUrl);
      tab = await world.openTab(1_000_000n);
    });
    afterEach(async () => {
      await world.chain.request("evm_setAutomine", [true]);
      await node.stop();
    });

    it("serve one tab, sign one person in, hold nobody's transaction for stuck, and settle once", async () => {
      const settling = { SETTLE_VALUE: "1", SETTLE_INTERVAL_MS: "100", TRANSACTION_STUCK_SECONDS: "60" };
      behind = await spawn({ ...settling, NODE_OPTIONS: clockOff(-60) });
      const client = new TabClient(world, behind.url, tab);
      client.take(await client.ask(character));
      await world.chain.request("evm_setAutomine", [false]);
      expect((await client.acknowledge()).status).to.equal(204);
      const sent = async () => sql("select attempts from relayer.transactions");
      for (let tries = 0; (await sent()).length === 0 && tries < TRIES; tries += 1) await delay(50);

      // By the other's clock it was sent two minutes ago. What that sends again is the same.
      const seen = Promise.withResolvers<unknown>();
      node.lie = ({ method, params }) => {
        if (method === "eth_sendRawTransaction") seen.resolve(params?.[0]);
        return undefined;
      };
      ahead = await spawn({ ...settling, RPC_URL: node.url, NODE_OPTIONS: clockOff(60) });
      const raw = await seen.promise;
      const [row, ...others] = (await sent()) as { attempts: { raw: string }[] }[];
      expect([row?.attempts.map((attempt) => attempt.raw), others.length]).to.deep.equal([[raw], 0]);
      await world.chain.request("evm_setAutomine", [true]);
      await world.chain.request("evm_mine");
      expect((await world.tabOf(tab.tabId)).spent).to.equal(PRICE);

      const both = [behind, ahead].map((relayer) => new TabClient(world, relayer.url, tab));
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => both[index % 2]?.ask(character)));
      expect(answers.map((one) => one?.receipt?.amount)).to.deep.equal(answers.map(() => PRICE));
      expect(await booksOf(tab)).to.deep.equal({ cumulative: String(21n * PRICE), reserved: "0", in_flight: 0 });
      for (const [asked, told] of [
        [behind, ahead],
        [ahead, behind],
      ] as const) {
        expect(await signIn(asked, told)).to.equal(200);
      }
    });
  });

  /** A nonce of one relayer, signed by the payer by the right time, brought to the other. */
  async function signIn(asked: RelayerProcess, told: RelayerProcess): Promise<number> {
    const { nonce } = (await (await fetch(`${asked.url}/v1/auth/nonce`)).json()) as { nonce: string };
    const message = createSiweMessage({
      ...{ address: world.payer.address, chainId: world.chain.deployment.chainId, nonce, version: "1" },
      ...{ domain: "localhost:5173", uri: "http://localhost:5173" },
    });
    const body = JSON.stringify({ message, signature: await world.payer.signMessage({ message }) });
    return (await fetch(`${told.url}/v1/auth/verify`, { method: "POST", body })).status;
  }
});

/** Node's options for a process whose clock is so many seconds off. */
function clockOff(seconds: number): string {
  const skew = `{const True = Date; globalThis.Date = class extends True {
    constructor(...given) { if (given.length === 0) super(True.now() + ${seconds * 1_000}); else super(...given); }
    static now() { return True.now() + ${seconds * 1_000}; }
  };}`;
  return `--import=data:text/javascript,${encodeURIComponent(skew)}`;
}
