/** Holders that act in the middle of being given a token: what they do counts as if they had done it before or after. */
import { expect } from "chai";
import { typed } from "../contracts.ts";
import { credits, ethers, networkHelpers, payeeOf, type World } from "../fixtures.ts";
import { PRICE, released, Status, statusOf, wei, withRelease } from "./world.ts";

const LONG = 2n ** 40n - 1n;

/** A contract that acts when it is given a token; it has 1,000 credits and lets both markets take them. */
async function withReceiver() {
  const w = await networkHelpers.loadFixture(withRelease);
  const receiver = typed("ArmedReceiver", await ethers.deployContract("ArmedReceiver"));
  const address = await receiver.getAddress();
  await w.stelai.connect(w.alice).transfer(address, credits("1000"));
  for (const market of [w.licenses, w.resale]) {
    await receiver.act(
      w.stelai.target,
      w.stelai.interface.encodeFunctionData("approve", [market.target, LONG * 10n ** 12n]),
    );
  }
  const give = (from: World["alice"], collection: World["works"] | World["licenses"], tokenId: bigint) =>
    collection.connect(from).getFunction("safeTransferFrom(address,address,uint256)")(from.address, address, tokenId);
  return { ...w, receiver, receiverAddress: address, give };
}

const owedBy = async (w: World) =>
  (await w.stelai.balanceOf(w.licenses.target)) + (await w.stelai.balanceOf(w.resale.target));

describe("a receiver that acts while it is given a token", () => {
  it("can list the licence, once; who buys it pays seller, royalty and commission to the wei", async () => {
    const w = await withReceiver();
    const list = w.resale.interface.encodeFunctionData("list", [w.licenses.target, 1n, PRICE, LONG]);
    await w.receiver.arm([{ target: w.resale.target, data: list }]);
    await w.give(w.alice, w.licenses, 1n);
    expect(await w.resale.isListed(w.licenses.target, 1n)).to.equal(true);
    const before = await w.stelai.balanceOf(w.payouts.target);
    await w.resale.connect(w.carol).buy(w.licenses.target, 1n, PRICE, w.carol.address);
    expect((await w.stelai.balanceOf(w.payouts.target)) - before).to.equal(wei(PRICE));
    expect(await w.licenses.ownerOf(1n)).to.equal(w.carol.address);
    expect(await owedBy(w)).to.equal(0n);
  });

  it("that gives it back at once has nothing, and a listing of before is void", async () => {
    const w = await withReceiver();
    await w.resale.connect(w.alice).list(w.licenses.target, 1n, PRICE, LONG);
    const back = w.licenses.interface.encodeFunctionData("transferFrom", [w.receiverAddress, w.alice.address, 1n]);
    await w.receiver.arm([{ target: w.licenses.target, data: back }]);
    await w.give(w.alice, w.licenses, 1n);
    expect(await w.licenses.ownerOf(1n)).to.equal(w.alice.address);
    expect(await w.resale.isListed(w.licenses.target, 1n)).to.equal(false);
    expect((await w.licenses.licenceOf(1n)).moves).to.equal(2n);
    await expect(w.resale.connect(w.carol).buy(w.licenses.target, 1n, PRICE, w.carol.address))
      .to.be.revertedWithCustomError(w.resale, "NotListed")
      .withArgs(w.licenses.target, 1n);
  });

  it("earns with the work as its owner already, and only its own part of what is sold then", async () => {
    const w = await withReceiver();
    const claimed = await w.payouts.claimable(w.bob.address);
    const offer = {
      tier: 0,
      price: 7n,
      supply: 0,
      duration: 0,
      attestor: w.dave.address,
      termsHash: `0x${"11".repeat(32)}`,
    };
    await w.receiver.arm([
      { target: w.licenses.target, data: w.licenses.interface.encodeFunctionData("offer", [1n, [offer]]) },
      { target: w.licenses.target, data: w.licenses.interface.encodeFunctionData("buy", [4n, w.receiverAddress]) },
    ]);
    await w.give(w.bob, w.works, 1n);
    expect((await w.licenses.offerOf(4n)).payee).to.equal(payeeOf({ address: w.receiverAddress }));
    expect(await owedBy(w)).to.equal(wei(7n));
    await w.licenses.connect(w.dave).attest([2n]);
    await w.receiver.act(w.licenses.target, w.licenses.interface.encodeFunctionData("accept", [2n]));
    expect(await w.payouts.claimable(w.bob.address)).to.equal(claimed);
    expect(await w.payouts.claimable(w.receiverAddress)).to.equal(wei(7n) - wei(7n) / 10n);
    await expect(w.licenses.connect(w.carol).buy(1n, w.carol.address))
      .to.be.revertedWithCustomError(w.licenses, "OfferVoid")
      .withArgs(1n);
  });

  it("cannot buy with a listing twice in one call", async () => {
    const w = await withReceiver();
    await w.resale.connect(w.bob).list(w.works.target, 1n, PRICE, LONG);
    const second = await released(w, 1n, w.carol);
    const data = w.resale.interface.encodeFunctionData("buy", [w.works.target, 1n, PRICE, w.receiverAddress]);
    await w.receiver.arm([
      { target: w.resale.target, data },
      { target: w.resale.target, data },
    ]);
    await expect(w.give(w.carol, w.licenses, second)).to.be.revertedWithCustomError(w.resale, "NotListed");
    expect(await w.works.ownerOf(1n)).to.equal(w.bob.address);
    expect(await statusOf(w, second)).to.equal(Status.Released);
    expect(await w.licenses.ownerOf(second)).to.equal(w.carol.address);
  });
});
