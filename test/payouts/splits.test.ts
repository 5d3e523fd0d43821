import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";
import { networkHelpers, payeeOf, type Share, sharesOf, withCredits } from "../fixtures.ts";

const load = () => networkHelpers.loadFixture(withCredits);

describe("Payouts.registerSplit", () => {
  it("names the split by the hash of its shares and lets it earn", async () => {
    const { payouts, bob, carol, dave } = await load();
    const shares = sharesOf([bob, 7_000], [carol, 3_000]);
    const encoded = AbiCoder.defaultAbiCoder().encode(["tuple(uint256 recipient,uint16 bps)[]"], [shares]);
    const split = BigInt(keccak256(encoded));
    expect(await payouts.splitOf(shares)).to.equal(split);
    expect(await payouts.isPayee(split)).to.equal(false);
    await expect(payouts.connect(dave).registerSplit(shares))
      .to.emit(payouts, "SplitRegistered")
      .withArgs(
        split,
        shares.map((share) => [share.recipient, BigInt(share.bps)]),
      );
    expect(await payouts.isPayee(split)).to.equal(true);
    expect(await payouts.receivedBySplit(split)).to.equal(0n);
  });

  it("is refused a second time", async () => {
    const { payouts, bob } = await load();
    const shares = sharesOf([bob, 10_000]);
    await payouts.registerSplit(shares);
    await expect(payouts.registerSplit(shares))
      .to.be.revertedWithCustomError(payouts, "SplitAlreadyRegistered")
      .withArgs(await payouts.splitOf(shares));
  });

  it("takes a split as a recipient, once that one is registered", async () => {
    const { payouts, bob, carol } = await load();
    const inner = sharesOf([bob, 10_000]);
    const id: bigint = await payouts.splitOf(inner);
    const outer = sharesOf([carol, 5_000], [id, 5_000]);
    await expect(payouts.registerSplit(outer)).to.be.revertedWithCustomError(payouts, "UnknownPayee").withArgs(id);
    await payouts.registerSplit(inner);
    await payouts.registerSplit(outer);
  });

  it("takes 32 shares", async () => {
    const { payouts } = await load();
    await payouts.registerSplit(many(32));
  });

  describe("refuses shares that", () => {
    const refused: [string, (a: bigint, b: bigint) => Share[]][] = [
      ["are none", () => []],
      ["are 33", () => many(33)],
      ["descend", (a, b) => [share(b, 5_000), share(a, 5_000)]],
      ["name a recipient twice", (a) => [share(a, 5_000), share(a, 5_000)]],
      ["name the zero address", (a) => [share(0n, 5_000), share(a, 5_000)]],
      ["hold an empty one", (a, b) => [share(a, 0), share(b, 10_000)]],
      ["come to less than the whole", (a, b) => [share(a, 5_000), share(b, 4_999)]],
      ["come to more than the whole", (a, b) => [share(a, 5_000), share(b, 5_001)]],
      ["come to the whole only by wrapping around", (a, b) => [share(a, 65_535), share(b, 10_001)]],
    ];
    for (const [which, sharesFrom] of refused) {
      it(which, async () => {
        const { payouts, alice, bob } = await load();
        const [low = 0n, high = 0n] = [payeeOf(alice), payeeOf(bob)].sort((a, b) => (a < b ? -1 : 1));
        const shares = sharesFrom(low, high);
        await expect(payouts.registerSplit(shares)).to.be.revertedWithCustomError(payouts, "InvalidShares");
        await expect(payouts.splitOf(shares)).to.be.revertedWithCustomError(payouts, "InvalidShares");
      });
    }
  });
});

describe("Payouts.isPayee", () => {
  it("says yes to every address but zero, and to registered splits only", async () => {
    const { payouts } = await load();
    expect(await payouts.isPayee(0n)).to.equal(false);
    expect(await payouts.isPayee(1n)).to.equal(true);
    expect(await payouts.isPayee(2n ** 160n - 1n)).to.equal(true);
    expect(await payouts.isPayee(2n ** 160n)).to.equal(false);
    expect(await payouts.isPayee(2n ** 256n - 1n)).to.equal(false);
  });
});

function share(recipient: bigint, bps: number): Share {
  return { recipient, bps };
}

/** `count` shares of one part each, the first with the rest. */
function many(count: number): Share[] {
  return Array.from({ length: count }, (_, index) => share(BigInt(index + 1), index === 0 ? 10_001 - count : 1));
}
