import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import { fundedKey, ownerOf } from "../../test/budgetKeys.ts";
import { pictureOf, TestProvider } from "../../test/generations.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import type { Order } from "../generations/types.ts";
import { UpstreamUnreachableError } from "../providers/errors.ts";
import { tables } from "../store/index.ts";

const { tabs } = tables;

describe("Budget keys: what is revoked while it is asked for, and how many are made", () => {
  let world: World;
  let relayer: ServedRelayer;
  let provider: TestProvider;
  let tool: bigint;
  const others: ServedRelayer[] = [];
  before(async () => {
    world = await startWorld();
    provider = new TestProvider();
    tool = await world.publish({ perInference: 10_000n, perUnit: 100_000n }, { modality: 1 });
    relayer = await serveRelayer(world, { RATE_WRITES_PER_MINUTE: "1000" }, { media: { Image: provider } });
  });
  after(async () => {
    for (const { stop } of others) await stop();
    await relayer?.stop();
    await world?.stop();
  });
  beforeEach(() => {
    provider.behave = async (request) => pictureOf(request);
    provider.asked.length = 0;
  });

  const image = (key: string) =>
    fetch(`${relayer.url}/v1/images/generations`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: `stelai-${tool}`, prompt: "a hill" }),
    });
  const codeOf = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };
  const bookOf = async (tabId: bigint) => {
    const [row] = await relayer.services.store.db.select().from(tabs).where(eq(tabs.tabId, tabId));
    return row;
  };

  it("charges nothing for what comes into the queue after its key was revoked, and does not make it", async () => {
    const { key, id, tabId, owner } = await fundedKey(world, relayer);
    const generations = relayer.services.generations as Mutable;
    const { submit } = generations;
    generations.submit = async (order) => {
      generations.submit = submit;
      // What waits was cancelled by now: this comes after it.
      await owner.revoke(id);
      return submit(order);
    };
    expect(await codeOf(await image(key))).to.deep.equal([401, "invalid_api_key"]);
    expect(provider.asked).to.deep.equal([]);
    expect(await bookOf(tabId)).to.include({ cumulative: 0n, reserved: 0n, queuedRequests: 0 });
  });

  it("charges nothing for what is to be tried again after its key was revoked, and does not try again", async () => {
    const { key, id, tabId, owner } = await fundedKey(world, relayer);
    provider.behave = async (request, _, call) => {
      if (call > 1) return pictureOf(request);
      await owner.revoke(id);
      throw new UpstreamUnreachableError("test", "gone for a moment");
    };
    expect(await codeOf(await image(key))).to.deep.equal([401, "invalid_api_key"]);
    expect(provider.asked).to.have.length(1);
    // Let go of a moment after it is said that it failed.
    while ((await bookOf(tabId))?.reserved !== 0n) await setImmediate();
    expect(await bookOf(tabId)).to.include({ cumulative: 0n, reserved: 0n, queuedRequests: 0 });
  });

  it("makes so many keys a day for one account, and for all accounts of one network", async () => {
    const strict = await serveRelayer(world, { BUDGET_KEYS_PER_DAY: "2", BUDGET_KEYS_PER_NETWORK_PER_DAY: "3" });
    others.push(strict);
    const makeAndEnd = async (index: number) => {
      const owner = ownerOf(strict, await signInAt(strict, world.account(index)));
      const made = await owner.ask("POST", "", { name: "Loop" });
      if (made.status !== 201) return codeOf(made);
      const { id } = (await made.json()) as { id: string };
      expect((await owner.ask("DELETE", `/${id}`)).status).to.equal(202);
      return [made.status];
    };
    expect(await makeAndEnd(700)).to.deep.equal([201]);
    expect(await makeAndEnd(700)).to.deep.equal([201]);
    expect(await makeAndEnd(700)).to.deep.equal([429, "rate_limited"]);
    expect(await makeAndEnd(701)).to.deep.equal([201]);
    expect(await makeAndEnd(701)).to.deep.equal([429, "rate_limited"]);
  });

  it("ends keys so often a minute of one account, apart from what else it writes", async () => {
    const strict = await serveRelayer(world, { RATE_WRITES_PER_MINUTE: "2" });
    others.push(strict);
    const owner = ownerOf(strict, await signInAt(strict, world.account(702)));
    const { id } = await owner.create("One");
    expect((await owner.ask("PUT", `/${id}`, { name: "Two" })).status).to.equal(200);
    expect((await owner.ask("PUT", `/${id}`, { name: "Three" })).status).to.equal(429);
    for (const status of [202, 202, 429]) expect((await owner.ask("DELETE", `/${id}`)).status).to.equal(status);
  });
});

/** What a test may put in the place of a service's own. */
type Mutable = { submit: (order: Order) => Promise<unknown> };
