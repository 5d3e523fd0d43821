import { readFileSync } from "node:fs";
import { type Generation, generationListSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { auditReceipts } from "../../test/audit.ts";
import { TabClient } from "../../test/client.ts";
import { freshDatabase } from "../../test/database.ts";
import { modalityNumber } from "../../test/generations.ts";
import { type RelayerProcess, spawnRelayer } from "../../test/process.ts";
import { startWorld, type World } from "../../test/world.ts";
import type { MadeModality } from "../providers/media.ts";

const PRICES = { perInference: 1_000n, perUnit: 100n };
const ASKED: Record<MadeModality, { path: string; body: Record<string, unknown>; count: number }> = {
  Image: { path: "/v1/images/generations", body: { prompt: "hills at dusk", size: "512x512" }, count: 20 },
  Voice: { path: "/v1/audio/speech", body: { input: "Good evening to you all.", voice: "slt" }, count: 22 },
  Music: { path: "/v1/music", body: { prompt: "a short tune", seconds: 5 }, count: 6 },
  Video: { path: "/v1/videos", body: { prompt: "clouds", seconds: "2" }, count: 2 },
};

describe("Fifty generations of every kind", function () {
  this.timeout(900_000);
  let world: World;
  let environment: Record<string, string>;
  let relayer: RelayerProcess;

  before(async () => {
    world = await startWorld();
    environment = world.environment({
      ...{ EXPOSURE_INITIAL: "1000000000", EXPOSURE_MAXIMUM: "1000000000", GENERATIONS_PER_ACCOUNT: "4" },
      ...{ GENERATION_ATTEMPTS: "5", RATE_WRITES_PER_MINUTE: "1000" },
    });
    await freshDatabase(environment.DATA_DIR ?? "");
    relayer = await spawnRelayer(environment);
  });
  after(async () => {
    await relayer.terminate();
    await world.stop();
  });

  it("all end, none charged twice and none that failed, although the worker and the relayer are killed", async () => {
    const tools = new Map<MadeModality, bigint>();
    for (const modality of Object.keys(ASKED) as MadeModality[]) {
      tools.set(modality, await world.publish(PRICES, { modality: modalityNumber(modality) }));
    }
    const doomed = await world.publish(PRICES, { modality: modalityNumber("Image") });
    const tab = await world.openTab(50_000_000n);
    let client = new TabClient(world, relayer.url, tab);
    const ask = async (characterId: bigint, { path, body }: { path: string; body: Record<string, unknown> }) => {
      const asked = JSON.stringify({ model: `stelai-${characterId}`, quality: "Draft", ...body });
      const response = await client.make(path, characterId, asked, { headers: { Prefer: "respond-async" } });
      expect(response.status, await response.clone().text()).to.be.oneOf([200, 202]);
    };
    for (const [modality, asked] of Object.entries(ASKED) as [MadeModality, (typeof ASKED)["Image"]][]) {
      const last = modality === "Image" ? asked.count - 4 : asked.count;
      for (let count = 0; count < last; count += 1) await ask(tools.get(modality) ?? 0n, asked);
    }
    for (let count = 0; count < 4; count += 1) await ask(doomed, ASKED.Image);
    // What waits for a tool that is suspended fails when its turn comes.
    await world.setSuspended(doomed, true);

    await until(async () => (await all(client)).filter(hasEnded).length >= 5);
    for (const pid of childrenOf(relayer.pid)) process.kill(pid, "SIGKILL");
    for (const done of [12, 25]) {
      await until(async () => (await all(client)).filter(hasEnded).length >= done);
      const orphans = childrenOf(relayer.pid);
      await relayer.kill();
      // Whatever they compute, they do not outlive it.
      await until(async () => !orphans.some(isAlive));
      relayer = await spawnRelayer(environment);
      client = new TabClient(world, relayer.url, tab);
    }
    await until(async () => (await all(client)).every(hasEnded));

    const ended = await all(client);
    expect(ended).to.have.length(50);
    const completed = ended.filter(({ status }) => status === "completed");
    const failed = ended.filter(({ status }) => status === "failed");
    expect(completed.length + failed.length).to.equal(50);
    const bySuspension = failed.filter(({ error }) => error?.code === "character_suspended");
    expect(failed, JSON.stringify(failed.map(({ error }) => error))).to.have.length(bySuspension.length);
    const { entries } = await client.statement("?limit=500");
    const charged = entries.filter(({ receipt }) => receipt !== null).map(({ requestId }) => requestId);
    expect(new Set(charged).size).to.equal(charged.length);
    expect([...charged].sort()).to.deep.equal(completed.map(({ requestId }) => requestId).sort());
    const status = await client.status();
    expect(status).to.include({ reserved: 0n, sequence: BigInt(completed.length) });
    const sum = completed.reduce((total, { metered }) => {
      const { amount = 0n, fee = 0n } = metered?.receipt.receipt ?? {};
      return total + amount + fee;
    }, 0n);
    expect(status.cumulative).to.equal(sum);
    expect(await auditReceipts(world, client, await client.statement("?limit=500"))).to.equal(sum);
    for (const { id, file, metered } of completed) {
      expect(metered?.receipt.receipt.response).to.equal(file?.contentHash);
      const content = await fetch(`${relayer.url}/v1/generations/${id}/content`, { headers: await client.session() });
      expect((await content.arrayBuffer()).byteLength).to.equal(file?.bytes);
    }
  });

  /** All that the tab asked for. */
  async function all(client: TabClient): Promise<Generation[]> {
    const response = await fetch(`${relayer.url}/v1/generations?limit=100`, { headers: await client.session() });
    return generationListSchema.parse(await response.json()).data;
  }
});

function hasEnded({ status }: Generation): boolean {
  return status !== "queued" && status !== "in_progress";
}

/** The processes that one began, as the system knows them. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.trim().split(" ").filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for something another process brings about. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 200));
}
