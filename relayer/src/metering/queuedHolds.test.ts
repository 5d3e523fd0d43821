import { expect } from "chai";
import type { TabClient } from "../../test/client.ts";
import { answer } from "../../test/upstream.ts";
import { randomId, type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { TabClosedError, VoucherRequiredError } from "./errors.ts";
import { ReservationLostError } from "./ledger.ts";
import { parsePayment, verifyPayment } from "./payment.ts";
import type { Reservation } from "./requests.ts";

const PRICES = { perInference: 10_000n, perUnit: 0n };
const EXPOSURE = 30_000n;
const ERROR = { code: "cancelled", message: "It was cancelled." };
const RESPONSE = `0x${"ab".repeat(32)}` as const;

describe("What is held for a queue", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;
  let client: TabClient;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    relayer = await serveRelayer(world, { EXPOSURE_INITIAL: String(EXPOSURE) });
    world.upstream.behave = answer(["Hello"]);
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(async () => {
    client = relayer.client(await world.openTab(100_000n));
  });

  const hold = async (needed: bigint, id = randomId()): Promise<Reservation> => {
    const { metering, operator } = relayer.services;
    const { body, headers } = await client.request(character, { id });
    const payment = parsePayment(headers["Stelai-Payment"] ?? "");
    const verified = await verifyPayment(payment, Buffer.from(body), operator.address, metering.digests);
    const admitted = await metering.admit(verified, needed, undefined, { isQueued: true });
    if (admitted.kind !== "held") throw new Error("it was served before");
    return admitted.reservation;
  };
  const tab = () => relayer.services.metering.tabs.find(client.tab.tabId);
  const charge = (reservation: Reservation, amount = reservation.needed) =>
    relayer.services.metering.charge({
      ...{ reservation, milliunits: 1n, quality: 1, amount, fee: 0n, response: RESPONSE, error: undefined },
    });
  const refused = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).to.be.instanceOf(Error);
    return error;
  };

  it("is reserved within the cap, but no exposure, however much it is", async () => {
    for (let count = 0; count < 9; count += 1) await hold(10_000n);
    expect(await tab()).to.include({ reserved: 90_000n, inFlight: 9, queued: 90_000n, queuedRequests: 9 });
    const error = await refused(hold(10_001n));
    expect(error).to.include({ code: "tab_exhausted" });
  });

  it("lets chat go on while it waits", async () => {
    for (let count = 0; count < 5; count += 1) await hold(10_000n);
    for (let turn = 1n; turn <= 3n; turn += 1n) {
      const answered = await client.ask(character);
      expect(answered.receipt?.sequence).to.equal(turn);
      client.take(answered);
    }
    expect((await client.ask(character)).error?.code).to.equal("voucher_required");
    expect((await client.acknowledge()).status).to.equal(204);
    expect((await client.ask(character)).status).to.equal(200);
  });

  it("counts as exposure once it is started, and does not start before what was served is signed", async () => {
    const { metering } = relayer.services;
    const [first, second] = [await hold(20_000n), await hold(20_000n)];
    await metering.start(first);
    expect(await tab()).to.include({ reserved: 40_000n, queued: 20_000n, queuedRequests: 1 });
    expect((await client.ask(character)).status).to.equal(200);
    expect((await client.ask(character)).error?.code).to.equal("voucher_required");
    expect(await refused(metering.start(second))).to.be.instanceOf(VoucherRequiredError);
    expect(await tab()).to.include({ queued: 20_000n, queuedRequests: 1 });
    await charge(first);
    expect(await refused(metering.start(second))).to.be.instanceOf(VoucherRequiredError);
    for (const { receipt } of (await client.statement()).entries) {
      client.take({ status: 200, text: "", base: 0n, error: undefined, receipt: receipt?.receipt });
    }
    expect((await client.acknowledge()).status).to.equal(204);
    await metering.start(second);
    await charge(second);
    expect(await tab()).to.include({ reserved: 0n, inFlight: 0, queued: 0n, queuedRequests: 0, cumulative: 50_000n });
  });

  it("starts once, however often it is asked to, and waits again when it is paused", async () => {
    const { metering } = relayer.services;
    const reservation = await hold(30_000n);
    await metering.start(reservation);
    await metering.start(reservation);
    expect(await tab()).to.include({ queued: 0n, queuedRequests: 0, inFlight: 1, reserved: 30_000n });
    await metering.pause(reservation);
    await metering.pause(reservation);
    expect(await tab()).to.include({ queued: 30_000n, queuedRequests: 1, inFlight: 1, reserved: 30_000n });
    await metering.start(reservation);
    expect(await tab()).to.include({ queued: 0n, queuedRequests: 0 });
  });

  it("is charged once, and its receipt is found afterwards", async () => {
    const { metering } = relayer.services;
    const reservation = await hold(20_000n);
    const { tabId, id } = reservation;
    await metering.start(reservation);
    expect(await metering.meteredOf(tabId, id)).to.equal(undefined);
    const metered = await charge(reservation, 15_000n);
    expect(await metering.meteredOf(tabId, id)).to.deep.equal(metered);
    expect(await refused(charge(reservation))).to.be.instanceOf(ReservationLostError);
    expect(await refused(metering.start(reservation))).to.be.instanceOf(ReservationLostError);
    expect(await refused(metering.pause(reservation))).to.be.instanceOf(ReservationLostError);
    await metering.release({ reservation, error: ERROR });
    expect(await tab()).to.include({ reserved: 0n, inFlight: 0, cumulative: 15_000n, sequence: 1n });
  });

  it("is let go of while it waits or runs, by two at once only once", async () => {
    const { metering } = relayer.services;
    const [waits, runs] = [await hold(20_000n), await hold(20_000n)];
    await metering.start(runs);
    const twice = [waits, runs, waits, runs].map((reservation) => metering.release({ reservation, error: ERROR }));
    await Promise.all(twice);
    expect(await tab()).to.include({ reserved: 0n, inFlight: 0, queued: 0n, queuedRequests: 0, cumulative: 0n });
    expect(await metering.meteredOf(waits.tabId, waits.id)).to.equal(undefined);
  });

  it("does not start on a tab that its payer closes, and keeps it from being closed by both signatures", async () => {
    const { metering } = relayer.services;
    const reservation = await hold(20_000n);
    expect((await client.close(0n)).error?.code).to.equal("request_in_progress");
    await world.meter("requestClose", [world.operator.address, client.tab.tabId]);
    await relayer.watcher.look();
    expect(await refused(metering.start(reservation))).to.be.instanceOf(TabClosedError);
    await metering.release({ reservation, error: ERROR });
    expect(await tab()).to.include({ reserved: 0n, queued: 0n, queuedRequests: 0 });
  });

  it("takes its lines into account: of sixteen characters that wait, each finds its own when it is charged", async () => {
    const { metering } = relayer.services;
    const held: Reservation[] = [];
    for (let count = 0; count < 14; count += 1) {
      const other = await world.publish(PRICES);
      await relayer.watcher.look();
      const { body, headers } = await client.request(other);
      const payment = parsePayment(headers["Stelai-Payment"] ?? "");
      const operator = relayer.services.operator.address;
      const verified = await verifyPayment(payment, Buffer.from(body), operator, metering.digests);
      const admitted = await metering.admit(verified, 100n, undefined, { isQueued: true });
      if (admitted.kind === "held") held.push(admitted.reservation);
    }
    // The fifteenth, and the operator's own: all sixteen are taken. Chat with one that is there goes on.
    expect((await client.ask(character)).status).to.equal(200);
    const one = await world.publish(PRICES);
    await relayer.watcher.look();
    expect((await client.ask(one)).error?.code).to.equal("voucher_required");
    for (const reservation of held) {
      await metering.start(reservation);
      await charge(reservation);
    }
    expect(await tab()).to.include({ reserved: 0n, inFlight: 0, sequence: 15n });
  });
});
