import { expect } from "chai";
import { keccak256, stringToBytes } from "viem";
import type { Answer, TabClient } from "../../test/client.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRICES = { perInference: 10_000n, perUnit: 50_000n };

describe("A voucher", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;
  let client: TabClient;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    relayer = await serveRelayer(world, { EXPOSURE_INITIAL: "1000000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(async () => {
    client = relayer.client(await world.openTab(5_000_000n));
    client.take(await client.ask(character));
  });

  const reasonOf = (one: Answer) => [one.status, one.error?.code, one.error?.stelai?.reason];
  const refused = (reason: string) => [422, "voucher_refused", reason];

  it("over a part of what was served is taken, then over all of it", async () => {
    const part = await client.voucher();
    client.take(await client.ask(character));
    client.take(await client.ask(character));
    expect((await client.post("vouchers", part)).status).to.equal(204);
    expect((await client.status()).signed).to.equal(part.voucher.cumulative);
    expect((await client.acknowledge()).status).to.equal(204);
    expect((await client.status()).signed).to.equal(client.state.cumulative);
  });

  it("that was sent before is refused as replayed, an older one as lower", async () => {
    const old = await client.voucher();
    client.take(await client.ask(character));
    const newest = await client.voucher();
    expect((await client.post("vouchers", newest)).status).to.equal(204);
    expect(reasonOf(await client.post("vouchers", newest))).to.deep.equal(refused("replayed"));
    expect(reasonOf(await client.post("vouchers", old))).to.deep.equal(refused("lower"));
  });

  it("above the cap is refused", async () => {
    const voucher = await client.voucher({ ...client.state, cumulative: 5_000_001n });
    expect(reasonOf(await client.post("vouchers", voucher))).to.deep.equal(refused("above_cap"));
  });

  it("for another operator is refused", async () => {
    const voucher = await client.voucher({ ...client.state, operator: world.payer.address });
    expect(reasonOf(await client.post("vouchers", voucher))).to.deep.equal(refused("wrong_operator"));
  });

  it("of another tab is refused", async () => {
    const voucher = await client.voucher({ ...client.state, tabId: client.tab.tabId + 1n });
    expect(reasonOf(await client.post("vouchers", voucher))).to.deep.equal(refused("wrong_tab"));
  });

  it("by another key is refused", async () => {
    const voucher = await client.voucher(client.state, world.payer);
    expect(reasonOf(await client.post("vouchers", voucher))).to.deep.equal(refused("bad_signature"));
  });

  it("over receipts that are not the tab's is refused", async () => {
    const voucher = await client.voucher({ ...client.state, head: hashOf("nothing") });
    expect(reasonOf(await client.post("vouchers", voucher))).to.deep.equal(refused("unknown_receipts"));
  });

  it("for less than was served is refused, and one whose lines pay another character too", async () => {
    const less = await client.voucher({ ...client.state, cumulative: client.state.cumulative - 1n });
    expect(reasonOf(await client.post("vouchers", less))).to.deep.equal(refused("total_differs"));
    const lines = client.state.lines.map((line) => ({ ...line, characterId: line.characterId + 1n }));
    const other = await client.voucher({ ...client.state, lines });
    expect(reasonOf(await client.post("vouchers", other))).to.deep.equal(refused("lines_differ"));
  });

  it("from a base that was sealed is stale, and the refusal carries the seal", async () => {
    const first = await client.voucher();
    await client.post("vouchers", first);
    const seal = await relayer.services.metering.seal(client.tab.tabId);
    client.take(await client.ask(character));
    const stale = await client.acknowledge();
    expect([stale.status, stale.error?.code]).to.deep.equal([409, "voucher_stale"]);
    expect(stale.error?.stelai).to.include({ base: String(seal?.voucher.cumulative) });
    expect(stale.error?.stelai).to.have.nested.property("seal.voucher.receipts", first.voucher.receipts);
  });

  it("is sealed once for its base, and seals are public in order", async () => {
    await client.acknowledge();
    const { metering } = relayer.services;
    const sealed = await Promise.all([metering.seal(client.tab.tabId), metering.seal(client.tab.tabId)]);
    expect(sealed.filter((seal) => seal !== undefined)).to.have.length(1);
    const response = await fetch(`${relayer.url}/v1/seals?tabId=${client.tab.tabId}`);
    const { seals } = (await response.json()) as { seals: { voucher: { cumulative: string } }[] };
    expect(seals.map(({ voucher }) => voucher.cumulative)).to.deep.equal([String(client.state.cumulative)]);
  });
});

function hashOf(text: string) {
  return keccak256(stringToBytes(text));
}
