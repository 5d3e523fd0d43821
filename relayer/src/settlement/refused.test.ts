import { expect } from "chai";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { TabClient } from "../../test/client.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { seals } from "../store/schema/metering.ts";
import { transactions } from "../store/schema/operation.ts";

const PRICES = { perInference: 100_000n, perUnit: 0n };
const DAY = 86_400;

describe("A tab whose session key was replaced", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    // The chain is looked at, and settled on, when a test says so.
    relayer = await serveRelayer(world, { EXPOSURE_INITIAL: "10000000", CHAIN_POLL_MS: "60000" });
    // A rotation that is seen would start a round, which may send a seal while the chain still takes it.
    await relayer.services.settlement.stop();
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const look = () => relayer.watcher.look();
  const later = async (seconds: number) => {
    await world.chain.request("evm_increaseTime", [seconds]);
    await world.chain.request("hardhat_mine", ["0x1"]);
    await look();
  };
  /** A tab on which one request was served and not yet signed for, then rotated: the old key's client, the new one's. */
  const rotated = async (isSigned: boolean): Promise<[TabClient, TabClient]> => {
    const tab = await world.openTab(50_000_000n);
    const old = relayer.client(tab);
    old.take(await old.ask(character));
    if (isSigned) expect((await old.acknowledge()).status).to.equal(204);
    const key = privateKeyToAccount(generatePrivateKey());
    await world.meter("rotate", [world.operator.address, tab.tabId, key.address]);
    await look();
    const renewed = relayer.client({ ...tab, key });
    renewed.state = old.state;
    return [old, renewed];
  };
  const sealsOf = async ({ tab }: TabClient) =>
    (await relayer.services.store.db.select().from(seals)).filter(({ tabId }) => tabId === tab.tabId);

  it("takes the old key's voucher while there is time to settle it, and not in the last minutes", async () => {
    const [early] = await rotated(false);
    await later(DAY - 1_500);
    expect((await early.acknowledge()).status).to.equal(204);
    const [late, renewed] = await rotated(false);
    await later(DAY - 300);
    expect((await late.acknowledge()).error?.stelai?.reason).to.equal("bad_signature");
    expect((await renewed.acknowledge()).status).to.equal(204);
  });

  it("does not seal what the old key signed once the chain may refuse it: the new key signs it again", async () => {
    const [, renewed] = await rotated(true);
    await later(DAY - 60);
    expect(await relayer.services.metering.seal(renewed.tab.tabId)).to.equal(undefined);
    expect((await renewed.acknowledge()).status).to.equal(204);
    expect((await relayer.services.metering.seal(renewed.tab.tabId))?.voucher.cumulative).to.equal(
      renewed.state.cumulative,
    );
  });

  it("is served no more when the chain refuses its seal, and the payer can still close it", async () => {
    const [old, renewed] = await rotated(true);
    const { tabId } = renewed.tab;
    expect(await relayer.services.metering.seal(tabId)).not.to.equal(undefined);
    renewed.state = { ...old.state, base: old.state.cumulative, lines: [] };
    renewed.take(await renewed.ask(character));
    await later(DAY + 60);
    await relayer.services.settlement.work();
    await relayer.services.settlement.work();
    expect((await sealsOf(renewed)).map(({ status }) => status)).to.deep.equal(["refused"]);
    const refusals = [await renewed.ask(character), await renewed.acknowledge(), await renewed.close()];
    for (const { status, error } of refusals) {
      expect([status, error?.code, error?.stelai?.reason]).to.deep.equal([410, "tab_closed", "BadSignature"]);
    }
    await world.meter("requestClose", [world.operator.address, tabId]);
    expect((await world.tabOf(tabId)).closing).to.equal(true);
  });

  it("has no seal sent again that follows a refused one", async () => {
    const [, renewed] = await rotated(true);
    const { metering, settlement, store } = relayer.services;
    const { tabId } = renewed.tab;
    const before = Math.max(0, ...(await store.db.select().from(transactions)).map(({ id }) => id));
    expect(await metering.seal(tabId)).not.to.equal(undefined);
    for (let seal = 0; seal < 2; seal += 1) {
      renewed.state = { ...renewed.state, base: renewed.state.cumulative, lines: [] };
      renewed.take(await renewed.ask(character));
      expect((await renewed.acknowledge()).status).to.equal(204);
      if (seal === 0) expect(await metering.seal(tabId)).not.to.equal(undefined);
    }
    await later(DAY + 60);
    for (let round = 0; round < 4; round += 1) {
      await settlement.work();
      await look();
    }
    expect((await sealsOf(renewed)).map(({ status, reason }) => [status, reason])).to.deep.equal([
      ["refused", "BadSignature"],
      ["refused", "follows a refused one"],
      // Signed a day ago: sealed by the first round, and sent with the others.
      ["refused", "follows a refused one"],
    ]);
    const sent = (await store.db.select().from(transactions)).filter(({ id }) => id > before);
    expect(sent.map(({ description }) => description)).to.deep.equal(["settle 3 vouchers"]);
  });
});
