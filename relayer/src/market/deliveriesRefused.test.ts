import { deliverySchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { eq } from "drizzle-orm";
import type { PrivateKeyAccount } from "viem";
import { buy, buyer, createWork } from "../../test/sales.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { tables } from "../store/index.ts";
import { attestDeliveries } from "./deliveriesAttest.ts";
import { followDeliveries } from "./deliveriesBooks.ts";
import type { DeliverOptions } from "./deliveriesSend.ts";

const { deliveries: table, releases } = tables;

const DAY = 86_400n;

describe("Deliveries", () => {
  let world: World;
  let relayer: ServedRelayer;
  let people = 4_000;

  before(async () => {
    world = await startWorld();
    // Rounds are run by the tests alone.
    relayer = await serveRelayer(world, { CHAIN_POLL_MS: "60000", DELIVERY_INTERVAL_MS: "3600000" });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  const customer = (): Promise<PrivateKeyAccount> => {
    people += 1;
    return buyer(world, people);
  };
  const makeFinal = async () => {
    const { finalityBlocks } = relayer.services.chain;
    for (let block = 0; block <= finalityBlocks; block += 1) await world.chain.request("evm_mine");
  };
  const delivery = async (licenceId: bigint) => {
    const response = await fetch(`${relayer.url}/v1/licences/${licenceId}/delivery`);
    expect(response.status).to.equal(200);
    return deliverySchema.parse(await response.json());
  };
  const work = () => relayer.services.deliveries.work();

  it("leave alone what has ended or ends within a day, and say why; what lasts longer is attested", async () => {
    const { offerId } = await createWork(world, relayer, world.creator);
    const licenceId = await buy(world, await customer(), offerId);
    await makeFinal();
    const { services } = relayer;
    const { store, chain, transactions, config, log, metrics, market, operator } = services;
    const options: DeliverOptions = {
      ...{ store, chain, transactions, config, log, metrics },
      ...{ operator: operator.address, deposits: market.deposits },
    };
    await followDeliveries(options);
    /** A round over a licence of which so many seconds are left. */
    const attestedWith = async (left: bigint) => {
      const expiry = chain.head().timestamp + left;
      await store.db.update(table).set({ expiry, nextTry: null }).where(eq(table.licenceId, licenceId));
      await attestDeliveries(options);
      return (await store.db.select().from(table).where(eq(table.licenceId, licenceId)))[0];
    };
    expect((await attestedWith(DAY - 1n))?.problem).to.include("ends in less than a day");
    expect((await delivery(licenceId)).state).to.equal("failed");
    const ended = await attestedWith(-1n);
    expect(ended).to.include({ status: "Escrowed", attestation: null });
    const told = await delivery(licenceId);
    expect(told.state).to.equal("failed");
    expect(told.problem).to.include("has ended").and.include("comes back");
    expect((await attestedWith(DAY))?.attestation).to.be.a("number");
  });

  it("leave alone what costs less than the operator asks, and say so", async () => {
    const prices = [99_999n, 100_000n];
    const ids: bigint[] = [];
    for (const price of prices) {
      const { offerId } = await createWork(world, relayer, world.creator, { price });
      ids.push(await buy(world, await customer(), offerId));
    }
    await makeFinal();
    await work();
    const [cheap, dear] = await Promise.all(ids.map(delivery));
    expect(cheap).to.include({ state: "failed", transaction: null });
    expect(cheap?.problem).to.include("at least 0.1 credits").and.include("0.099999");
    expect(dear).to.include({ state: "attested", problem: null });
  });

  it("say when the key was first given, which no later holder and no deletion changes", async () => {
    const [ann, ben] = [await customer(), await customer()];
    const { offerId } = await createWork(world, relayer, world.creator, { tier: "Commercial" });
    const licenceId = await buy(world, ann, offerId);
    await makeFinal();
    await work();
    await makeFinal();
    await work();
    expect(await delivery(licenceId)).to.include({ state: "ready", releasedAt: null });

    const take = async (account: PrivateKeyAccount) => {
      const headers = await signInAt(relayer, account);
      const { status } = await fetch(`${relayer.url}/v1/licences/${licenceId}/key`, { headers });
      return { status, headers };
    };
    expect((await take(ben)).status).to.equal(403);
    expect((await delivery(licenceId)).releasedAt).to.equal(null);
    const { status, headers } = await take(ann);
    expect(status).to.equal(200);
    const at = Number(relayer.services.chain.head().timestamp);
    expect((await delivery(licenceId)).releasedAt).to.equal(at);

    await world.pass(100);
    await world.write(ann, "Licenses", "accept", [licenceId]);
    await world.write(ann, "Licenses", "transferFrom", [ann.address, ben.address, licenceId]);
    await makeFinal();
    expect((await take(ben)).status).to.equal(200);
    expect((await delivery(licenceId)).releasedAt).to.equal(at);

    const exported = (await (await fetch(`${relayer.url}/v1/account/export`, { headers })).json()) as object;
    expect(exported).to.deep.include({ firstOpened: [{ licenceId: String(licenceId), at: String(at) }] });
    expect((await fetch(`${relayer.url}/v1/account`, { method: "DELETE", headers })).status).to.equal(204);
    const [row] = await relayer.services.store.db.select().from(releases).where(eq(releases.licenceId, licenceId));
    expect(row).to.include({ account: null, at: BigInt(at) });
    expect((await delivery(licenceId)).releasedAt).to.equal(at);
  });
});
