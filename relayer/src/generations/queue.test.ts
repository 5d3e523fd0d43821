import { expect } from "chai";
import { sql } from "drizzle-orm";
import type { TabClient } from "../../test/client.ts";
import {
  askPaid,
  ended,
  modalityNumber,
  pictureOf,
  queueFree,
  queuePaid,
  signedRequest,
  TestProvider,
  until,
} from "../../test/generations.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { UpstreamRefusedError } from "../providers/errors.ts";
import type { GenerationRow } from "./types.ts";

const PRICES = { perInference: 10_000n, perUnit: 250_000n };
const COST = 11_000n;

/** Work that ends one by one, as a test says. */
class Steps {
  readonly #turns: (() => void)[] = [];
  readonly behave: TestProvider["behave"] = async (request, { signal }) => {
    await new Promise<void>((resolve, reject) => {
      this.#turns.push(resolve);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    return pictureOf(request);
  };

  /** Lets everything that runs end. */
  let(): void {
    for (const go of this.#turns.splice(0)) go();
  }
}

describe("The queue of generations", () => {
  let world: World;
  let relayer: ServedRelayer;
  let provider: TestProvider;
  let tool: bigint;
  let free: bigint;
  let chat: bigint;
  let client: TabClient;
  let steps: Steps;

  before(async () => {
    world = await startWorld();
    world.upstream.behave = answer(["Hello"]);
    const image = { modality: modalityNumber("Image") };
    tool = await world.publish(PRICES, image);
    free = await world.publish({}, image);
    chat = await world.publish({ perInference: 1_000n });
    provider = new TestProvider();
    relayer = await serveRelayer(
      world,
      {
        ...{ EXPOSURE_INITIAL: "15000", GENERATIONS_AT_ONCE: "3", GENERATIONS_PER_ACCOUNT: "2" },
        ...{ GENERATIONS_WAITING_PER_ACCOUNT: "20", GENERATION_WAIT_SECONDS: "60" },
      },
      { media: { Image: provider } },
    );
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(async () => {
    steps = new Steps();
    provider.behave = steps.behave;
    provider.asked.length = 0;
    client = relayer.client(await world.openTab(5_000_000n));
  });

  const untilAsked = async (count: number) => {
    for (let tries = 0; provider.asked.length < count; tries += 1) {
      if (tries > 1_000) throw new Error(`${provider.asked.length} of ${count} began`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const finish = async (rows: readonly GenerationRow[]) => {
    provider.behave = async (request) => pictureOf(request);
    steps.let();
    for (const { id } of rows) await ended(relayer.services, id);
  };

  it("gives the next turn to whose work began longest ago: twenty of one hold up nobody", async () => {
    const { services } = relayer;
    const rows: GenerationRow[] = [];
    for (let count = 0; count < 20; count += 1) {
      rows.push(await queueFree(services, free, "ip:greedy", { prompt: `greedy ${count}` }));
    }
    await untilAsked(2);
    for (const who of ["second", "third"]) {
      for (let count = 0; count < 2; count += 1) {
        rows.push(await queueFree(services, free, `ip:${who}`, { prompt: `${who} ${count}` }));
      }
    }
    // Two of one at a time: the third place is somebody else's.
    await untilAsked(3);
    expect(provider.asked).to.deep.equal(["greedy 0", "greedy 1", "second 0"]);
    steps.let();
    await untilAsked(6);
    expect(provider.asked.slice(3, 4)).to.deep.equal(["third 0"]);
    expect(provider.asked.filter((one) => one.startsWith("greedy"))).to.have.length.below(5);
    const last = rows[19] as GenerationRow;
    expect(await services.generations.ahead(last)).to.be.greaterThan(10);
    await finish(rows);
    const order = provider.asked.map((one) => one.split(" ")[0]);
    expect(Math.max(order.lastIndexOf("second"), order.lastIndexOf("third"))).to.be.below(9);
    expect(provider.asked.filter((one) => one.startsWith("greedy"))).to.have.length(20);
  });

  it("says how many come before one, of others and of one's own", async () => {
    const { services } = relayer;
    const busy = await Promise.all(["a", "b", "c"].map((who) => queueFree(services, free, `ip:busy ${who}`)));
    await untilAsked(3);
    const own: GenerationRow[] = [];
    for (let count = 0; count < 3; count += 1) own.push(await queueFree(services, free, "ip:own"));
    const other = await queueFree(services, free, "ip:other");
    const ahead = await Promise.all([...own, other].map((row) => services.generations.ahead(row)));
    // One of the other comes after the first of one's own, and before the second.
    expect(ahead).to.deep.equal([0, 2, 3, 1]);
    await finish([...busy, ...own, other]);
  });

  it("refuses one more than may wait, and holds nothing for it", async () => {
    const { services } = relayer;
    const rows: GenerationRow[] = [];
    for (let count = 0; count < 22; count += 1) {
      rows.push(await queueFree(services, free, "ip:many"));
      if (count === 1) await untilAsked(2);
    }
    const refused = await queueFree(services, free, "ip:many").catch((error: unknown) => error);
    expect(refused).to.include({ code: "too_many_generations", status: 429 });
    for (const { id } of rows) await services.generations.cancel(id);
    expect(await services.generations.requireRoom("ip:many")).to.equal(undefined);
  });

  it("has one wait for a voucher, chat go on meanwhile, and go on by itself once it is signed", async () => {
    const { services } = relayer;
    const first = await askPaid(world, services, client, tool);
    const second = await askPaid(world, services, client, tool);
    await untilAsked(1);
    expect(await services.metering.tabs.find(client.tab.tabId)).to.include({ reserved: 2n * COST, queued: COST });
    steps.let();
    const done = await ended(services, first.id);
    const waiting = await until(services, second.id, ({ waitsFor }) => waitsFor === "voucher");
    expect(waiting.status).to.equal("queued");
    // 11,000 of 15,000 are unsigned: a short chat fits, the next picture does not.
    const answered = await client.ask(chat);
    expect(answered.status).to.equal(200);
    const metered = await services.generations.meteredOf(done);
    client.take({ status: 200, text: "", base: 0n, error: undefined, receipt: metered?.receipt.receipt }, answered);
    expect((await client.acknowledge()).status).to.equal(204);
    await untilAsked(2);
    steps.let();
    expect((await ended(services, second.id)).status).to.equal("completed");
    expect(await client.status()).to.include({ cumulative: 2n * COST + 1_000n, reserved: 0n });
    expect(await services.metering.tabs.find(client.tab.tabId)).to.include({ queued: 0n, queuedRequests: 0 });
  });

  it("lets many of one tab wait that together are far above what may be unsigned", async () => {
    const { services } = relayer;
    const rows = await Promise.all(Array.from({ length: 10 }, () => askPaid(world, services, client, tool)));
    await untilAsked(1);
    for (const { id } of rows) await services.generations.cancel(id);
    expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n });
    expect(await services.metering.tabs.find(client.tab.tabId)).to.include({
      ...{ reserved: 0n, inFlight: 0, queued: 0n, queuedRequests: 0 },
    });
  });

  it("holds a queued one against its payer's daily limit, and nothing of what is refused for it", async () => {
    const { services } = relayer;
    const { limits } = services.people;
    const spent = await limits.spentToday(world.payer.address);
    await limits.set(world.payer.address, spent + 2n * COST + 1_000n);
    try {
      const asked = await Promise.allSettled([1, 2, 3, 4].map(() => askPaid(world, services, client, tool)));
      const rows = asked.filter((one) => one.status === "fulfilled").map(({ value }) => value);
      const refused = asked.filter((one) => one.status === "rejected").map(({ reason }) => reason.code);
      expect(refused).to.deep.equal(["daily_limit_reached", "daily_limit_reached"]);
      expect(await client.status()).to.include({ reserved: 2n * COST });
      for (const { id } of rows) await services.generations.cancel(id);
      expect(await client.status()).to.include({ reserved: 0n });
    } finally {
      await limits.set(world.payer.address, null);
    }
  });

  it("fails what has waited too long, without a charge, and says what for", async () => {
    const { services } = relayer;
    const first = await askPaid(world, services, client, tool);
    await untilAsked(1);
    const late = await askPaid(world, services, client, tool);
    await services.store.db.execute(
      sql`update relayer.generations set created_at = now() - interval '61 seconds' where id = ${late.id}`,
    );
    await services.generations.tend();
    expect(await services.generations.find(late.id)).to.include({ status: "failed", errorCode: "unavailable" });
    steps.let();
    await ended(services, first.id);
    const unsigned = await askPaid(world, services, client, tool);
    await until(services, unsigned.id, ({ waitsFor }) => waitsFor === "voucher");
    await services.store.db.execute(
      sql`update relayer.generations set created_at = now() - interval '61 seconds' where id = ${unsigned.id}`,
    );
    await services.generations.tend();
    expect(await services.generations.find(unsigned.id)).to.include({
      status: "failed",
      errorCode: "voucher_required",
    });
    expect(await client.status()).to.include({ cumulative: COST, reserved: 0n });
  });

  it("fails one whose tab was closed meanwhile, without a charge", async () => {
    const { services } = relayer;
    const busy = await Promise.all(["a", "b", "c"].map((who) => queueFree(services, free, `ip:${who}`)));
    await untilAsked(3);
    const row = await askPaid(world, services, client, tool);
    await world.meter("requestClose", [world.operator.address, client.tab.tabId]);
    await relayer.watcher.look();
    await finish(busy);
    expect(await ended(services, row.id)).to.include({ status: "failed", errorCode: "tab_closed", attempts: 1 });
    expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n });
  });

  it("gives the use of a pass back with what failed or was cancelled before work on it began, once", async () => {
    const { services } = relayer;
    const account = world.account(7).address;
    const { uses } = services.passes;
    const rows: GenerationRow[] = [];
    for (let count = 0; count < 3; count += 1) {
      const pass = await uses.take(free, account);
      pass.end();
      rows.push(await queueFree(services, free, account.toLowerCase(), { account, pass }));
    }
    await untilAsked(2);
    const used = async () => {
      const { use, giveBack, end } = await uses.take(free, account);
      end();
      await giveBack();
      return use.limit - use.remaining - 1;
    };
    expect(await used()).to.equal(3);
    await services.generations.cancel(rows[2]?.id ?? "");
    await services.generations.cancel(rows[2]?.id ?? "");
    expect(await used()).to.equal(2);
    await services.generations.cancel(rows[0]?.id ?? "");
    expect(await used()).to.equal(2);
    provider.behave = async () => {
      throw new UpstreamRefusedError("test");
    };
    const pass = await uses.take(free, account);
    pass.end();
    const refused = await queueFree(services, free, account.toLowerCase(), { account, pass });
    expect(await ended(services, refused.id)).to.include({ status: "failed" });
    expect(await used()).to.equal(2);
    await finish(rows.slice(1, 2));
    expect(await used()).to.equal(2);
    await services.generations.forgetAccount(account);
    expect(await services.generations.ofAccount(account)).to.have.length(0);
  });

  it("lists an account's and a tab's own, the newest first, in pages", async () => {
    const { services } = relayer;
    provider.behave = async (request) => pictureOf(request);
    const rows: GenerationRow[] = [];
    for (let count = 0; count < 3; count += 1) {
      const request = await signedRequest(world, client, tool);
      rows.push(await queuePaid(services, tool, request));
      await services.generations.cancel(rows.at(-1)?.id ?? "");
    }
    const ids = rows.map(({ id }) => id).reverse();
    const { generations } = services;
    const first = await generations.list({ tabId: client.tab.tabId }, { limit: 2 });
    expect(first.rows.map(({ id }) => id)).to.deep.equal(ids.slice(0, 2));
    const rest = await generations.list({ tabId: client.tab.tabId }, { limit: 2, before: first.next ?? "" });
    expect([rest.rows.map(({ id }) => id), rest.next]).to.deep.equal([ids.slice(2), null]);
    const own = await generations.list({ account: world.payer.address }, { limit: 3, status: "cancelled" });
    expect(own.rows.map(({ id }) => id)).to.deep.equal(ids);
    expect((await generations.list({ account: world.creator.address }, { limit: 3 })).rows).to.have.length(0);
  });

  it("forgets what nobody was known for, after a while", async () => {
    const { services } = relayer;
    provider.behave = async (request) => pictureOf(request);
    const row = await ended(services, (await queueFree(services, free, "ip:nobody")).id);
    await services.generations.tend();
    expect((await services.generations.find(row.id))?.status).to.equal("completed");
    await services.store.db.execute(
      sql`update relayer.generations set ended_at = now() - interval '2 hours' where id = ${row.id}`,
    );
    await services.generations.tend();
    expect(await services.generations.find(row.id)).to.equal(undefined);
  });
});
