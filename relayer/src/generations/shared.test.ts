import { expect } from "chai";
import { sql } from "drizzle-orm";
import {
  askPaid,
  ended,
  gated,
  modalityNumber,
  pictureOf,
  queueFree,
  TestProvider,
  until,
} from "../../test/generations.ts";
import { startPostgres, type TestPostgres } from "../../test/postgres.ts";
import { answer } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRICES = { perInference: 10_000n, perUnit: 250_000n };
const COST = 11_000n;

describe("Several relayers with one queue of generations", () => {
  let world: World;
  let postgres: TestPostgres;
  let first: ServedRelayer;
  let second: ServedRelayer;
  let providers: [TestProvider, TestProvider];
  let tool: bigint;
  let free: bigint;

  before(async () => {
    [world, postgres] = await Promise.all([startWorld(), startPostgres()]);
    world.upstream.behave = answer(["Hello"]);
    const image = { modality: modalityNumber("Image") };
    tool = await world.publish(PRICES, image);
    free = await world.publish({}, image);
    providers = [new TestProvider(), new TestProvider()];
    const DATABASE_URL = await postgres.database();
    const environment = { DATABASE_URL, EXPOSURE_INITIAL: "100000000", GENERATIONS_PER_ACCOUNT: "2" };
    // Their files are in one storage, as with one IPFS node.
    const shared = world.environment().DATA_DIR ?? "";
    const start = (Image: TestProvider) =>
      serveRelayer(world, { ...environment, DATA_DIR: shared }, { media: { Image } });
    first = await start(providers[0]);
    second = await start(providers[1]);
  });
  after(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await world.stop();
    await postgres.stop();
  });
  beforeEach(() => {
    for (const provider of providers) {
      provider.behave = async (request) => pictureOf(request);
      provider.asked.length = 0;
    }
  });

  it("work on it together, each generation once, and charge one tab exactly", async () => {
    const tab = await world.openTab(5_000_000n);
    const [one, other] = [first.client(tab), second.client(tab)];
    const rows = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 === 0
          ? askPaid(world, first.services, one, tool, { prompt: `${index}` })
          : askPaid(world, second.services, other, tool, { prompt: `${index}` }),
      ),
    );
    const done = [];
    for (const { id } of rows) done.push(await ended(second.services, id));
    expect(done.map(({ status }) => status)).to.deep.equal(rows.map(() => "completed"));
    const asked = providers.flatMap((provider) => provider.asked);
    expect(asked.sort()).to.deep.equal(rows.map((_, index) => `${index}`).sort());
    expect(await one.status()).to.include({ cumulative: 12n * COST, reserved: 0n, sequence: 12n });
    expect((await other.ask(tool)).status).to.not.equal(500);
    const book = await first.services.metering.tabs.find(tab.tabId);
    expect(book).to.include({ inFlight: 0, queued: 0n, queuedRequests: 0 });
  });

  it("never work on more of one requester's at a time than may be, over all of them", async () => {
    let running = 0;
    let most = 0;
    for (const provider of providers) {
      provider.behave = async (request) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 30));
        running -= 1;
        return pictureOf(request);
      };
    }
    const rows = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        queueFree(index % 2 === 0 ? first.services : second.services, free, "ip:one"),
      ),
    );
    for (const { id } of rows) expect((await ended(first.services, id)).status).to.equal("completed");
    expect(most).to.be.at.most(2);
  });

  it("cancel what another one works on: its work is stopped, and nothing is charged", async () => {
    const tab = await world.openTab(5_000_000n);
    const working = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    for (const provider of providers) {
      provider.behave = (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            stopped.resolve();
            reject(signal.reason);
          });
          working.resolve();
        });
    }
    const { id } = await askPaid(world, first.services, first.client(tab), tool);
    const row = await until(first.services, id, ({ status }) => status === "in_progress");
    await working.promise; // What is cancelled before its provider is asked never reaches one.
    const other = row.instance === first.services.metering.instance ? second : first;
    expect((await other.services.generations.cancel(id))?.status).to.equal("cancelled");
    await stopped.promise;
    expect(await first.client(tab).status()).to.include({ cumulative: 0n, reserved: 0n });
  });

  it("take over what one worked on that is dead", async () => {
    const tab = await world.openTab(5_000_000n);
    const gate = gated();
    for (const provider of providers) provider.behave = gate.behave;
    const { id } = await askPaid(world, first.services, first.client(tab), tool);
    const row = await until(first.services, id, ({ status }) => status === "in_progress");
    const isFirst = row.instance === first.services.metering.instance;
    const [dead, living] = isFirst ? [first, second] : [second, first];
    const { instance } = dead.services.metering;
    await living.services.store.db.execute(
      sql`update relayer.instances set seen_at = now() - interval '31 seconds' where id = ${instance}`,
    );
    await living.services.generations.tend();
    const left = await living.services.generations.find(id);
    expect(left).to.include({ status: "queued", attempts: 1, instance: null });
    expect(await living.services.metering.tabs.find(tab.tabId)).to.include({ queued: COST, queuedRequests: 1 });
    await dead.services.metering.tend();
    gate.open();
    expect((await ended(living.services, id)).status).to.equal("completed");
    expect(await living.client(tab).status()).to.include({ cumulative: COST, sequence: 1n, reserved: 0n });
  });

  it("that stop give what they work on back to the others, and it does not count as a try", async () => {
    const tab = await world.openTab(5_000_000n);
    const never: TestProvider["behave"] = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    for (const provider of providers) provider.behave = never;
    const { id } = await askPaid(world, first.services, first.client(tab), tool);
    const row = await until(first.services, id, ({ status }) => status === "in_progress");
    const isFirst = row.instance === first.services.metering.instance;
    const [stopping, living] = isFirst ? [first, second] : [second, first];
    for (const provider of providers) provider.behave = async (request) => pictureOf(request);
    await stopping.services.generations.stop();
    const done = await ended(living.services, id);
    expect(done).to.include({ status: "completed", attempts: 1 });
    expect(await living.client(tab).status()).to.include({ cumulative: COST, sequence: 1n, reserved: 0n });
  });
});
