import { type BudgetKey, budgetKeyUsageSchema, statementSchema, toWire } from "@stelai/sdk/wire";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import { pino } from "pino";
import { auditReceipts } from "../../test/audit.ts";
import { fundedKey, openFor, ownerOf } from "../../test/budgetKeys.ts";
import { TabClient } from "../../test/client.ts";
import { startPostgres, type TestPostgres } from "../../test/postgres.ts";
import { signInAt } from "../../test/signIn.ts";
import { answer, begin, end, fail, say } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { tables } from "../store/index.ts";

const { budgetKeys, tabs } = tables;

/** Eleven tokens at 50,000 a thousand, and 10,000 for the inference: 10,550 and no fee. */
const PRICES = { perInference: 10_000n, perUnit: 50_000n };
const USAGE = { prompt_tokens: 9, completion_tokens: 2 };
const COST = 10_550n;

describe("A budget key", () => {
  let world: World;
  let relayer: ServedRelayer;
  let other: ServedRelayer;
  let postgres: TestPostgres;
  let character: bigint;
  const said: string[] = [];

  before(async () => {
    world = await startWorld();
    postgres = await startPostgres();
    character = await world.publish(PRICES);
    const shared = {
      DATABASE_URL: await postgres.database(),
      RATE_WRITES_PER_MINUTE: "10000",
      EXPOSURE_INITIAL: "20000",
    };
    // Everything that is ever logged.
    const log = pino({ level: "trace" }, { write: (line: string) => said.push(line) });
    relayer = await serveRelayer(world, shared, { log });
    other = await serveRelayer(world, shared);
  });
  after(async () => {
    await relayer.stop();
    await other.stop();
    await postgres.stop();
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello", " there"], USAGE);
  });

  type Answered = { status: number; text: string; code: string | undefined; message: string };
  /** What any client does that knows nothing but the key. */
  const chat = async (
    key: string,
    {
      at = relayer,
      model = character,
      more = {},
      headers = {},
      signal,
    }: Partial<{
      at: ServedRelayer;
      model: bigint;
      more: object;
      headers: Record<string, string>;
      signal: AbortSignal;
    }> = {},
  ): Promise<Answered> => {
    const response = await fetch(`${at.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}`, ...headers },
      body: JSON.stringify({
        ...{ model: `stelai-${model}`, messages: [{ role: "user", content: "Hi" }], max_tokens: 64 },
        ...more,
      }),
      ...(signal === undefined ? {} : { signal }),
    });
    const body = (await response.json()) as {
      choices?: { message: { content: string } }[];
      error?: { code: string; message: string };
    };
    const text = body.choices?.[0]?.message.content ?? "";
    return { status: response.status, text, code: body.error?.code, message: body.error?.message ?? "" };
  };
  const rowOf = async (tabId: bigint) => {
    const [row] = await relayer.services.store.db.select().from(tabs).where(eq(tabs.tabId, tabId));
    if (row === undefined) throw new Error(`tab ${tabId} is not in the books`);
    return row;
  };
  const signed = async (tabId: bigint) => {
    await relayer.services.keys.signing.settled();
    await other.services.keys.signing.settled();
    return rowOf(tabId);
  };
  const settle = async () => {
    for (let round = 0; round < 3; round += 1) {
      await relayer.services.settlement.work();
      await relayer.watcher.look();
      await other.watcher.look();
    }
  };
  const spentOf = ({ tab }: BudgetKey) => tab?.spent;

  it("pays for an answer, which the relayer itself signs for, with a receipt that can be audited", async () => {
    const { key, tabId, id, owner, sessionAddress } = await fundedKey(world, relayer);
    expect(key).to.match(/^sk-stelai-[A-Za-z0-9_-]{43}$/);
    expect(await chat(key)).to.include({ status: 200, text: "Hello there" });
    expect(await signed(tabId)).to.include({ cumulative: COST, signed: COST, reserved: 0n, inFlight: 0 });
    const seen = await owner.get(id);
    expect(seen).to.include({ name: "Test", state: "active", prefix: key.slice(0, 14), sessionAddress });
    expect(seen.tab).to.include({ tabId, cap: 5_000_000n, spent: COST, reserved: 0n, closed: false });
    expect(seen.lastUsedAt).to.be.a("string");
    expect(seen).not.to.have.property("key");

    const payer = await signInAt(relayer, world.payer);
    const response = await fetch(`${relayer.url}/v1/tabs/${tabId}/statement`, { headers: payer });
    const statement = statementSchema.parse(await response.json());
    const client = new TabClient(world, relayer.url, { tabId, key: world.payer });
    expect(await auditReceipts(world, client, statement)).to.equal(COST);

    await relayer.services.metering.seal(tabId);
    await settle();
    expect((await world.tabOf(tabId)).spent).to.equal(COST);
  });

  it("is charged exactly for fifty requests at once from two places, however little may be unsigned", async () => {
    const { key, tabId } = await fundedKey(world, relayer);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => chat(key, { at: index % 2 === 0 ? relayer : other })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(50).fill(200));
    expect(await signed(tabId)).to.include({ cumulative: 50n * COST, signed: 50n * COST, reserved: 0n, inFlight: 0 });
    await relayer.services.metering.seal(tabId);
    await settle();
    expect((await world.tabOf(tabId)).spent).to.equal(50n * COST);
  });

  it("spends no more than its cap, whoever has it", async () => {
    const cap = 60_000n;
    const { key, tabId, id, owner } = await fundedKey(world, relayer, { cap });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => chat(key, { at: index % 2 === 0 ? relayer : other })),
    );
    const served = answers.filter(({ status }) => status === 200).length;
    expect(served).to.be.within(1, 5);
    for (const { status, code, message } of answers.filter(({ status }) => status !== 200)) {
      expect([status, code]).to.deep.equal([402, "insufficient_quota"]);
      expect(message).to.include("microcredits left").and.to.include("/keys");
    }
    // One after the other until nothing more fits.
    let total = served;
    for (let one = await chat(key); one.status === 200; one = await chat(key)) total += 1;
    const row = await signed(tabId);
    expect(row.cumulative).to.equal(BigInt(total) * COST);
    expect(row.cumulative <= cap).to.equal(true);
    expect(spentOf(await owner.get(id))).to.equal(row.cumulative);
  });

  it("is charged once for one idempotency key, and for each request without one", async () => {
    const { key, tabId } = await fundedKey(world, relayer);
    const headers = { "Idempotency-Key": "order-1" };
    const before = world.upstream.count();
    const first = await chat(key, { headers });
    expect(await chat(key, { headers, at: other })).to.deep.equal(first);
    expect(world.upstream.count()).to.equal(before + 1);
    const differs = await chat(key, { headers, more: { max_tokens: 32 } });
    expect([differs.status, differs.code]).to.deep.equal([409, "request_differs"]);
    await chat(key);
    await chat(key);
    expect((await signed(tabId)).cumulative).to.equal(3n * COST);
  });

  it("is charged nothing when the upstream fails", async () => {
    const { key, tabId } = await fundedKey(world, relayer);
    world.upstream.behave = fail(500);
    expect(await chat(key)).to.include({ status: 502, code: "upstream_failed" });
    expect(await rowOf(tabId)).to.include({ cumulative: 0n, reserved: 0n });
  });

  it("serves more characters than one voucher has lines", async () => {
    const { key, tabId } = await fundedKey(world, relayer);
    const characters: bigint[] = [];
    for (let count = 0; count < 17; count += 1) characters.push(await world.publish(PRICES));
    await relayer.watcher.look();
    for (const model of characters) expect((await chat(key, { model })).status).to.equal(200);
    const row = await signed(tabId);
    expect(row).to.include({ cumulative: 17n * COST, signed: 17n * COST });
    expect(row.base > 0n, "sealed in between").to.equal(true);
  });

  it("is refused when it is unknown, cut short, revoked, expired or without a tab", async () => {
    const unknown = `sk-stelai-${"A".repeat(43)}`;
    for (const key of [unknown, unknown.slice(0, 30), "sk-stelai-"]) {
      expect(await chat(key)).to.include({ status: 401, code: "invalid_api_key" });
    }
    // Also for what is free, and where nothing is paid.
    const free = await world.publish({});
    await relayer.watcher.look();
    expect(await chat(unknown, { model: free })).to.include({ status: 401, code: "invalid_api_key" });
    const owner = ownerOf(relayer, await signInAt(relayer, world.payer));
    const unfunded = await owner.create("Without a tab");
    expect((await owner.get(unfunded.id)).state).to.equal("unfunded");
    expect(await chat(unfunded.key)).to.include({ status: 402, code: "insufficient_quota" });
    expect(await chat(unfunded.key, { model: free })).to.include({ status: 200 });
  });

  it("is given no tab of somebody else's, for another session key, or a second one", async () => {
    const owner = ownerOf(relayer, await signInAt(relayer, world.payer));
    const { id, sessionAddress } = await owner.create("Mine");
    const stranger = world.account(7);
    await world.give(stranger, 5n);
    await world.write(stranger, "Stelai", "approve", [world.chain.deployment.contracts.InferenceMeter, 10n ** 24n]);
    const foreign = await openFor(world, relayer, sessionAddress, 1_000_000n, 86_400, stranger);
    const elsewhere = await openFor(world, relayer, stranger.address, 1_000_000n);
    for (const tabId of [foreign, elsewhere]) {
      const refused = await owner.bind(id, tabId);
      expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).to.deep.equal([
        422,
        "wrong_tab",
      ]);
    }
    await relayer.watcher.look();
    expect((await owner.get(id)).tab).to.equal(null);
    // Seen on the chain, it needs no telling.
    const first = await openFor(world, relayer, sessionAddress, 1_000_000n);
    await relayer.watcher.look();
    expect((await owner.get(id)).tab?.tabId).to.equal(first);
    const second = await openFor(world, relayer, sessionAddress, 1_000_000n);
    expect((await owner.bind(id, second)).status).to.equal(422);
    expect((await owner.bind(id, first)).status).to.equal(200);
  });

  it("is its account's alone to see, to name and to end", async () => {
    const { id, owner } = await fundedKey(world, relayer);
    const stranger = ownerOf(relayer, await signInAt(relayer, world.account(8)));
    for (const [method, path, body] of [
      ["GET", `/${id}`, undefined],
      ["GET", `/${id}/usage`, undefined],
      ["PUT", `/${id}`, { name: "Theirs" }],
      ["POST", `/${id}/tab`, { tabId: "1" }],
      ["DELETE", `/${id}`, undefined],
    ] as const) {
      expect((await stranger.ask(method, path, body)).status, `${method} ${path}`).to.equal(404);
    }
    expect((await ownerOf(relayer, {}).ask("GET", "")).status).to.equal(401);
    expect((await owner.get(id)).state).to.equal("active");
    expect((await owner.ask("PUT", `/${id}`, { name: " Renamed " })).status).to.equal(200);
    expect((await owner.get(id)).name).to.equal("Renamed");
  });

  it("does not speak for its account", async () => {
    const { key } = await fundedKey(world, relayer);
    for (const path of ["/v1/account", "/v1/budget-keys", "/v1/shared", "/v1/history"]) {
      const response = await fetch(`${relayer.url}${path}`, { headers: { Authorization: `Bearer ${key}` } });
      expect(response.status, path).to.equal(401);
    }
  });

  it("reaches private characters that its account may use, and no others", async () => {
    const hidden = await world.publish(PRICES, { visibility: 2 });
    const { key } = await fundedKey(world, relayer);
    await relayer.watcher.look();
    expect(await chat(key, { model: hidden })).to.include({ status: 404, code: "model_not_found" });
    await world.write(world.creator, "Characters", "setAllowed", [hidden, [world.payer.address], true]);
    await relayer.watcher.look();
    expect(await chat(key, { model: hidden })).to.include({ status: 200 });
    const model = await fetch(`${relayer.url}/v1/models/stelai-${hidden}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    expect(model.status).to.equal(200);
  });

  it("is refused everywhere the moment it is revoked, and what is left goes back", async () => {
    const { key, tabId, id, owner } = await fundedKey(world, relayer);
    await chat(key);
    const ended = await owner.revoke(id);
    expect(ended.state).to.equal("revoked");
    for (const at of [relayer, other])
      expect(await chat(key, { at })).to.include({ status: 401, code: "invalid_api_key" });
    await settle();
    expect(await world.tabOf(tabId)).to.deep.include({ spent: COST, cap: COST, closing: true });
    expect((await owner.get(id)).tab).to.include({ closed: true, closing: false, problem: null });
    // Ending it again changes nothing.
    expect((await owner.revoke(id)).revokedAt).to.equal(ended.revokedAt);
  });

  it("charges what is under way when it is revoked, and closes after that", async () => {
    const { key, tabId, id, owner } = await fundedKey(world, relayer);
    let release: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      world.upstream.behave = async (response) => {
        begin(response);
        resolve();
        await new Promise<void>((go) => {
          release = go;
        });
        say(response, "Late");
        end(response, USAGE);
      };
    });
    const running = chat(key);
    await reached;
    expect((await owner.revoke(id)).tab).to.include({ closing: false });
    // Its tab is open as long as that lasts: it is the key that is refused.
    for (const at of [relayer, other]) expect(await chat(key, { at })).to.include({ code: "invalid_api_key" });
    release();
    expect(await running).to.include({ status: 200, text: "Late" });
    await signed(tabId);
    await relayer.services.keys.tend();
    await settle();
    expect(await world.tabOf(tabId)).to.deep.include({ spent: COST, cap: COST });
  });

  it("ends when its payer gives the tab another key, which is charged what was under way all the same", async () => {
    const { key, tabId, id, owner } = await fundedKey(world, relayer);
    let release: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      world.upstream.behave = async (response) => {
        begin(response);
        resolve();
        await new Promise<void>((go) => {
          release = go;
        });
        say(response, "Late");
        end(response, USAGE);
      };
    });
    const running = chat(key);
    await reached;
    await world.meter("rotate", [world.operator.address, tabId, world.account(9).address]);
    await relayer.watcher.look();
    release();
    expect((await running).status).to.equal(200);
    expect(await chat(key)).to.include({ status: 401, code: "invalid_api_key" });
    expect(await signed(tabId)).to.include({ cumulative: COST, signed: COST });
    expect((await owner.get(id)).state).to.equal("closed");
    await relayer.services.metering.seal(tabId);
    await settle();
    expect((await world.tabOf(tabId)).spent).to.equal(COST);
  });

  it("can be closed by its payer and the chain alone, when the operator does not", async () => {
    const { key, tabId, id, owner } = await fundedKey(world, relayer);
    await world.meter("requestClose", [world.operator.address, tabId]);
    await relayer.watcher.look();
    expect(await chat(key)).to.include({ status: 401, code: "invalid_api_key" });
    expect((await owner.get(id)).state).to.equal("closed");
    // The operator, seeing that, makes it at once what would take a day.
    await relayer.services.keys.tend();
    await settle();
    expect((await world.tabOf(tabId)).cap).to.equal(0n);
  });

  it("tells how it was used, by day and by character", async () => {
    const second = await world.publish(PRICES);
    await relayer.watcher.look();
    const { key, tabId, id, owner } = await fundedKey(world, relayer);
    const empty = budgetKeyUsageSchema.parse(await (await owner.ask("GET", `/${id}/usage`)).json());
    expect(empty).to.deep.equal({ requests: 0, amount: 0n, days: [], characters: [] });
    await chat(key);
    await chat(key);
    await chat(key, { model: second });
    await signed(tabId);
    const usage = budgetKeyUsageSchema.parse(await (await owner.ask("GET", `/${id}/usage`)).json());
    const day = new Date(Number(relayer.services.chain.head().timestamp) * 1_000).toISOString().slice(0, 10);
    expect(usage).to.deep.equal({
      ...{ requests: 3, amount: 3n * COST, days: [{ day, requests: 3, amount: 3n * COST }] },
      characters: [
        { characterId: character, requests: 2, milliunits: 22n, amount: 2n * COST },
        { characterId: second, requests: 1, milliunits: 11n, amount: COST },
      ],
    });
  });

  it("signs what a process that died left unsigned", async () => {
    const { key, tabId } = await fundedKey(world, relayer);
    await chat(key);
    await signed(tabId);
    // As if it had died between the charge and the voucher.
    const { db } = relayer.services.store;
    await db.delete(tables.vouchers).where(eq(tables.vouchers.tabId, tabId));
    await db.update(tabs).set({ signed: 0n }).where(eq(tabs.tabId, tabId));
    await other.services.keys.tend();
    expect(await rowOf(tabId)).to.include({ signed: COST, cumulative: COST });
  });

  it("ends with its time, and what is left goes back by itself", async () => {
    const { key, tabId, id, owner } = await fundedKey(world, relayer, { seconds: 3_600 });
    await chat(key);
    await signed(tabId);
    // At most one unit of four hours later than asked for.
    await world.pass(6 * 3_600);
    await relayer.watcher.look();
    expect(await chat(key)).to.include({ status: 401, code: "expired_api_key" });
    expect((await owner.get(id)).state).to.equal("expired");
    await relayer.services.keys.tend();
    await settle();
    expect(await world.tabOf(tabId)).to.deep.include({ spent: COST, cap: COST });
    const { state, tab } = await owner.get(id);
    expect([state, tab?.closed]).to.deep.equal(["expired", true]);
    expect(await chat(key)).to.include({ status: 401, code: "expired_api_key" });
  });

  it("goes on when the master key is changed", async () => {
    const DATABASE_URL = await postgres.database();
    const first = await serveRelayer(world, { DATABASE_URL });
    const { key, id } = await fundedKey(world, first);
    const old = first.services.config.MASTER_KEY;
    const rowIn = async ({ services }: ServedRelayer) => {
      const [row] = await services.store.db.select().from(budgetKeys).where(eq(budgetKeys.id, id));
      return row;
    };
    const before = await rowIn(first);
    expect(toWire(before)).not.to.include(key);
    await first.stop();
    const next = { DATABASE_URL, MASTER_KEY: `0x${"77".repeat(32)}` };
    const rotating = await serveRelayer(world, { ...next, PREVIOUS_MASTER_KEYS: old });
    await rotating.rotation.tend();
    expect((await rowIn(rotating))?.keyId).not.to.equal(before?.keyId);
    await rotating.stop();
    const renewed = await serveRelayer(world, next);
    expect(await chat(key, { at: renewed })).to.include({ status: 200 });
    await renewed.stop();
  });

  it("is in no line of the log", async () => {
    const { key } = await fundedKey(world, relayer);
    await chat(key);
    world.upstream.behave = fail(500);
    await chat(key);
    await chat(`${key}x`);
    expect(said.length).to.be.greaterThan(10);
    expect(said.join("")).not.to.include(key.slice(10, 40));
  });
});
