import { licensesAbi, stelaiAbi } from "@stelai/sdk/abis";
import { type Delivery, deliverySchema, LICENCE_STATUSES } from "@stelai/sdk/wire";
import { expect } from "chai";
import { eq, like } from "drizzle-orm";
import type { PrivateKeyAccount } from "viem";
import { startPostgres } from "../../test/postgres.ts";
import { buy, buyer, createWork, depositPicture, PRICE } from "../../test/sales.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { DELIVERY, INSPECTION, RESOLUTION } from "../chain/market.ts";
import { ContentStoreError } from "../content/index.ts";
import { waitAfter } from "../passes/keeper.ts";
import { tables } from "../store/index.ts";

const { deliveries: table, deposits, transactions } = tables;

/** Rounds are run by the tests alone. */
const QUIET = { CHAIN_POLL_MS: "60000" };

describe("Deliveries", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 1_000;
  let finality: number;

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, QUIET);
    finality = relayer.services.chain.finalityBlocks;
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const customer = async (credits = 20n): Promise<PrivateKeyAccount> => {
    people += 1;
    return buyer(world, people, credits);
  };
  const mine = async (blocks: number) => {
    for (let block = 0; block < blocks; block += 1) await world.chain.request("evm_mine");
  };
  const work = (one: ServedRelayer = relayer) => one.services.deliveries.work();
  /** A round once everything so far is final. */
  const settled = async (one: ServedRelayer = relayer) => {
    await mine(finality + 1);
    await work(one);
  };
  const pass = (seconds: bigint) => world.pass(Number(seconds));
  const statusOf = async (licenceId: bigint) => {
    const { client, contracts } = relayer.services.chain;
    const { status } = await client.readContract({
      ...{ address: contracts.Licenses, abi: licensesAbi, functionName: "licenceOf", args: [licenceId] },
    });
    return LICENCE_STATUSES[status];
  };
  const balanceOf = (account: PrivateKeyAccount) => {
    const { client, contracts } = relayer.services.chain;
    const args = [account.address] as const;
    return client.readContract({ address: contracts.Stelai, abi: stelaiAbi, functionName: "balanceOf", args });
  };
  const delivery = async (licenceId: bigint, one: ServedRelayer = relayer): Promise<Delivery> => {
    const response = await fetch(`${one.url}/v1/licences/${licenceId}/delivery`);
    expect(response.status).to.equal(200);
    return deliverySchema.parse(await response.json());
  };
  const rowOf = async (licenceId: bigint) =>
    (await relayer.services.store.db.select().from(table).where(eq(table.licenceId, licenceId)))[0];
  const sent = async (what: "attest" | "conclude", one: ServedRelayer = relayer) =>
    one.services.store.db
      .select()
      .from(transactions)
      .where(like(transactions.description, `${what} %`));

  it("attest a purchase once it is final, and pay the seller when nobody disputes it in time", async () => {
    const { workId, offerId } = await createWork(world, relayer, world.creator);
    const ann = await customer();
    const licenceId = await buy(world, ann, offerId);
    expect(await delivery(licenceId)).to.include({ workId, state: "waiting", problem: null });
    await work();
    expect(await statusOf(licenceId)).to.equal("Escrowed");
    expect((await delivery(licenceId)).blocksLeft).to.equal(finality);
    await mine(finality - 1);
    await work();
    expect(await statusOf(licenceId)).to.equal("Escrowed");
    expect((await delivery(licenceId)).blocksLeft).to.equal(1);
    await mine(1);
    await work();
    expect(await statusOf(licenceId)).to.equal("Delivered");
    await work();
    const attested = await delivery(licenceId);
    expect(attested).to.include({ state: "attested", problem: null });
    expect(attested.transaction).to.match(/^0x[0-9a-f]{64}$/);
    await settled();
    expect(await delivery(licenceId)).to.include({ state: "ready", blocksLeft: null });
    await pass(INSPECTION - 30n);
    await work();
    expect(await statusOf(licenceId)).to.equal("Delivered");
    await pass(60n);
    await work();
    expect(await statusOf(licenceId)).to.equal("Released");
    await settled();
    expect(await delivery(licenceId)).to.include({ state: "ready" });
    expect(await sent("attest")).to.have.length(1);
    expect(await sent("conclude")).to.have.length(1);
  });

  it("refund the buyer when a file was never deposited, and say why until then", async () => {
    const { offerId } = await createWork(world, relayer, world.creator, { deposited: false });
    const ann = await customer();
    const before = await balanceOf(ann);
    const licenceId = await buy(world, ann, offerId);
    expect(await balanceOf(ann)).to.equal(before - PRICE * 10n ** 12n);
    const attestations = (await sent("attest")).length;
    await settled();
    const first = await delivery(licenceId);
    expect(first.state).to.equal("failed");
    expect(first.problem).to.be.a("string").and.not.equal("");
    await work();
    expect((await rowOf(licenceId))?.tries).to.equal(1);
    await pass(waitAfter(1) + 1n);
    await work();
    expect((await rowOf(licenceId))?.tries).to.equal(2);
    await pass(DELIVERY);
    await work();
    expect(await sent("attest")).to.have.length(attestations);
    expect(await statusOf(licenceId)).to.equal("Refunded");
    expect(await balanceOf(ann)).to.equal(before);
    await settled();
    expect(await delivery(licenceId)).to.include({ state: "ended" });
  });

  it("deliver what was deposited only after it was bought, with the next try", async () => {
    const contentHash = await depositPicture(relayer, world.creator);
    const { store } = relayer.services;
    const [kept] = await store.db.delete(deposits).where(eq(deposits.contentHash, contentHash)).returning();
    const { offerId } = await createWork(world, relayer, world.creator, { deposited: false, contentHash });
    const licenceId = await buy(world, await customer(), offerId);
    await settled();
    expect((await delivery(licenceId)).state).to.equal("failed");
    if (kept !== undefined) await store.db.insert(deposits).values(kept);
    await pass(waitAfter(1) + 1n);
    await work();
    expect(await statusOf(licenceId)).to.equal("Delivered");
    expect((await rowOf(licenceId))?.problem).to.equal(null);
  });

  it("leave alone a hash that is another's deposit", async () => {
    const contentHash = await depositPicture(relayer, world.creator);
    const thief = await customer();
    const { offerId } = await createWork(world, relayer, thief, { deposited: false, contentHash });
    const licenceId = await buy(world, await customer(), offerId);
    await settled();
    expect(await statusOf(licenceId)).to.equal("Escrowed");
    expect((await delivery(licenceId)).state).to.equal("failed");
  });

  it("are none of this operator's when the offer names another attestor", async () => {
    const { offerId } = await createWork(world, relayer, world.creator, { attestor: world.payer.address });
    const licenceId = await buy(world, await customer(), offerId);
    await settled();
    await pass(DELIVERY + 1n);
    await work();
    expect(await statusOf(licenceId)).to.equal("Escrowed");
    expect(await rowOf(licenceId)).to.equal(undefined);
    for (const id of [licenceId, 999_999n]) {
      expect((await fetch(`${relayer.url}/v1/licences/${id}/delivery`)).status).to.equal(404);
    }
    expect((await fetch(`${relayer.url}/v1/licences/x/delivery`)).status).to.equal(400);
  });

  it("are over when anybody refunded what waited too long, without another transaction", async () => {
    const { offerId } = await createWork(world, relayer, world.creator, { deposited: false });
    const ann = await customer();
    const licenceId = await buy(world, ann, offerId);
    await settled();
    await pass(DELIVERY + 1n);
    await world.write(ann, "Licenses", "conclude", [[licenceId]]);
    const [attested, concluded] = [(await sent("attest")).length, (await sent("conclude")).length];
    await settled();
    expect(await sent("attest")).to.have.length(attested);
    expect(await sent("conclude")).to.have.length(concluded);
    expect(await delivery(licenceId)).to.include({ state: "ended" });
  });

  it("refund a dispute that nobody decided in time, with its bond", async () => {
    const { offerId } = await createWork(world, relayer, world.creator);
    const ann = await customer();
    const before = await balanceOf(ann);
    const licenceId = await buy(world, ann, offerId);
    await settled();
    await world.write(ann, "Licenses", "dispute", [licenceId, ""]);
    await pass(INSPECTION + 60n);
    await work();
    expect(await statusOf(licenceId)).to.equal("Disputed");
    await pass(RESOLUTION);
    await work();
    expect(await statusOf(licenceId)).to.equal("Refunded");
    expect(await balanceOf(ann)).to.equal(before);
  });

  it("forget a purchase that a reorganisation took back", async () => {
    const { offerId } = await createWork(world, relayer, world.creator);
    const ann = await customer();
    await mine(finality + 1);
    const snapshot = await world.chain.request("evm_snapshot");
    const licenceId = await buy(world, ann, offerId);
    await work();
    expect((await rowOf(licenceId))?.status).to.equal("Escrowed");
    await world.chain.request("evm_revert", [snapshot]);
    await mine(2);
    await work();
    expect(await rowOf(licenceId)).to.equal(undefined);
    // Its number goes to another's order, which this operator does not deliver.
    const foreign = await createWork(world, relayer, world.creator, { attestor: world.payer.address });
    expect(await buy(world, ann, foreign.offerId)).to.equal(licenceId);
    await settled();
    expect(await rowOf(licenceId)).to.equal(undefined);
    expect(await statusOf(licenceId)).to.equal("Escrowed");
  });

  it("attest again what a reorganisation took back, and deliver it once", async () => {
    const { offerId } = await createWork(world, relayer, world.creator);
    const licenceId = await buy(world, await customer(), offerId);
    await mine(finality + 1);
    const snapshot = await world.chain.request("evm_snapshot");
    const attestations = (await sent("attest")).length;
    await work();
    await work();
    expect((await delivery(licenceId)).state).to.equal("attested");
    await world.chain.request("evm_revert", [snapshot]);
    await mine(1);
    expect(await statusOf(licenceId)).to.equal("Escrowed");
    await work();
    await work();
    expect(await statusOf(licenceId)).to.equal("Delivered");
    expect(await sent("attest")).to.have.length(attestations + 1);
    await settled();
    expect((await delivery(licenceId)).state).to.equal("ready");
  });

  it("are attested anew when their transaction came to nothing", async () => {
    const { offerId } = await createWork(world, relayer, world.creator);
    const licenceId = await buy(world, await customer(), offerId);
    await mine(finality + 1);
    await world.chain.request("evm_setAutomine", [false]);
    try {
      await work();
    } finally {
      await world.chain.request("evm_setAutomine", [true]);
    }
    const { attestation } = (await rowOf(licenceId)) ?? {};
    const { store } = relayer.services;
    const [lost] = await store.db
      .update(transactions)
      .set({ status: "replaced" })
      .where(eq(transactions.id, attestation ?? 0))
      .returning();
    await world.chain.request("hardhat_dropTransaction", [lost?.attempts[0]?.hash]);
    await work();
    expect(await rowOf(licenceId)).to.include({ attestation: null, tries: 1 });
    await pass(waitAfter(1) + 1n);
    await work();
    expect(await statusOf(licenceId)).to.equal("Delivered");
  });

  it("wait, and blame nobody, while the storage is out of reach", async () => {
    const { offerId } = await createWork(world, relayer, world.creator);
    const licenceId = await buy(world, await customer(), offerId);
    const { content } = relayer.services;
    const { get } = content;
    Object.assign(content, { get: () => Promise.reject(new ContentStoreError("The storage is away.")) });
    try {
      await settled();
    } finally {
      Object.assign(content, { get });
    }
    expect(await statusOf(licenceId)).to.equal("Escrowed");
    expect(await delivery(licenceId)).to.include({ state: "waiting", problem: null });
    await pass(waitAfter(1) + 1n);
    await work();
    expect(await statusOf(licenceId)).to.equal("Delivered");
  });

  it("wait while gas costs more than the operator allows", async () => {
    const frugal = await serveRelayer(world, { ...QUIET, DELIVERY_MAX_GAS_PRICE: "0" });
    try {
      const { offerId } = await createWork(world, frugal, world.creator);
      const licenceId = await buy(world, await customer(), offerId);
      await settled(frugal);
      expect(await statusOf(licenceId)).to.equal("Escrowed");
      expect((await delivery(licenceId, frugal)).state).to.equal("waiting");
      expect((await frugal.services.metrics.deliveriesWaitForGas.get()).values[0]?.value).to.equal(1);
    } finally {
      await frugal.stop();
    }
  });

  it("go in batches, and attest each once when two processes share one database", async () => {
    const postgres = await startPostgres();
    const environment = { ...QUIET, DATABASE_URL: await postgres.database(), DELIVERY_BATCH: "3" };
    const folder = world.environment().DATA_DIR ?? "";
    const both = [
      await serveRelayer(world, { ...environment, DATA_DIR: folder }),
      await serveRelayer(world, { ...environment, DATA_DIR: folder }),
    ];
    try {
      const [one] = both;
      if (one === undefined) throw new Error("no relayer was started");
      const [first, second] = [
        await createWork(world, one, world.creator),
        await createWork(world, one, world.creator),
      ];
      const ann = await customer(60n);
      const ids: bigint[] = [];
      for (let count = 0; count < 7; count += 1) {
        ids.push(await buy(world, ann, count % 2 === 0 ? first.offerId : second.offerId));
      }
      await mine(finality + 1);
      for (let round = 0; round < 3; round += 1) await Promise.all(both.map((relayer) => work(relayer)));
      for (const id of ids) expect(await statusOf(id)).to.equal("Delivered");
      const sizes = (transactions: { description: string }[]) =>
        transactions.map(({ description }) => Number(description.split(" ")[1]));
      const attested = sizes(await sent("attest", one));
      expect(Math.max(...attested)).to.equal(3);
      expect(attested.reduce((sum, size) => sum + size, 0)).to.be.at.least(ids.length);
      const rows = await one.services.store.db.select().from(table);
      const ours = rows.filter(({ licenceId }) => ids.includes(licenceId));
      expect(ours.map(({ tries }) => tries)).to.deep.equal(ids.map(() => 0));
      const before = (await sent("conclude", one)).length;
      await pass(INSPECTION + 60n);
      for (let round = 0; round < 3; round += 1) await Promise.all(both.map((relayer) => work(relayer)));
      for (const id of ids) expect(await statusOf(id)).to.equal("Released");
      expect(sizes((await sent("conclude", one)).slice(before)).every((size) => size <= 3)).to.equal(true);
    } finally {
      await Promise.all(both.map((relayer) => relayer.stop()));
      await postgres.stop();
    }
  });
});
