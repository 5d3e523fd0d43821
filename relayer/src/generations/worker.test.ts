import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { keccak256 } from "viem";
import type { TabClient } from "../../test/client.ts";
import {
  askPaid,
  ended,
  gated,
  modalityNumber,
  pictureOf,
  pngOf,
  queueFree,
  TestProvider,
  until,
} from "../../test/generations.ts";
import { randomId, type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { EmbeddedContentStore } from "../content/embedded.ts";
import { ContentStoreFullError, parseCid } from "../content/index.ts";
import { UpstreamCutError, UpstreamRefusedError, UpstreamUnreachableError } from "../providers/errors.ts";
import { decryptFile } from "./files.ts";
import { reservationOf } from "./rows.ts";
import type { GenerationRow } from "./types.ts";

/** 64 by 48 pixels are 4 milliunits: 10,000 + 4 × 250. */
const PRICES = { perInference: 10_000n, perUnit: 250_000n };
const COST = 11_000n;

describe("A generation", () => {
  let world: World;
  let relayer: ServedRelayer;
  let provider: TestProvider;
  let content: EmbeddedContentStore & { isFull?: boolean };
  let tool: bigint;
  let free: bigint;
  let client: TabClient;

  before(async () => {
    world = await startWorld();
    const image = { modality: modalityNumber("Image") };
    tool = await world.publish(PRICES, image);
    free = await world.publish({}, image);
    provider = new TestProvider();
    content = await EmbeddedContentStore.open(`${world.environment().DATA_DIR}/ipfs`);
    const add = content.add.bind(content);
    content.add = async (bytes) => {
      if (content.isFull) throw new ContentStoreFullError("The content storage is full.");
      return add(bytes);
    };
    relayer = await serveRelayer(
      world,
      { GENERATION_ATTEMPTS: "2", EXPOSURE_INITIAL: "1000000" },
      { media: { Image: provider }, content },
    );
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(async () => {
    provider.behave = async (request) => pictureOf(request);
    provider.asked.length = 0;
    client = relayer.client(await world.openTab(5_000_000n));
  });

  const nothingHeld = async () =>
    expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n, sequence: 0n });

  it("that succeeds is stored encrypted, and charged with a receipt that names the file", async () => {
    const { id } = await askPaid(world, relayer.services, client, tool);
    const row = await ended(relayer.services, id);
    expect(row).to.include({ status: "completed", progress: 100, errorCode: null, attempts: 1 });
    const { bytes, mediaType } = await relayer.services.generations.open(row, "file");
    expect(mediaType).to.equal("image/png");
    expect(Buffer.from(bytes).equals(pngOf(64, 48, 7))).to.equal(true);
    const metered = await relayer.services.generations.meteredOf(row);
    const { receipt } = metered?.receipt ?? {};
    expect(receipt).to.include({ milliunits: 4n, quality: 1, amount: COST, fee: 0n, response: keccak256(bytes) });
    expect(receipt?.response).to.equal(row.file?.contentHash);
    expect(await client.status()).to.include({ cumulative: COST, reserved: 0n, sequence: 1n });

    const cid = parseCid(row.file?.cid ?? "");
    const stored = cid && (await content.get(cid));
    expect(stored?.length).to.equal(bytes.length + 28);
    expect(Buffer.from(stored ?? []).includes(Buffer.from("IHDR"))).to.equal(false);
    expect(() => decryptFile(new Uint8Array(32), stored ?? new Uint8Array())).to.throw("damaged");
    const preview = await relayer.services.generations.open(row, "preview");
    expect(preview.mediaType).to.equal("image/webp");
  });

  it("is charged less when less was delivered, and never more than quoted", async () => {
    provider.behave = async () => pngOf(32, 32);
    const small = await ended(relayer.services, (await askPaid(world, relayer.services, client, tool)).id);
    const less = await relayer.services.generations.meteredOf(small);
    expect(less?.receipt.receipt).to.include({ milliunits: 2n, amount: 10_500n });
    provider.behave = async () => pngOf(640, 480);
    const large = await ended(relayer.services, (await askPaid(world, relayer.services, client, tool)).id);
    const more = await relayer.services.generations.meteredOf(large);
    expect(more?.receipt.receipt).to.include({ milliunits: 4n, amount: COST });
  });

  it("of sides of a few pixels is charged by these", async () => {
    provider.behave = async () => pngOf(9, 8);
    const row = await ended(relayer.services, (await askPaid(world, relayer.services, client, tool)).id);
    expect(row).to.include({ status: "completed", errorCode: null });
    expect((await relayer.services.generations.meteredOf(row))?.receipt.receipt).to.include({ milliunits: 1n });
  });

  it("that cannot be charged any more fails, and its file is let go of", async () => {
    const gate = gated();
    provider.behave = gate.behave;
    const { add } = content;
    const stored: string[] = [];
    content.add = async (bytes) => {
      const cid = await add(bytes);
      stored.push(cid.toString());
      return cid;
    };
    try {
      const { id } = await askPaid(world, relayer.services, client, tool);
      await gate.begun();
      const row = await relayer.services.generations.find(id);
      const reservation = row && reservationOf(row);
      if (reservation === undefined) throw new Error("nothing is held");
      await relayer.services.metering.release({ reservation, error: { code: "interrupted", message: "given up" } });
      gate.open();
      const failed = await ended(relayer.services, id);
      expect(failed).to.include({ status: "failed", errorCode: "interrupted", file: null, fileKey: null });
      await nothingHeld();
      expect(stored).to.have.length(2);
      for (const cid of stored) {
        const parsed = parseCid(cid);
        expect(parsed && (await content.has(parsed))).to.equal(false);
      }
    } finally {
      content.add = add;
    }
  });

  it("is not taken over from the process that is just taking it", async () => {
    const { services } = relayer;
    const { transaction } = services.store;
    let tending: Promise<void> | undefined;
    // Once it is taken in the database and before the process knows, there is housekeeping.
    Object.assign(services.store, {
      transaction: async (work: Parameters<typeof transaction>[0]) => {
        const result: unknown = await transaction.call(services.store, work);
        if (tending === undefined && (result as GenerationRow | undefined)?.status === "in_progress") {
          tending = services.generations.tend();
          for (let turn = 0; turn < 200; turn += 1) await setImmediate();
        }
        return result;
      },
    });
    try {
      const { id } = await queueFree(services, free, "ip:taken");
      expect(await ended(services, id)).to.include({ status: "completed", attempts: 1 });
      expect(provider.asked).to.have.length(1);
      expect(tending).to.not.equal(undefined);
      await tending;
    } finally {
      services.store.transaction = transaction;
    }
  });

  it("whose account was blocked while it waited is not made", async () => {
    const { generations, people } = relayer.services;
    const gate = gated();
    provider.behave = gate.behave;
    const busy = await Promise.all([1, 2].map((who) => queueFree(relayer.services, free, `ip:${who}`)));
    for (const { id } of busy) await until(relayer.services, id, ({ status }) => status === "in_progress");
    const { id } = await askPaid(world, relayer.services, client, tool);
    const { isAccountBlocked } = people.blocklist;
    people.blocklist.isAccountBlocked = async () => true;
    try {
      gate.open();
      expect(await ended(relayer.services, id)).to.include({ status: "failed", errorCode: "blocked" });
      expect(provider.asked).to.have.length(2);
      await nothingHeld();
    } finally {
      people.blocklist.isAccountBlocked = isAccountBlocked;
    }
    for (const row of busy) await ended(relayer.services, row.id);
    expect(await generations.meteredOf((await generations.find(id)) as GenerationRow)).to.equal(undefined);
  });

  it("whose queueing is confirmed too late is in the queue, once", async () => {
    const { services } = relayer;
    const { transaction } = services.store;
    Object.assign(services.store, {
      transaction: async (work: Parameters<typeof transaction>[0]) => {
        await transaction.call(services.store, work);
        services.store.transaction = transaction;
        throw new Error("the connection was lost");
      },
    });
    const row = await queueFree(services, free, "ip:late");
    expect((await ended(services, row.id)).status).to.equal("completed");
    expect(provider.asked).to.have.length(1);
  });

  it("that is no account's cannot be published", async () => {
    const row = await ended(relayer.services, (await queueFree(relayer.services, free, "ip:nobody")).id);
    const refused = await relayer.services.generations.publish(row).catch((error: unknown) => error);
    expect(refused).to.include({ code: "not_owner", status: 403 });
  });

  it("that nobody pays is refused and not begun once the day's allowance is used up, and counted by its bytes", async () => {
    const { generations, people } = relayer.services;
    const row = await ended(relayer.services, (await queueFree(relayer.services, free, "ip:much")).id);
    const bytes = BigInt((row.file?.bytes ?? 0) + (row.preview?.bytes ?? 0));
    const claim = { scope: "media.bytes", subject: "ip:much" } as const;
    await people.quotas.requireLeft({ ...claim, limit: bytes + 1n }, "");
    const used = await people.quotas.requireLeft({ ...claim, limit: bytes }, "").catch((error: unknown) => error);
    expect(used).to.include({ status: 429 });
    await generations.requireAllowance("ip:much");
    await people.quotas.count({ ...claim, amount: 268_435_456n });
    const refused = await generations.requireAllowance("ip:much").catch((error: unknown) => error);
    expect(refused).to.include({ code: "rate_limited", status: 429 });
    const waiting = await queueFree(relayer.services, free, "ip:much");
    const over = await ended(relayer.services, waiting.id);
    expect(over).to.include({ status: "failed", errorCode: "rate_limited", attempts: 1 });
    expect(provider.asked).to.have.length(1);
  });

  it("is charged at the prices that were agreed to, although they changed while it waited", async () => {
    const priced = await world.publish(PRICES, { modality: modalityNumber("Image") });
    const gate = gated();
    provider.behave = async (request, context, call) => {
      await gate.behave(request, context, call);
      return pngOf(32, 32);
    };
    await relayer.watcher.look();
    const { id } = await askPaid(world, relayer.services, client, priced);
    await gate.begun();
    await world.setTerms(priced, { perInference: 1n, perUnit: 1n });
    await relayer.watcher.look();
    gate.open();
    const row = await ended(relayer.services, id);
    expect((await relayer.services.generations.meteredOf(row))?.receipt.receipt).to.include({ amount: 10_500n });
  });

  it("is tried again after a fault that may pass, and charged once", async () => {
    provider.behave = async (request, _, call) => {
      if (call === 1) throw new UpstreamUnreachableError("test");
      return pictureOf(request);
    };
    const { id } = await askPaid(world, relayer.services, client, tool);
    const waiting = await until(relayer.services, id, ({ status, attempts }) => status === "queued" && attempts === 1);
    expect(waiting.runAfter.getTime()).to.be.greaterThan(waiting.createdAt.getTime() + 1_000);
    // What waits for another try is no exposure.
    expect(await relayer.services.metering.tabs.find(client.tab.tabId)).to.include({ queued: COST, queuedRequests: 1 });
    expect(await ended(relayer.services, id)).to.include({ status: "completed", attempts: 2 });
    expect(await client.status()).to.include({ cumulative: COST, sequence: 1n });
  });

  it("that fails as often as it may be tried costs nothing, holds nothing, and is found in the statement", async () => {
    provider.behave = async () => {
      throw new UpstreamCutError("test");
    };
    const { id } = await askPaid(world, relayer.services, client, tool);
    const row = await ended(relayer.services, id);
    expect(row).to.include({ status: "failed", errorCode: "upstream_cut", attempts: 2, reservation: null });
    await nothingHeld();
    expect((await client.statement()).entries[0]?.error?.code).to.equal("upstream_cut");
  });

  it("that is refused, or comes as something else, is not tried again", async () => {
    const behaviours = [
      async () => {
        throw new UpstreamRefusedError("test");
      },
      async () => Buffer.from("<html><body>An error page that is long enough</body></html>"),
    ];
    for (const behave of behaviours) {
      provider.behave = behave;
      provider.asked.length = 0;
      const row = await ended(relayer.services, (await askPaid(world, relayer.services, client, tool)).id);
      expect(row.status).to.equal("failed");
      expect(provider.asked).to.have.length(1);
    }
    await nothingHeld();
  });

  it("whose file ends too early is tried again, and never charged as it is", async () => {
    provider.behave = async (request, _, call) => pictureOf(request).subarray(0, call === 1 ? 60 : undefined);
    const { id } = await askPaid(world, relayer.services, client, tool);
    expect(await ended(relayer.services, id)).to.include({ status: "completed", attempts: 2 });
    expect(await client.status()).to.include({ cumulative: COST, sequence: 1n });
  });

  it("that takes longer than a try may is stopped and tried again", async () => {
    const hasty = await serveRelayer(
      world,
      { GENERATION_TIMEOUT_SECONDS: "5", GENERATION_ATTEMPTS: "2", EXPOSURE_INITIAL: "1000000" },
      { media: { Image: provider } },
    );
    let isStopped = false;
    provider.behave = (request, { signal }, call) =>
      call > 1
        ? Promise.resolve(pictureOf(request))
        : new Promise((_, reject) => {
            signal.addEventListener("abort", () => {
              isStopped = true;
              reject(signal.reason);
            });
          });
    try {
      client = hasty.client(await world.openTab(5_000_000n));
      const { id } = await askPaid(world, hasty.services, client, tool);
      expect(await ended(hasty.services, id)).to.include({ status: "completed", attempts: 2 });
      expect(isStopped).to.equal(true);
    } finally {
      await hasty.stop();
    }
  });

  it("asked for under the payment's id again after it failed is made and charged once", async () => {
    const id = randomId();
    provider.behave = async () => {
      throw new UpstreamRefusedError("test");
    };
    await ended(relayer.services, (await askPaid(world, relayer.services, client, tool, { id })).id);
    provider.behave = async (request) => pictureOf(request);
    const again = await askPaid(world, relayer.services, client, tool, { id });
    expect((await ended(relayer.services, again.id)).status).to.equal("completed");
    expect(await client.status()).to.include({ cumulative: COST, sequence: 1n, reserved: 0n });
    const found = await relayer.services.generations.findAsked({ tabId: client.tab.tabId, requestId: id });
    expect(found?.id).to.equal(again.id);
  });

  describe("that is cancelled", () => {
    it("while it waits ends at once and costs nothing", async () => {
      const gate = gated();
      provider.behave = gate.behave;
      const running = await Promise.all([1, 2].map((who) => queueFree(relayer.services, free, `ip:${who}`)));
      for (const { id } of running) await until(relayer.services, id, ({ status }) => status === "in_progress");
      const { id } = await askPaid(world, relayer.services, client, tool);
      expect((await relayer.services.generations.cancel(id))?.status).to.equal("cancelled");
      await nothingHeld();
      gate.open();
      for (const row of running) await ended(relayer.services, row.id);
      expect((await relayer.services.generations.find(id))?.status).to.equal("cancelled");
      expect(provider.asked).to.have.length(2);
    });

    it("while it is made stops the work and costs nothing", async () => {
      const stopped = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      provider.behave = (_, { signal }) =>
        new Promise((_resolve, reject) => {
          begun.resolve();
          signal.addEventListener("abort", () => {
            stopped.resolve();
            reject(signal.reason);
          });
        });
      const { id } = await askPaid(world, relayer.services, client, tool);
      await begun.promise;
      expect((await relayer.services.generations.cancel(id))?.status).to.equal("cancelled");
      await stopped.promise;
      await nothingHeld();
      expect((await client.statement()).entries[0]?.error?.code).to.equal("cancelled");
    });

    it("while its file is stored is not charged, and what was stored is let go of", async () => {
      const reached = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      const stored: string[] = [];
      const { add, remove } = content;
      const removed = Promise.withResolvers<void>();
      let removals = 0;
      content.remove = async (cid) => {
        await remove.call(content, cid);
        removals += 1;
        if (removals === 2) removed.resolve();
      };
      content.add = async (bytes) => {
        const cid = await add(bytes);
        stored.push(cid.toString());
        if (stored.length === 2) {
          reached.resolve();
          await gate.promise;
        }
        return cid;
      };
      try {
        const { id } = await askPaid(world, relayer.services, client, tool);
        await reached.promise;
        expect((await relayer.services.generations.cancel(id))?.status).to.equal("cancelled");
        gate.resolve();
        await removed.promise;
        expect((await relayer.services.generations.find(id))?.status).to.equal("cancelled");
        await nothingHeld();
        for (const cid of stored) {
          const parsed = parseCid(cid);
          expect(parsed && (await content.has(parsed))).to.equal(false);
        }
      } finally {
        Object.assign(content, { add, remove });
      }
    });

    it("after its file was stored is too late: it is charged and complete", async () => {
      const { id } = await askPaid(world, relayer.services, client, tool);
      await ended(relayer.services, id);
      expect((await relayer.services.generations.cancel(id))?.status).to.equal("completed");
      expect(await client.status()).to.include({ cumulative: COST, sequence: 1n });
    });
  });

  describe("on a full disk", () => {
    it("is not charged, not tried again, and says so", async () => {
      content.isFull = true;
      try {
        const row = await ended(relayer.services, (await askPaid(world, relayer.services, client, tool)).id);
        expect(row).to.include({ status: "failed", errorCode: "storage_full", attempts: 1 });
        await nothingHeld();
      } finally {
        content.isFull = false;
      }
    });
  });

  describe("that is deleted", () => {
    it("while it is being charged is refused, and charged all the same", async () => {
      const { metering, generations } = relayer.services;
      const { charge } = metering;
      const gate = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      Object.assign(metering, {
        charge: async (delivery: Parameters<typeof charge>[0]) => {
          reached.resolve();
          await gate.promise;
          return charge(delivery);
        },
      });
      try {
        const { id } = await askPaid(world, relayer.services, client, tool);
        await reached.promise;
        const refused = await generations.remove(id).catch((error: unknown) => error);
        expect(refused).to.include({ code: "generation_not_finished", status: 409 });
        gate.resolve();
        expect((await ended(relayer.services, id)).status).to.equal("completed");
        expect(await client.status()).to.include({ cumulative: COST, sequence: 1n, reserved: 0n });
      } finally {
        metering.charge = charge;
      }
    });

    it("is gone with its file and preview", async () => {
      const row = await ended(relayer.services, (await askPaid(world, relayer.services, client, tool)).id);
      await relayer.services.generations.remove(row.id);
      expect(await relayer.services.generations.find(row.id)).to.equal(undefined);
      for (const stored of [row.file, row.preview]) {
        const cid = parseCid(stored?.cid ?? "");
        expect(cid && (await content.has(cid))).to.equal(false);
      }
    });
  });
});
