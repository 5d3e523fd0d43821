/**
 * Two relayers on one Postgres behind a round-robin proxy, under the traffic of ten minutes as fast as it goes: `LOAD_PEOPLE`
 * people with the SDK, of whom each does something every 20 seconds (`LOAD_ACTS` times). Meanwhile relayers are killed and
 * started again, Postgres is restarted, and the chain's node falls behind and answers with errors. However it went, what
 * is charged is what was served.
 */
import { setTimeout as delay } from "node:timers/promises";
import { operatorReceiversAbi, stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import pg from "pg";
import { createPublicClient, http } from "viem";
import { hardhat } from "viem/chains";
import { startPostgres, type TestPostgres } from "../../relayer/test/postgres.ts";
import { type RelayerProcess, spawnRelayer } from "../../relayer/test/process.ts";
import { type FaultyNode, startFaultyNode } from "../../relayer/test/rpc.ts";
import { begin, end, say } from "../../relayer/test/upstream.ts";
import { startWorld, type World } from "../../relayer/test/world.ts";
import { random } from "../characters/helpers/simulation.ts";
import { type Act, CHAT, IMAGE, type Offer, Person, type Taken, usageOf } from "./person.ts";
import { type Balancer, startProxy } from "./proxy.ts";

const PEOPLE = Number(process.env.LOAD_PEOPLE ?? 16);
const ACTS = Number(process.env.LOAD_ACTS ?? 30);
/** Who has a pass, of all. */
const PASSES = 4;
/** Whoever waits for the last incident does this many times what they came for, and no more. */
const MOST = 20;
/** How long the chain's node is behind, and then broken. */
const FAULT_MS = 3_000;

/** What 30 acts of somebody are. */
const DECK: readonly (readonly [Act, number])[] = [
  ...([
    ["chat", 7],
    ["stream", 7],
    ["again", 3],
    ["key", 2],
    ["single", 2],
    ["statement", 2],
    ["free", 2],
  ] as const),
  ...([
    ["pass", 2],
    ["image", 1],
    ["topUp", 1],
    ["close", 1],
  ] as const),
];

describe("Two relayers under load, killed in turn", () => {
  let world: World;
  let postgres: TestPostgres;
  let database: pg.Client;
  let environment: Record<string, string>;
  let relayers: RelayerProcess[];
  let proxy: Balancer;
  let node: FaultyNode;
  let people: Person[];
  /** Once anything failed for good, nobody goes on. */
  const failed = new AbortController();
  const incidents: string[] = [];

  before(async () => {
    [world, postgres] = await Promise.all([startWorld(), startPostgres()]);
    world.upstream.behave = async (response, body) => {
      const words = Number(/In exactly (\d+) words/.exec(body.messages.at(-1)?.content ?? "")?.[1] ?? 1);
      begin(response);
      for (let word = 1; word <= words; word += 1) {
        say(response, word === 1 ? "word" : " word");
        // As they come, so that streams are under way when a process dies.
        await delay(5);
      }
      end(response, usageOf(words));
    };
    const offer: Offer = {
      chat: await world.publish(CHAT),
      free: await world.publish({}),
      pass: await world.publish({ perInference: 1_000n, lifetime: 1_000_000n }),
      image: await world.publish(IMAGE, { modality: 1 }),
    };
    const url = await postgres.database();
    node = await startFaultyNode(world.chain.rpcUrl);
    environment = world.environment({
      ...{ DATABASE_URL: url, RPC_URL: node.url, WEB_ORIGIN: "http://localhost:5173", TRUST_PROXY: "false" },
      ...{ FEE_PER_UNIT_CHAT: String(CHAT.feePerUnit), EXPOSURE_INITIAL: "2000000", COLLECT_VALUE: "0" },
      ...{ SETTLE_VALUE: "20000", SETTLE_AGE_SECONDS: "5", SETTLE_INTERVAL_MS: "1000", CHAIN_POLL_MS: "250" },
      // What is made when a relayer is killed is made anew, each time.
      ...{ GENERATIONS_AT_ONCE: "1", GENERATION_ATTEMPTS: "10", INSTANCE_TIMEOUT_SECONDS: "6" },
      ...{ RATE_FREE_PER_MINUTE: "100000", RATE_WRITES_PER_MINUTE: "100000" },
      ...{ SPONSOR_PER_ACCOUNT_PER_DAY: "1000", SPONSOR_PER_ADDRESS_PER_DAY: "100000" },
      ...{ SPONSOR_DAILY_BUDGET: String(10n ** 18n), X402_DAILY_BUDGET: String(10n ** 18n) },
      ...{ X402: "true", RATE_PAYMENTS_PER_MINUTE: "100000" },
    });
    // Both migrate at the same time.
    relayers = await Promise.all([spawnRelayer(environment), spawnRelayer(environment)]);
    proxy = await startProxy(relayers.map((relayer) => relayer.url));
    await world.chain.request("evm_setIntervalMining", [1_000]);
    people = [];
    for (let index = 0; index < PEOPLE; index += 1) {
      const account = world.account(100 + index);
      await world.give(account, 100n);
      if (index < PASSES) await world.write(account, "CharacterAccess", "buyLifetime", [offer.pass, 1_000_000n, "0x"]);
      people.push(new Person(world, proxy.url, account, offer, diceOf(index), failed.signal));
    }
    await Promise.all(people.map((person) => person.begin()));
    database = new pg.Client(url);
  });
  after(async () => {
    await database?.end().catch(() => {});
    await proxy?.stop();
    for (const relayer of relayers ?? []) await relayer.kill().catch(() => {});
    await node?.stop();
    await world?.stop();
    await postgres?.stop();
  });

  const restart = async (index: number) => {
    await relayers[index]?.kill();
    const relayer = await spawnRelayer(environment);
    relayers[index] = relayer;
    proxy.backends[index] = relayer.url;
  };

  /** For some seconds its newest block is an old one; for some more it answers with its balancer's error. */
  const breakNode = async () => {
    const old = await world.chain.request("eth_getBlockByNumber", ["latest", false]);
    node.lie = ({ method, params }) =>
      method === "eth_getBlockByNumber" && params?.[0] === "latest" ? { result: old } : undefined;
    await delay(FAULT_MS);
    node.broken = { status: 502, text: "" };
    await delay(FAULT_MS);
    node.broken = undefined;
    node.lie = () => undefined;
  };

  it("charges what was served to the microcredit, settles all of it, and seals nothing twice", async () => {
    const total = PEOPLE * ACTS;
    let done = 0;
    const faults = [
      { at: 0.15, what: "the first relayer is killed", work: () => restart(0) },
      { at: 0.35, what: "the second relayer is killed", work: () => restart(1) },
      { at: 0.55, what: "the first relayer is killed again", work: () => restart(0) },
      { at: 0.7, what: "Postgres is restarted", work: () => postgres.restart() },
      { at: 0.85, what: "the chain's node falls behind, and then breaks", work: breakNode },
    ];
    let left = faults.length;
    let last: Promise<void> = Promise.resolve();
    const count = () => {
      done += 1;
      for (let [next] = faults; next !== undefined && done >= next.at * total; [next] = faults) {
        const { what, work } = next;
        faults.shift();
        // One after the other: the next process dies when the one before is back.
        last = last.then(async () => {
          const [at, begun] = [done, performance.now()];
          await work();
          left -= 1;
          const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
          incidents.push(`${what} at ${at} of ${total}, back after ${seconds} s`);
        });
        last.catch((error: unknown) => failed.abort(error));
      }
    };
    const begun = performance.now();
    await Promise.all(
      people.map(async (person, index) => {
        const deck = deckOf(index);
        // A machine that is slow to start a process has more to serve meanwhile: every incident meets traffic.
        for (let act = 0; act < deck.length || (left > 0 && act < MOST * deck.length); act += 1) {
          failed.signal.throwIfAborted();
          await person.do(deck[act] ?? "chat");
          count();
        }
        await person.end();
      }),
    ).catch((error: unknown) => {
      // The first to fail says why; what failed after it may come of that.
      failed.abort(error);
      throw failed.signal.reason;
    });
    await last;
    const seconds = (performance.now() - begun) / 1_000;

    // What was served by what the people counted themselves; what is charged by the books; what is paid by the chain.
    await settled();
    await database.connect();
    for (const person of people) {
      for (const [tabId, served] of person.served) {
        const { rows } = await database.query(
          "select cumulative, signed, reserved, in_flight from relayer.tabs where tab_id = $1",
          [tabId.toString()],
        );
        const charged = served.toString();
        expect(rows, `tab ${tabId}`).to.deep.equal([
          { cumulative: charged, signed: charged, reserved: "0", in_flight: 0 },
        ]);
        expect((await world.tabOf(tabId)).spent, `tab ${tabId} on the chain`).to.equal(served);
      }
      const paid = [...person.paid.values()].reduce((sum, value) => sum + value, 0n);
      expect(await broughtBy(person), "single payments on the chain").to.deep.equal({
        payments: person.paid.size,
        paid,
      });
      const { operator, tabId, account: sessionKey } = person.session;
      const statement = await person.stelai.statement.getFullStatement({ operator, tabId, sessionKey });
      const terms = statement.entries.flatMap(({ receipt }) => (receipt ? [receipt.receipt] : []));
      const chain = await person.stelai.statement.readBill({ operator, tabId, terms });
      const { findings, totals } = await person.stelai.statement.auditBill({ statement, chain });
      expect(findings, `the bill of tab ${tabId}`).to.deep.equal([]);
      expect(totals.charged).to.equal(person.served.get(tabId));
    }
    const sealed = await database.query(
      "select count(*)::int as n, count(distinct (tab_id, base))::int as distinct, count(*) filter (where status = 'refused')::int as refused from relayer.seals",
    );
    expect(sealed.rows[0].distinct).to.equal(sealed.rows[0].n);
    expect(sealed.rows[0].refused).to.equal(0);
    const nonces = await database.query(
      "select count(*)::int as n, count(distinct nonce)::int as distinct from relayer.transactions where status <> 'replaced'",
    );
    expect(nonces.rows[0].distinct).to.equal(nonces.rows[0].n);
    const singles = await database.query(
      "select count(*)::int as n, count(*) filter (where status = 'settled' and answer is not null and instance is null)::int as answered from relayer.x402_payments",
    );
    expect(singles.rows[0].answered).to.equal(singles.rows[0].n);
    expect(singles.rows[0].n).to.equal(people.reduce((sum, { paid }) => sum + paid.size, 0));
    const lost = await database.query("select count(*)::int as n from relayer.requests where status = 'reserved'");
    expect(lost.rows[0].n).to.equal(0);

    console.log(
      report(
        people.flatMap(({ taken }) => taken),
        { seconds, incidents, seals: sealed.rows[0].n, proxy },
      ),
    );
  });

  it("drains on SIGTERM: both end by themselves, one after the other, while the other goes on answering", async () => {
    for (const [index, relayer] of relayers.entries()) {
      expect(await relayer.terminate()).to.equal(0);
      if (index === 0) await people[0]?.do("chat");
    }
    relayers = [];
    expect(
      (await database.query("select id from relayer.instances where seen_at > now() - interval '5 seconds'")).rows,
    ).to.deep.equal([]);
  });

  /** What somebody's single payments brought to the operator's receiver, in wei. */
  async function broughtBy({ account }: Person): Promise<{ payments: number; paid: bigint }> {
    const { Stelai, OperatorReceivers } = world.chain.deployment.contracts;
    const client = createPublicClient({ chain: hardhat, transport: http(world.chain.rpcUrl) });
    const to = await client.readContract({
      ...{ address: OperatorReceivers, abi: operatorReceiversAbi, functionName: "receiverOf" },
      args: [world.operator.address],
    });
    const args = { from: account.address, to };
    const event = { address: Stelai, abi: stelaiAbi, eventName: "Transfer", args } as const;
    const logs = await client.getContractEvents({ ...event, fromBlock: 0n, strict: true });
    return { payments: logs.length, paid: logs.reduce((sum, log) => sum + log.args.value, 0n) };
  }

  /** Waits until the chain has paid all that is signed. */
  async function settled(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      let open = 0;
      for (const person of people) {
        for (const [tabId, served] of person.served) if ((await world.tabOf(tabId)).spent !== served) open += 1;
      }
      if (open === 0) return;
      if (tries > 240) throw new Error(`${open} tabs were not settled`);
      await delay(250);
    }
  }
});

