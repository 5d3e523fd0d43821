import { expect } from "chai";
import { sql } from "drizzle-orm";
import type { TabClient } from "../../test/client.ts";
import { askPaid, ended, modalityNumber, pictureOf, queueFree, TestProvider, until } from "../../test/generations.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { tables } from "../store/index.ts";
import type { GenerationRow } from "./types.ts";

const PRICES = { perInference: 10_000n, perUnit: 250_000n };

describe("Whose turn it is", () => {
  let world: World;
  let relayer: ServedRelayer;
  let provider: TestProvider;
  let tool: bigint;
  let free: bigint;
  let client: TabClient;
  /** Lets the one end that is worked on. */
  let next: () => void;

  before(async () => {
    world = await startWorld();
    const image = { modality: modalityNumber("Image") };
    tool = await world.publish(PRICES, image);
    free = await world.publish({}, image);
    provider = new TestProvider();
    relayer = await serveRelayer(
      world,
      { GENERATIONS_AT_ONCE: "1", GENERATION_CANCELS_PER_HOUR: "2", EXPOSURE_INITIAL: "1000000" },
      { media: { Image: provider } },
    );
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(async () => {
    provider.asked.length = 0;
    provider.behave = async (request, { signal }) => {
      const turn = Promise.withResolvers<void>();
      next = turn.resolve;
      signal.addEventListener("abort", () => turn.reject(signal.reason));
      await turn.promise;
      return pictureOf(request);
    };
    await relayer.services.store.db.execute(sql`delete from relayer.turns`);
    client = relayer.client(await world.openTab(5_000_000n));
  });

  /** Waits until the engine is asked for it: a moment after it is said to be in progress. */
  const begins = async ({ id }: GenerationRow) => {
    const { generations } = relayer.services;
    const prompt = generations.promptOf(await until(relayer.services, id, ({ status }) => status === "in_progress"));
    for (let tries = 0; provider.asked.at(-1) !== prompt; tries += 1) {
      if (tries > 1_000) throw new Error(`${prompt} did not begin`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const finish = async (rows: readonly GenerationRow[]) => {
    provider.behave = async (request) => pictureOf(request);
    next();
    for (const { id } of rows) await ended(relayer.services, id);
  };
  const ask = (who: string, prompt: string) => queueFree(relayer.services, free, who, { prompt });

  it("is remembered of who deletes what was made: nobody comes first again by that", async () => {
    const { generations } = relayer.services;
    const own = await ask("ip:forgetful", "forgetful 1");
    await begins(own);
    const other = await ask("ip:other", "other 1");
    await generations.remove(own.id);
    await begins(other);
    const rows = [await ask("ip:forgetful", "forgetful 2"), await ask("ip:third", "third")];
    expect(await Promise.all(rows.map((row) => generations.ahead(row)))).to.deep.equal([1, 0]);
    await finish([other, ...rows]);
    expect(provider.asked).to.deep.equal(["forgetful 1", "other 1", "third", "forgetful 2"]);
  });

  it("comes for what is paid or under a pass before what nobody pays", async () => {
    const { services } = relayer;
    const account = world.account(7).address;
    const busy = await ask("ip:busy", "busy");
    await begins(busy);
    const unpaid = await ask("ip:new", "unpaid");
    const pass = await services.passes.uses.take(free, account);
    pass.end();
    const asking = { account, pass, prompt: "pass" };
    const underPass = await queueFree(services, free, account.toLowerCase(), asking);
    const paid = await askPaid(world, services, client, tool, { prompt: "paid" });
    const rows = [unpaid, underPass, paid];
    const ahead = await Promise.all(rows.map((row) => services.generations.ahead(row)));
    expect(ahead).to.deep.equal([2, 0, 1]);
    await finish([busy, ...rows]);
    expect(provider.asked).to.deep.equal(["busy", "pass", "paid", "unpaid"]);
  });

  it("comes last for an hour for who cancelled too much that had begun, and cancelling is still possible", async () => {
    const { services } = relayer;
    for (let count = 0; count < 3; count += 1) {
      const row = await askPaid(world, services, client, tool, { prompt: `cancelled ${count}` });
      await begins(row);
      expect((await services.generations.cancel(row.id))?.status).to.equal("cancelled");
    }
    const busy = await ask("ip:busy", "busy");
    await begins(busy);
    const late = await askPaid(world, services, client, tool, { prompt: "late" });
    const unpaid = await ask("ip:new", "unpaid");
    const ahead = await Promise.all([late, unpaid].map((row) => services.generations.ahead(row)));
    expect(ahead).to.deep.equal([1, 0]);
    await services.store.db.execute(sql`update relayer.turns set cancels_since = now() - interval '61 minutes'`);
    expect(await Promise.all([late, unpaid].map((row) => services.generations.ahead(row)))).to.deep.equal([0, 1]);
    await services.store.db.execute(sql`update relayer.turns set cancels_since = now()`);
    await finish([busy, late, unpaid]);
    expect(provider.asked.slice(-3)).to.deep.equal(["busy", "unpaid", "late"]);
  });

  it("is forgotten after a day", async () => {
    const { services } = relayer;
    const row = await ask("ip:once", "once");
    await begins(row);
    await finish([row]);
    const known = async () => services.store.db.$count(tables.turns);
    await services.generations.tend();
    expect(await known()).to.equal(1);
    await services.store.db.execute(sql`update relayer.turns set began_at = now() - interval '25 hours'`);
    await services.generations.tend();
    expect(await known()).to.equal(0);
  });

  it("is each operator's own: another one's on the same database is neither worked on nor shown", async () => {
    const { generations, store } = relayer.services;
    const busy = await ask("ip:busy", "busy");
    await begins(busy);
    const account = world.account(8).address;
    const asking = { account, requestKey: "again", prompt: "another's" };
    const others = await queueFree(relayer.services, free, "ip:another", asking);
    await store.db.execute(
      sql`update relayer.generations set operator = ${world.creator.address}, created_at = now() - interval '2 hours' where id = ${others.id}`,
    );
    await generations.tend();
    await finish([busy]);
    const own = await ask("ip:own", "own");
    expect((await ended(relayer.services, own.id)).status).to.equal("completed");
    expect(provider.asked).to.deep.equal(["busy", "own"]);
    expect(await generations.find(others.id)).to.equal(undefined);
    expect(await generations.findAsked({ owner: account, requestKey: "again" })).to.equal(undefined);
    expect((await generations.list({ account }, { limit: 3 })).rows).to.deep.equal([]);
    expect(await generations.ofAccount(account)).to.deep.equal([]);
    // The same key is another one's too.
    const same = await queueFree(relayer.services, free, "ip:another", asking);
    expect(same.id).to.not.equal(others.id);
    await ended(relayer.services, same.id);
    expect(await generations.cancel(others.id)).to.equal(undefined);
    const { rows } = (await store.db.execute(
      sql`select status from relayer.generations where id = ${others.id}`,
    )) as unknown as { rows: { status: string }[] };
    expect(rows[0]?.status).to.equal("queued");
  });
});
