import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentKeySchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { keccak256 } from "viem";
import { freshDatabase } from "../../test/database.ts";
import { modalityNumber, pngOf, queueFree, TestProvider } from "../../test/generations.ts";
import { createWork, encrypted, fund, mine } from "../../test/market.ts";
import { signInAt } from "../../test/signIn.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { VaultError } from "./vault.ts";

const [OLD, NEW] = [`0x${"11".repeat(32)}`, `0x${"22".repeat(32)}`];

describe("A rotation of the master key", () => {
  let world: World;
  let folder: string;
  const provider = new TestProvider();

  before(async () => {
    world = await startWorld();
    folder = mkdtempSync(join(tmpdir(), "stelai-rotation-"));
    await freshDatabase(folder);
  });
  after(async () => {
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function during<T>(keys: Record<string, string>, work: (relayer: ServedRelayer) => Promise<T>): Promise<T> {
    const relayer = await serveRelayer(world, { DATA_DIR: folder, ...keys }, { media: { Image: provider } });
    try {
      return await work(relayer);
    } finally {
      await relayer.stop();
    }
  }

  it("ends: once all is sealed anew, everything opens without the old key", async () => {
    const tool = await world.publish({}, { modality: modalityNumber("Image") });
    const account = world.account(1);
    await fund(world, account);
    const bytes = pngOf(12, 12);
    const contentHash = keccak256(bytes);
    const card = { name: "Ada", tagline: "Counts" };

    const { id, uri, vapid } = await during({ MASTER_KEY: OLD }, async (relayer) => {
      const { services } = relayer;
      const headers = await signInAt(relayer, account);
      const file = encrypted(bytes);
      await fetch(`${relayer.url}/v1/deposits`, {
        ...{ method: "POST", headers: { ...headers, ...file.headers }, body: file.body },
      });
      const row = await queueFree(services, tool, account.address.toLowerCase(), { account: account.address });
      await services.generations.wait(row.id, 60_000, new AbortController().signal);
      const vapid = await services.people.push.publicKey();
      return { id: row.id, uri: await services.people.cards.upload(account.address, card), vapid };
    });

    const both = { MASTER_KEY: NEW, PREVIOUS_MASTER_KEYS: OLD };
    await during(both, async ({ services, rotation }) => {
      expect(await services.market.deposits.verify(contentHash, account.address)).to.equal("ok");
      await rotation.tend();
    });

    await during({ MASTER_KEY: NEW }, async (relayer) => {
      const { market, generations, people } = relayer.services;
      expect(await market.deposits.verify(contentHash, account.address)).to.equal("ok");
      const row = (await generations.find(id)) ?? expect.fail("the generation is gone");
      expect(generations.promptOf(row)).to.equal("a hill");
      expect((await generations.open(row, "file")).mediaType).to.equal("image/png");
      expect(await people.push.publicKey()).to.equal(vapid);
      expect(uri).to.match(/^stelai:card:/);

      const { workId } = await createWork(world, account, contentHash);
      await mine(world, relayer.services.chain.finalityBlocks);
      const headers = await signInAt(relayer, account);
      const released = await (await fetch(`${relayer.url}/v1/works/${workId}/key`, { headers })).json();
      expect(contentKeySchema.parse(released)).to.include({ contentHash, workId });
    });
  });

  it("has not ended before that: without the old key nothing of it opens, and it is said so", async () => {
    const account = world.account(2);
    const bytes = pngOf(13, 12);
    const key = Buffer.alloc(32, 7);
    const { body } = encrypted(bytes, key);
    const upload = { key, contentHash: keccak256(bytes), ciphertext: body, modality: undefined };
    const older = { MASTER_KEY: OLD, PREVIOUS_MASTER_KEYS: NEW };
    const row = await during(older, ({ services }) =>
      services.market.deposits.depositFile({ account: account.address, networkAddress: "127.0.0.1" }, upload),
    );
    await during({ MASTER_KEY: NEW }, async ({ services, rotation }) => {
      await rotation.tend();
      const refused = await services.market.deposits
        .keyFor(row.contentHash, account.address)
        .catch((error: Error & { code: string }) => error);
      expect(refused).to.include({ code: "unavailable" }).and.have.property("cause").instanceOf(VaultError);
    });
    await during({ MASTER_KEY: NEW, PREVIOUS_MASTER_KEYS: OLD }, async ({ services, rotation }) => {
      await rotation.tend();
      const found = await services.market.deposits.find(row.contentHash, account.address);
      expect(found?.keyId).to.not.equal(row.keyId);
      expect(await services.market.deposits.verify(row.contentHash, account.address)).to.equal("ok");
    });
  });
});
