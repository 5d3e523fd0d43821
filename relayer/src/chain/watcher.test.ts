import { expect } from "chai";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { tabs } from "../store/schema/metering.ts";
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

  it("closes a tab whose opening a reorganisation took back, and one that another payer has now is not served", async () => {
    const character = await world.publish({ perInference: 10_000n });
    const snapshot = await world.chain.request("evm_snapshot");
    const tab = await world.openTab(1_000_000n);
    const client = relayer.client(tab);
    await relayer.watcher.look();
    expect((await client.ask(character)).status).to.equal(200);
    await world.chain.request("evm_revert", [snapshot]);
    await relayer.watcher.look();
    expect((await client.ask(character)).error?.code).to.equal("tab_closed");
    // As if it was opened again: by the same payer, then by another.
    const again = await world.openTab(1_000_000n);
    expect(again.tabId).to.equal(tab.tabId);
    await relayer.watcher.look();
    expect((await relayer.client(again).ask(character)).error?.code).not.to.equal("tab_closed");
    const { store, metering } = relayer.services;
    await store.db.update(tabs).set({ payer: world.creator.address });
    await metering.tabs.syncSince(0n);
    expect((await relayer.client(again).ask(character)).error?.stelai?.reason).to.equal("Reorganised");
  });
});