/** From 0 to below 1; the same for the same seed. */
function diceOf(seed: number): () => number {
  const dice = random(seed + 1);
  return () => dice.below(1_000_000) / 1_000_000;
}

/** What somebody does, in an order of their own. */
function deckOf(index: number): Act[] {
  const dice = diceOf(1_000 + index);
  const deck: Act[] = [];
  while (deck.length < ACTS) {
    const round = DECK.flatMap(([act, count]) => Array<Act>(count).fill(act));
    const acts = round.map((act) => (act === "pass" && index >= PASSES ? "chat" : act));
    // A key is replaced once in a day at most.
    if (index % 2 === 1 && deck.length === 0) acts.splice(acts.indexOf("close"), 1, "rotate");
    deck.push(
      ...acts
        .map((act) => ({ act, at: dice() }))
        .sort((a, b) => a.at - b.at)
        .map(({ act }) => act),
    );
  }
  return deck.slice(0, ACTS);
}

/** The load in numbers; nothing of it is judged. */
function report(
  taken: readonly Taken[],
  { seconds, incidents, seals, proxy }: { seconds: number; incidents: string[]; seals: number; proxy: Balancer },
): string {
  const quantile = (list: readonly Taken[], share: number) => {
    const sorted = list.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return `${Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0)}`.padStart(6);
  };
  const line = (name: string, list: readonly Taken[]) => {
    const clean = list.filter((one) => one.clean);
    return `    ${name.padEnd(10)} ${String(list.length).padStart(5)}  p50 ${quantile(clean, 0.5)} ms  p99 ${quantile(clean, 0.99)} ms  with faults p99 ${quantile(list, 0.99)} ms`;
  };
  const acts = [...new Set(taken.map(({ act }) => act))].sort();
  return [
    `    ${taken.length} acts of ${PEOPLE} people in ${seconds.toFixed(0)} s, ${taken.filter(({ clean }) => !clean).length} of them met a fault; ${seals} seals; requests by relayer: ${[...proxy.passed.values()].join(", ")}`,
    ...incidents.map((incident) => `    ${incident}`),
    line("all", taken),
    ...acts.map((act) =>
      line(
        act,
        taken.filter((one) => one.act === act),
      ),
    ),
  ].join("\n");
}
