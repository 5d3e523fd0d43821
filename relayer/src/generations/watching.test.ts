import { expect } from "chai";
import { gated, modalityNumber, queueFree, TestProvider } from "../../test/generations.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { Changes } from "./changes.ts";
import { Watching } from "./watching.ts";

describe("Waiting for generations", () => {
  const never = new AbortController().signal;
  let world: World;
  let relayer: ServedRelayer;
  let provider: TestProvider;
  let tool: bigint;

  before(async () => {
    world = await startWorld();
    provider = new TestProvider();
    relayer = await serveRelayer(world, { GENERATIONS_AT_ONCE: "1" }, { media: { Image: provider } });
    tool = await world.publish({}, { modality: modalityNumber("Image") });
    await relayer.watcher.look();
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  it("ends with its end, with a change of what was seen, and with what another process wrote", async () => {
    const { services } = relayer;
    const { generations, store } = services;
    const work = gated();
    provider.behave = work.behave;
    const row = await queueFree(services, tool, "ann");
    // One that hears of nothing, as in another process, and sees what is written.
    const deaf = new Watching({ db: store.db, changes: new Changes(), find: generations.find });
    const begun = deaf.wait(row.id, 60_000, never, { status: "queued", waitsFor: "turn" });
    await work.begun();
    expect((await begun)?.status).to.equal("in_progress");
    const done = [generations.wait(row.id, 60_000, never), deaf.wait(row.id, 60_000, never)];
    work.open();
    for (const one of await Promise.all(done)) expect(one?.status).to.equal("completed");
  });

  it("ends when nobody waits any more, after its time, and for what is not there", async () => {
    const { generations } = relayer.services;
    const work = gated();
    provider.behave = work.behave;
    const { id } = await queueFree(relayer.services, tool, "ann");
    const gone = new AbortController();
    const left = generations.wait(id, 60_000, gone.signal);
    gone.abort();
    expect((await left)?.id).to.equal(id);
    expect((await generations.wait(id, 1.25, never))?.id).to.equal(id);
    expect(await generations.wait("gen_none", 60_000, never)).to.equal(undefined);
    work.open();
    await generations.wait(id, 60_000, never);
  });

  it("asks the database once for all who wait", async () => {
    let looks = 0;
    const { db } = relayer.services.store;
    const counting = new Proxy(db, {
      get: (target, name, receiver) => {
        if (name === "select") looks += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    const watching = new Watching({ db: counting, changes: new Changes(), find: async () => undefined });
    await Promise.all(Array.from({ length: 50 }, (_, index) => watching.wait(`gen_${index}`, 60_000, never)));
    expect(looks).to.be.within(1, 2);
  });
});
