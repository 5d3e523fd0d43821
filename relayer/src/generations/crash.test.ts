import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { sql } from "drizzle-orm";
import { TabClient } from "../../test/client.ts";
import { freshDatabase } from "../../test/database.ts";
import { ended, modalityNumber, signedRequest, TestProvider } from "../../test/generations.ts";
import { STEPS, type Step } from "../../test/killed.ts";
import { randomId, type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRICES = { perInference: 10_000n, perUnit: 250_000n };
const COST = 11_000n;
const KILLED = fileURLToPath(new URL("../../test/killed.ts", import.meta.url));

describe("A relayer that is killed while it works on a generation", () => {
  let world: World;
  let tool: bigint;

  before(async () => {
    world = await startWorld();
    tool = await world.publish(PRICES, { modality: modalityNumber("Image") });
  });
  after(() => world.stop());

  const dieAt = async (step: Step) => {
    const environment = world.environment();
    await freshDatabase(environment.DATA_DIR ?? "");
    const client = new TabClient(world, "", await world.openTab(5_000_000n));
    const id = randomId();
    const request = await signedRequest(world, client, tool, { id });
    const child: ChildProcess = fork(KILLED, [], {
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...environment, KILL_AT: step },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    await once(child, "message");
    const gone = once(child, "exit");
    child.send({ characterId: tool.toString(), request, asking: {} });
    expect((await gone)[1]).to.equal("SIGKILL");
    const relayer = await serveRelayer(world, environment, { media: { Image: new TestProvider() } });
    return { relayer, client: relayer.client(client.tab), id };
  };

  const holdsNothing = async (relayer: ServedRelayer, client: TabClient) => {
    const tab = await relayer.services.metering.tabs.find(client.tab.tabId);
    expect(tab).to.include({ reserved: 0n, inFlight: 0, queued: 0n, queuedRequests: 0 });
  };

  for (const step of STEPS.slice(1)) {
    it(`when it was ${step}, brings it to its end after it comes back, and charges it once`, async () => {
      const { relayer, client, id } = await dieAt(step);
      try {
        const { generations } = relayer.services;
        const asked = await generations.findAsked({ tabId: client.tab.tabId, requestId: id });
        const row = await ended(relayer.services, asked?.id ?? "");
        expect(row).to.include({ status: "completed", reservation: null });
        expect((await generations.open(row, "file")).bytes.length).to.equal(row.file?.bytes);
        expect((await generations.meteredOf(row))?.receipt.receipt).to.include({
          ...{ sequence: 1n, amount: COST, response: row.file?.contentHash },
        });
        expect(await client.status()).to.include({ cumulative: COST, sequence: 1n, reserved: 0n });
        await holdsNothing(relayer, client);
      } finally {
        await relayer.stop();
      }
    });
  }

  it("when it was admitted and not queued, lets go of what it held, once that is nobody's", async () => {
    const { relayer, client, id } = await dieAt("admitted and not queued");
    try {
      const { metering, store, generations } = relayer.services;
      expect(await client.status()).to.include({ reserved: COST, cumulative: 0n });
      await metering.tend();
      // It could still be queued: that takes a moment.
      expect(await client.status()).to.include({ reserved: COST });
      await store.db.execute(sql`update relayer.requests set created_at = now() - interval '61 seconds'`);
      await metering.tend();
      await holdsNothing(relayer, client);
      expect((await client.statement()).entries[0]?.error?.code).to.equal("interrupted");
      expect(await generations.findAsked({ tabId: client.tab.tabId, requestId: id })).to.equal(undefined);
    } finally {
      await relayer.stop();
    }
  });
});
