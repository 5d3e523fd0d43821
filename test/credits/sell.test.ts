import { expect } from "chai";
import { credits, ethers, FLOOR, networkHelpers, usd, type World, withCredits } from "../fixtures.ts";
import { NOBODY } from "./plansWorld.ts";

const load = () => networkHelpers.loadFixture(withCredits);

/** The store as a contract of ours calls it. */
async function storeAs(w: World, contract: { target: unknown }) {
  const address = String(contract.target);
  await networkHelpers.impersonateAccount(address);
  await networkHelpers.setBalance(address, 10n ** 18n);
  return w.store.connect(await ethers.getSigner(address));
}

describe("CreditStore: what the other contracts sell", () => {
  it("is sold by the plans alone, at a price of theirs that the floor allows", async () => {
    const w = await load();
    const { alice, bob } = w;
    for (const caller of [alice, w.admin, w.pricing]) {
      await expect(w.store.connect(caller).sell(alice.address, caller.address, NOBODY, credits("1"), usd("1"), true))
        .to.be.revertedWithCustomError(w.store, "NotSeller")
        .withArgs(caller.address);
    }
    const store = await storeAs(w, w.plans);
    await expect(store.sell(alice.address, bob.address, NOBODY, credits("1000") + 1n, usd("8"), true))
      .to.be.revertedWithCustomError(w.store, "PriceBelowFloor")
      .withArgs(usd("8"), usd("8") + 1n);
    await expect(store.sell(alice.address, bob.address, NOBODY, credits("1000"), usd("8"), true))
      .to.emit(w.store, "Purchased")
      .withArgs(alice.address, bob.address, NOBODY, 0n, 1n, credits("1000"), usd("8"));
    expect(await w.stelai.balanceOf(bob.address)).to.equal(credits("1000"));
  });

  it("is sold as a budget to Rewards alone, at the floor rounded up, within the payer's maximum", async () => {
    const w = await load();
    await expect(w.store.connect(w.campaigner).sellAtFloor(w.alice.address, credits("1"), usd("1")))
      .to.be.revertedWithCustomError(w.store, "NotSeller")
      .withArgs(w.campaigner.address);
    const store = await storeAs(w, w.rewards);
    await expect(store.sellAtFloor(w.alice.address, credits("1000") + 1n, usd("8")))
      .to.be.revertedWithCustomError(w.store, "PriceAboveMaximum")
      .withArgs(usd("8") + 1n, usd("8"));
    const act = store.sellAtFloor(w.alice.address, 1n, 1n);
    await expect(act).to.emit(w.store, "BudgetBought").withArgs(w.alice.address, 1n, 1n);
    await expect(act).to.changeTokenBalances(ethers, w.stelai, [w.rewards, w.alice], [1n, 0n]);
  });

  it("is not sold while sales are stopped", async () => {
    const w = await load();
    await w.store.connect(w.guardian).pause();
    const plans = await storeAs(w, w.plans);
    await expect(plans.sell(w.alice.address, w.alice.address, NOBODY, 1n, 1n, true)).to.be.revertedWithCustomError(
      w.store,
      "EnforcedPause",
    );
    const rewards = await storeAs(w, w.rewards);
    await expect(rewards.sellAtFloor(w.alice.address, 1n, 1n)).to.be.revertedWithCustomError(w.store, "EnforcedPause");
  });

  it("tells of the bonus it minted, which is never more than the margin buys", async () => {
    const w = await load();
    const store = await storeAs(w, w.plans);
    const { carol, bob } = w;
    await w.usdc.mint(carol.address, usd("100"));
    await w.usdc.connect(carol).approve(w.store.target, ethers.MaxUint256);
    const sell = (price: bigint) => store.sell(carol.address, carol.address, bob.address, credits("1000"), price, true);
    await expect(sell(usd("10")))
      .to.emit(w.store, "BonusMinted")
      .withArgs(carol.address, credits("100"));
    await expect(sell(usd("8.4")), "50 credits of margin")
      .to.emit(w.store, "BonusMinted")
      .withArgs(carol.address, credits("50"));
    await expect(sell(usd("8"))).not.to.emit(w.store, "BonusMinted");
    expect((await w.usdc.balanceOf(w.store.target)) * 10n ** 18n).to.be.greaterThanOrEqual(
      FLOOR * (await w.stelai.totalSupply()),
    );
  });
});

describe("CreditStore.retire", () => {
  it("burns the caller's credits and pays nothing: their backing is surplus, also while sales are stopped", async () => {
    const w = await load();
    await w.store.connect(w.guardian).pause();
    const surplus: bigint = await w.store.surplus();
    const act = w.store.connect(w.alice).retire(credits("1000"));
    await expect(act).to.emit(w.store, "Retired").withArgs(w.alice.address, credits("1000"));
    await expect(act).to.changeTokenBalance(ethers, w.usdc, w.store, 0n);
    expect((await w.store.surplus()) - surplus).to.equal(usd("8"));
  });

  it("is refused for nothing, and beyond what the caller has", async () => {
    const w = await load();
    await expect(w.store.connect(w.alice).retire(0n)).to.be.revertedWithCustomError(w.store, "ZeroAmount");
    await expect(w.store.connect(w.bob).retire(1n))
      .to.be.revertedWithCustomError(w.stelai, "ERC20InsufficientBalance")
      .withArgs(w.bob.address, 0n, 1n);
  });
});
