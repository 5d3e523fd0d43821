import { expect } from "chai";
import { id, MaxUint256, Wallet } from "ethers";
import { typed } from "../contracts.ts";
import { credits, deployedWithReentrantReserve, ethers, networkHelpers, usd } from "../fixtures.ts";
import { bonusOf, expectHeld, LIFETIME, purchase, signRedemption, startFunded } from "./rewardsWorld.ts";

const { loadFixture, time } = networkHelpers;

/** A reserve that calls out in transfers; Bob sent Alice, and what both got has lapsed; a campaign has 1,000 credits. */
async function withLapsed() {
  const w = await loadFixture(deployedWithReentrantReserve);
  const reserve = typed("ReentrantUSDC", await ethers.getContractAt("ReentrantUSDC", String(w.usdc.target)));
  const key = new Wallet(id("a key"));
  await purchase(w, w.alice, { referrer: w.bob.address });
  await time.increase(LIFETIME + 1);
  await reserve.mint(w.campaigner.address, usd("100"));
  await reserve.connect(w.campaigner).approve(w.store.target, MaxUint256);
  const campaignId = await startFunded(w, { signer: key.address });
  return { ...w, reserve, key, campaignId };
}

describe("Rewards, entered in the middle of a transfer of the reserve", () => {
  it("burns what lapsed in the middle of a sale, once, and the sale brings what it promised", async () => {
    const w = await loadFixture(withLapsed);
    const accounts = [w.alice.address, w.bob.address];
    await w.reserve.arm(w.rewards.target, w.rewards.interface.encodeFunctionData("burnLapsed", [accounts]));
    const supply: bigint = await w.stelai.totalSupply();
    const act = purchase(w, w.alice);
    await expect(act).to.emit(w.rewards, "Lapsed").withArgs(w.alice, credits("50"));
    expect(await w.stelai.totalSupply()).to.equal(supply - credits("100") + credits("1100"));
    expect(await bonusOf(w, w.alice)).to.equal(credits("50"));
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("burns what lapsed in the middle of a redemption, which pays the floor and no more", async () => {
    const w = await loadFixture(withLapsed);
    const accounts = [w.alice.address, w.bob.address];
    await w.reserve.arm(w.rewards.target, w.rewards.interface.encodeFunctionData("burnLapsed", [accounts]));
    await expect(w.store.connect(w.alice).redeem(credits("1000"), w.alice, 0n)).to.changeTokenBalance(
      ethers,
      w.usdc,
      w.alice,
      usd("8"),
    );
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("redeems a code in the middle of a sale out of what its campaign holds", async () => {
    const w = await loadFixture(withLapsed);
    const { campaignId, key } = w;
    const signature = await signRedemption(w, key, { campaignId, account: w.alice.address });
    const claim = [campaignId, w.alice.address, signature];
    await w.reserve.arm(w.rewards.target, w.rewards.interface.encodeFunctionData("redeemCode", claim));
    await purchase(w, w.alice);
    expect(await bonusOf(w, w.alice)).to.equal(credits("100"));
    expect((await w.rewards.campaignOf(campaignId)).budget).to.equal(credits("950"));
    // Bob's lapsed 50 burned when he was granted 50 for this sale.
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("lets nobody but the store, in its own sale, record a purchase", async () => {
    const w = await loadFixture(withLapsed);
    const values = [w.alice.address, w.alice.address, w.bob.address, credits("1000"), credits("1000")];
    await w.reserve.arm(w.rewards.target, w.rewards.interface.encodeFunctionData("recordPurchase", values));
    await expect(purchase(w, w.alice)).to.be.revertedWithCustomError(w.rewards, "NotCreditStore").withArgs(w.reserve);
    await expectHeld(w, [w.alice, w.bob], credits("100"));
  });
});
