import {
  buyNonce,
  hashVoucher,
  type MeterReference,
  meterDigest,
  openNonce,
  payeeOf,
  type Share,
  sortShares,
  splitOf,
  topUpNonce,
} from "@stelai/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { deployed, networkHelpers, type World } from "../fixtures.ts";
import { address, bytes32, compareAll, sponsorship, uint } from "./random.ts";

describe("Solidity and the SDK agree, whatever the values, on", () => {
  let w: World;
  let meter: MeterReference;
  before(async () => {
    w = await networkHelpers.loadFixture(deployed);
    const { chainId, contracts } = w.deployment;
    meter = { chainId, inferenceMeter: contracts.InferenceMeter };
  });

  const voucher = fc.record({
    operator: address,
    tabId: uint(64),
    base: uint(40),
    cumulative: uint(40),
    lines: bytes32,
    receipts: bytes32,
  });

  it("a voucher's digest", async () => {
    await compareAll(voucher, async (item) => {
      const { operator, tabId, base, cumulative, lines, receipts } = item;
      const theirs = await w.meter.voucherDigest(operator, tabId, base, cumulative, lines, receipts);
      expect(meterDigest(meter, "Voucher", item)).to.equal(theirs);
    });
  });

  it("a seal's digest", async () => {
    await compareAll(voucher, async (item) => {
      const { operator, tabId, base, cumulative, lines, receipts } = item;
      const theirs = await w.meter.sealDigest(operator, tabId, base, cumulative, lines, receipts);
      expect(meterDigest(meter, "Seal", { voucher: hashVoucher(item) })).to.equal(theirs);
    });
  });

  it("the nonce that commits to a purchase", async () => {
    const order = fc.record({
      packageId: uint(256),
      quantity: uint(256),
      recipient: address,
      referrer: address,
      maxPrice: uint(256),
    });
    await compareAll(fc.tuple(order, sponsorship), async ([agreed, granted]) => {
      expect(buyNonce(agreed, granted)).to.equal(await w.store.buyNonce(agreed, granted));
    });
  });

  it("the nonce that commits to opening a tab", async () => {
    const opening = fc.record({ operator: address, sessionKey: address, cap: uint(40), expiry: uint(64) });
    await compareAll(fc.tuple(opening, sponsorship), async ([agreed, granted]) => {
      expect(openNonce(agreed, granted)).to.equal(await w.meter.openNonce(agreed, granted));
    });
  });

  it("the nonce that commits to a top-up", async () => {
    const topUp = fc.record({ operator: address, tabId: uint(64), amount: uint(40) });
    await compareAll(fc.tuple(topUp, sponsorship), async ([agreed, granted]) => {
      const { operator, tabId, amount } = agreed;
      expect(topUpNonce(agreed, granted)).to.equal(await w.meter.topUpNonce(operator, tabId, amount, granted));
    });
  });

  it("a split's name", async () => {
    const recipient = fc.oneof(address.map(payeeOf), uint(256)).filter((payee) => payee !== 0n);
    const recipients = fc.uniqueArray(recipient, { minLength: 1, maxLength: 32 });
    const shares = fc.tuple(recipients, fc.infiniteStream(fc.integer({ min: 1, max: 300 }))).map(([all, parts]) => {
      let left = 10_000;
      return sortShares(
        all.map((one, index): Share => {
          const bps = index === all.length - 1 ? left : parts.next().value;
          left -= bps;
          return { recipient: one, bps };
        }),
      );
    });
    await compareAll(shares, async (item) => {
      expect(splitOf(item)).to.equal(await w.payouts.splitOf(item));
    });
  });

  it("which shares are no split", async () => {
    const share = fc.record({ recipient: fc.bigInt({ min: 0n, max: 4n }), bps: fc.integer({ min: 0, max: 10_000 }) });
    const halves = fc.record({ recipient: fc.bigInt({ min: 0n, max: 4n }), bps: fc.constant(5_000) });
    const some = fc.oneof(
      fc.array(share, { maxLength: 3 }),
      fc.array(halves, { minLength: 2, maxLength: 2 }),
      fc.constant(Array.from({ length: 33 }, (_, index) => ({ recipient: BigInt(index + 1), bps: index ? 303 : 304 }))),
    );
    await compareAll(some, async (item) => {
      const theirs = await w.payouts.splitOf(item).catch(() => "refused");
      let mine: bigint | string;
      try {
        mine = splitOf(item);
      } catch {
        mine = "refused";
      }
      const shown = item.map(({ recipient, bps }) => `${recipient}:${bps}`).join();
      expect(mine, shown).to.equal(theirs);
    });
  });
});
