import { expect } from "chai";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { Watcher } from "./watcher.ts";

describe("The watcher", () => {
  let world: World;
  let relayer: ServedRelayer;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { CHAIN_POLL_MS: "60000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  it("says when it last knew every change: a look that failed does not count, however new the head is", async () => {
    const { chain, log } = relayer.services;
    let fails = true;
    const onChange = async () => {
      if (fails) throw new Error("out of reach");
    };
    const spec = { address: chain.contracts.InferenceMeter, topics: [], onChange };
    await world.openTab(1_000_000n);
    const watcher = new Watcher(chain, log, [spec], 0n);
    expect(await watcher.look().catch((error: Error) => error.message)).to.equal("out of reach");
    await chain.refresh();
    expect(watcher.lookedAt()).to.equal(0);
    fails = false;
    await watcher.look();
    expect(watcher.lookedAt()).to.equal(chain.head().seenAt);
  });
});
