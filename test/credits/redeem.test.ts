import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { credits, ethers, FLOOR, networkHelpers, orderOf, usd, type World, withCredits } from "../fixtures.ts";

const load = () => networkHelpers.loadFixture(withCredits);

/** What the solvency promise says: never negative. In reserve units times 1e18. */
async function margin({ store, stelai, usdc }: World): Promise<bigint> {
  return (await usdc.balanceOf(store.target)) * 10n ** 18n - FLOOR * (await stelai.totalSupply());
}

/** The stablecoin's issuer takes `amount` out of the reserve. */
async function seize({ store, usdc, deployer }: World, amount: bigint) {
  const address = String(store.target);
  await networkHelpers.impersonateAccount(address);
  await networkHelpers.setBalance(address, 10n ** 18n);
  await usdc.connect(await ethers.getSigner(address)).transfer(deployer.address, amount);
  await networkHelpers.stopImpersonatingAccount(address);
}

describe("CreditStore.redeem", () => {
  it("burns the caller's credits and pays the floor to whom the caller names, without an allowance", async () => {
    const { store, stelai, usdc, alice, bob } = await load();
    const redeemed = store.connect(alice).redeem(credits("1000"), bob.address, usd("8"));
    await expect(redeemed).to.changeTokenBalances(ethers, usdc, [store, bob], [-usd("8"), usd("8")]);
    await expect(redeemed).to.changeTokenBalance(ethers, stelai, alice, -credits("1000"));
    await expect(redeemed).to.emit(store, "Redeemed").withArgs(alice.address, bob.address, credits("1000"), usd("8"));
  });

  it("is refused below the minimum, for nothing, to nobody, and beyond what the caller has", async () => {
    const { store, stelai, alice, bob } = await load();
    const by = store.connect(alice);
    await expect(by.redeem(credits("1"), alice.address, FLOOR + 1n))
      .to.be.revertedWithCustomError(store, "RedemptionBelowMinimum")
      .withArgs(FLOOR, FLOOR + 1n);
    await expect(by.redeem(0n, alice.address, 0n)).to.be.revertedWithCustomError(store, "ZeroAmount");
    await expect(by.redeem(1n, ZeroAddress, 0n)).to.be.revertedWithCustomError(store, "ZeroRecipient");
    await expect(store.connect(bob).redeem(1n, bob.address, 0n))
      .to.be.revertedWithCustomError(stelai, "ERC20InsufficientBalance")
      .withArgs(bob.address, 0n, 1n);
  });

  it("rounds down, so that many small redemptions never pay more than one large", async () => {
    const w = await load();
    const unit = 10n ** 18n / FLOOR; // What one millionth of a dollar buys at the floor.
    expect(await w.store.redemptionOf(unit)).to.equal(1n);
    expect(await w.store.redemptionOf(unit - 1n)).to.equal(0n);
    expect(await w.store.redemptionOf(2n * unit - 1n)).to.equal(1n);
    const before = await w.usdc.balanceOf(w.alice.address);
    for (let i = 0; i < 10; i++) await w.store.connect(w.alice).redeem(2n * unit - 1n, w.alice.address, 0n);
    expect((await w.usdc.balanceOf(w.alice.address)) - before).to.equal(10n);
    expect(await margin(w)).to.be.greaterThanOrEqual(0n);
  });

  it("stays solvent under odd amounts in any order, to the last credit", async () => {
    const w = await load();
    let seed = 0x5eed_5eed_5eedn;
    const random = (below: bigint) => {
      seed = (seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
      return (seed * below) / 2n ** 64n;
    };
    for (let i = 0; i < 60; i++) {
      const owned: bigint = await w.stelai.balanceOf(w.alice.address);
      const action = random(3n);
      if (action === 0n) await w.store.connect(w.alice).buy(orderOf(w.alice.address));
      else if (action === 1n && owned > 0n) {
        await w.store.connect(w.alice).redeem(1n + random(owned), w.alice.address, 0n);
      } else await w.store.sweepSurplus();
      expect(await margin(w)).to.be.greaterThanOrEqual(0n);
    }
    await w.store.sweepSurplus();
    const rest: bigint = await w.stelai.balanceOf(w.alice.address);
    if (rest > 0n) await w.store.connect(w.alice).redeem(rest, w.alice.address, (rest * FLOOR) / 10n ** 18n);
    expect(await w.stelai.totalSupply()).to.equal(0n);
  });

  it("pays pro rata after the reserve was seized, the same to the last as to the first", async () => {
    const w = await load();
    await w.stelai.connect(w.alice).transfer(w.bob.address, credits("2500"));
    await w.store.sweepSurplus();
    await seize(w, usd("30")); // 10 dollars are left for 5,000 credits.
    expect(await w.store.redemptionOf(credits("2500"))).to.equal(usd("5"));
    expect(await w.store.surplus()).to.equal(0n);
    await expect(w.store.connect(w.alice).redeem(credits("2500"), w.alice.address, usd("20")))
      .to.be.revertedWithCustomError(w.store, "RedemptionBelowMinimum")
      .withArgs(usd("5"), usd("20"));
    for (const account of [w.alice, w.bob]) {
      await expect(w.store.connect(account).redeem(credits("2500"), account.address, 0n)).to.changeTokenBalance(
        ethers,
        w.usdc,
        account,
        usd("5"),
      );
    }
  });

  it("pays nothing, and still burns, when everything was seized and the caller accepts it", async () => {
    const w = await load();
    await seize(w, await w.usdc.balanceOf(w.store.target));
    await expect(w.store.connect(w.alice).redeem(credits("1"), w.alice.address, 1n))
      .to.be.revertedWithCustomError(w.store, "RedemptionBelowMinimum")
      .withArgs(0n, 1n);
    await w.store.connect(w.alice).redeem(credits("1"), w.alice.address, 0n);
  });

  it("quotes the floor while there are no credits at all", async () => {
    const w = await load();
    await w.store.connect(w.alice).redeem(credits("5000"), w.alice.address, 0n);
    expect(await w.store.redemptionOf(credits("1"))).to.equal(FLOOR);
  });
});

describe("CreditStore.sweepSurplus", () => {
  it("sends what the floor does not need to the treasury, whoever calls", async () => {
    const w = await load();
    expect(await w.store.surplus()).to.equal(usd("5"));
    const swept = w.store.connect(w.bob).sweepSurplus();
    await expect(swept).to.changeTokenBalances(ethers, w.usdc, [w.store, w.treasury], [-usd("5"), usd("5")]);
    await expect(swept).to.emit(w.store, "SurplusSwept").withArgs(w.treasury.address, usd("5"));
    expect(await margin(w)).to.equal(0n);
  });

  it("does nothing when there is none", async () => {
    const w = await load();
    await w.store.sweepSurplus();
    await expect(w.store.sweepSurplus()).not.to.emit(w.store, "SurplusSwept");
  });

  it("leaves the floor rounded up", async () => {
    const w = await load();
    await w.store.connect(w.alice).redeem(1n, w.alice.address, 0n);
    expect(await w.store.surplus()).to.equal(usd("5"));
    await w.store.sweepSurplus();
    expect(await margin(w)).to.be.greaterThanOrEqual(0n);
  });

  it("also sweeps what someone sent by mistake", async () => {
    const w = await load();
    await w.usdc.connect(w.alice).transfer(w.store.target, 7n);
    expect(await w.store.surplus()).to.equal(usd("5") + 7n);
  });
});
