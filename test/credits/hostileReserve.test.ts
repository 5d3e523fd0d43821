import { expect } from "chai";
import type { BaseContract } from "ethers";
import { credits, ethers, FLOOR, networkHelpers, orderOf, usd, type World } from "../fixtures.ts";
import { authorize, UNSPONSORED } from "./authorize.ts";
import { isSound, MONTH, NOBODY, Renewal, renewalOf, withPlan } from "./plansWorld.ts";

const { loadFixture, time } = networkHelpers;

/**
 * Alice's plan is due and so is her top-up, Carol's plan runs, Bob has dollars, and a campaign waits for its budget: all
 * that takes the reserve asset can happen now.
 */
async function withEverythingForSale() {
  const w = await loadFixture(withPlan);
  await time.increaseTo(w.end);
  await w.plans.connect(w.alice).setTopUp({
    ...{ threshold: credits("5000"), credits: credits("1000") },
    ...{ maxPrice: usd("10"), cap: usd("100") },
  });
  for (const account of [w.bob, w.carol, w.campaigner]) {
    await w.usdc.mint(account.address, usd("1000"));
    await w.usdc.connect(account).approve(w.store.target, ethers.MaxUint256);
  }
  await w.plans.connect(w.carol).subscribe(1n, usd("9.5"), usd("9.5"), NOBODY);
  const budget = credits("100");
  await w.rewards.connect(w.campaigner).startCampaign({
    ...{ source: 3, signer: w.dave.address, start: 0n, end: BigInt(w.end + MONTH) },
    ...{ perAccount: budget, daily: budget, uri: "ipfs://campaign" },
  });
  return w;
}

/** Everything that takes the reserve asset by allowance, and what it costs. */
function sales(w: World): [string, bigint, () => Promise<unknown>][] {
  return [
    ["buy", usd("10"), () => w.store.connect(w.alice).buy(orderOf(w.alice.address))],
    ["subscribe", usd("9.5"), () => w.plans.connect(w.bob).subscribe(1n, usd("9.5"), 0n, NOBODY)],
    ["upgrade", usd("17.5"), () => w.plans.connect(w.carol).upgrade(2n, usd("17.5"), 0n)],
    ["renew", usd("9.5"), () => w.plans.connect(w.dave).renew([w.alice.address])],
    ["topUp", usd("10"), () => w.plans.connect(w.dave).topUp(w.alice.address, 1n, 1n)],
    ["fundCampaign", usd("0.8"), () => w.rewards.connect(w.campaigner).fundCampaign(1n, credits("100"), usd("0.8"))],
  ];
}

/** The issuer replaces the code of the reserve asset, as USDC's could: balances and allowances stay. */
async function upgradeTo<Name extends string>(w: World, name: Name): Promise<BaseContract> {
  const other = await ethers.deployContract(name);
  await networkHelpers.setCode(String(w.usdc.target), await ethers.provider.getCode(String(other.target)));
  return ethers.getContractAt(name, String(w.usdc.target));
}

describe("A reserve asset that turns hostile", () => {
  describe("keeps a fee of every transfer", () => {
    it("every sale is refused, and mints nothing", async () => {
      const w = await loadFixture(withEverythingForSale);
      await upgradeTo(w, "FeeOnTransferUSDC");
      const supply: bigint = await w.stelai.totalSupply();
      for (const [name, price, sale] of sales(w)) {
        await expect(sale(), name)
          .to.be.revertedWithCustomError(w.store, "ReserveShortfall")
          .withArgs((price * 99n) / 100n, price);
      }
      expect(await w.stelai.totalSupply()).to.equal(supply);
      expect((await w.rewards.campaignOf(1n)).budget).to.equal(0n);
      expect((await w.plans.topUpOf(w.alice.address)).spent).to.equal(0n);
    });

    it("redeeming takes the floor out of the reserve and no unit more; the fee is the recipient's", async () => {
      const w = await loadFixture(withEverythingForSale);
      await upgradeTo(w, "FeeOnTransferUSDC");
      const redeemed = w.store.connect(w.alice).redeem(credits("1000"), w.alice.address, usd("8"));
      await expect(redeemed).to.changeTokenBalances(ethers, w.usdc, [w.store, w.alice], [-usd("8"), usd("7.92")]);
      expect(await isSound(w)).to.equal(true);
    });
  });

  describe("returns nothing", () => {
    it("every sale and every redemption goes through for exactly its price", async () => {
      const w = await loadFixture(withEverythingForSale);
      await upgradeTo(w, "NoReturnUSDC");
      for (const [name, price, sale] of sales(w)) {
        const before: bigint = await w.usdc.balanceOf(w.store.target);
        await sale();
        expect((await w.usdc.balanceOf(w.store.target)) - before, name).to.equal(price);
        expect(await isSound(w)).to.equal(true);
      }
      const redeemed = w.store.connect(w.alice).redeem(credits("1000"), w.alice.address, usd("8"));
      await expect(redeemed).to.changeTokenBalance(ethers, w.usdc, w.alice, usd("8"));
      await w.store.sweepSurplus();
      expect(await isSound(w)).to.equal(true);
    });
  });

  describe("returns false and moves nothing", () => {
    it("every sale, redemption and sweep is refused and leaves all as it was", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "FalseReturnUSDC");
      await token.getFunction("refuse")(true);
      const supply: bigint = await w.stelai.totalSupply();
      const exits: [string, bigint, () => Promise<unknown>][] = [
        ["redeem", 0n, () => w.store.connect(w.alice).redeem(credits("1"), w.alice.address, 0n)],
        ["sweepSurplus", 0n, () => w.store.sweepSurplus()],
      ];
      for (const [name, , act] of [...sales(w), ...exits]) {
        await expect(act(), name)
          .to.be.revertedWithCustomError(w.store, "SafeERC20FailedOperation")
          .withArgs(w.usdc.target);
      }
      expect(await w.stelai.totalSupply()).to.equal(supply);
      await token.getFunction("refuse")(false);
      await w.store.connect(w.alice).redeem(credits("1"), w.alice.address, FLOOR);
    });
  });

  describe("shrinks or grows every balance", () => {
    it("after it halved, credits are redeemed pro rata, the same for the first as for the last, and nothing is surplus", async () => {
      const w = await loadFixture(withEverythingForSale);
      await w.store.sweepSurplus();
      const token = await upgradeTo(w, "RebasingUSDC");
      await token.getFunction("rebase")(500_000n);
      expect(await w.store.surplus()).to.equal(0n);
      for (const account of [w.alice, w.carol]) {
        const redeemed = w.store.connect(account).redeem(credits("1000"), account.address, usd("4"));
        await expect(redeemed).to.changeTokenBalance(ethers, w.usdc, account, usd("4"));
      }
      expect(await w.stelai.totalSupply()).to.equal(0n);
    });

    it("after it halved, a sale still takes its whole price as it stands now, and mints no more for it", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "RebasingUSDC");
      await token.getFunction("rebase")(500_000n);
      for (const [name, price, sale] of sales(w)) {
        const [before, supply]: bigint[] = [await w.usdc.balanceOf(w.store.target), await w.stelai.totalSupply()];
        await sale();
        expect((await w.usdc.balanceOf(w.store.target)) - (before ?? 0n), name).to.equal(price);
        const minted = (await w.stelai.totalSupply()) - (supply ?? 0n);
        expect(minted * FLOOR, name).to.be.lessThanOrEqual(price * 10n ** 18n);
      }
    });

    it("after it doubled, credits are redeemed at the floor and the rest is surplus", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "RebasingUSDC");
      await token.getFunction("rebase")(2_000_000n);
      expect(await w.store.surplus()).to.equal(usd("38") - usd("16"));
      const redeemed = w.store.connect(w.alice).redeem(credits("1000"), w.alice.address, usd("8"));
      await expect(redeemed).to.changeTokenBalance(ethers, w.usdc, w.alice, usd("8"));
      await w.store.sweepSurplus();
      expect(await isSound(w)).to.equal(true);
    });

    it("a sale of which a unit is lost in its rounding is refused", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "RebasingUSDC");
      await token.getFunction("rebase")(1_100_000n);
      await expect(w.store.connect(w.alice).buy(orderOf(w.alice.address)))
        .to.be.revertedWithCustomError(w.store, "ReserveShortfall")
        .withArgs(usd("10") - 1n, usd("10"));
    });
  });

  describe("refuses an account", () => {
    it("its own purchases are refused, and its credits are redeemed to another account", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "BlacklistingUSDC");
      await token.getFunction("blacklist")(w.bob.address, true);
      await expect(w.plans.connect(w.bob).subscribe(1n, usd("9.5"), 0n, NOBODY))
        .to.be.revertedWithCustomError(token, "Blacklisted")
        .withArgs(w.bob.address);
      await w.stelai.connect(w.alice).transfer(w.bob.address, credits("500"));
      const by = w.store.connect(w.bob);
      await expect(by.redeem(credits("500"), w.bob.address, 0n)).to.be.revertedWithCustomError(token, "Blacklisted");
      await expect(by.redeem(credits("500"), w.dave.address, usd("4"))).to.changeTokenBalance(
        ethers,
        w.usdc,
        w.dave,
        usd("4"),
      );
    });

    it("a batch of renewals with it is refused as a whole and charges nobody; without it the others renew", async () => {
      const w = await loadFixture(withEverythingForSale);
      await w.plans.connect(w.carol).cancel();
      await w.plans.connect(w.bob).subscribe(1n, usd("9.5"), usd("9.5"), NOBODY);
      await time.increase(MONTH);
      await w.plans.connect(w.carol).setRenewal(1n, usd("9.5"));
      const token = await upgradeTo(w, "BlacklistingUSDC");
      await token.getFunction("blacklist")(w.bob.address, true);
      await expect(w.plans.renew([w.carol.address, w.bob.address]))
        .to.be.revertedWithCustomError(token, "Blacklisted")
        .withArgs(w.bob.address);
      expect(await renewalOf(w, w.carol)).to.equal(Renewal.Due);
      await expect(w.plans.renew([w.carol.address])).to.changeTokenBalance(ethers, w.usdc, w.carol, -usd("9.5"));
    });

    it("only the surplus waits when it is the treasury", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "BlacklistingUSDC");
      await token.getFunction("blacklist")(w.treasury.address, true);
      await expect(w.store.sweepSurplus()).to.be.revertedWithCustomError(token, "Blacklisted");
      for (const [, , sale] of sales(w)) await sale();
      await w.store.connect(w.alice).redeem(credits("1000"), w.alice.address, usd("8"));
      expect(await isSound(w)).to.equal(true);
    });
  });

  describe("calls back in the middle of a transfer", () => {
    it("no sale can be entered from within another, nor the reserve redeemed or swept", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "ReentrantUSDC");
      await w.stelai.connect(w.alice).transfer(token.target, credits("10"));
      const { store, plans } = w;
      const inner: [unknown, string][] = [
        [store.target, store.interface.encodeFunctionData("buy", [orderOf(w.alice.address)])],
        [store.target, store.interface.encodeFunctionData("sweepSurplus")],
        [store.target, store.interface.encodeFunctionData("redeem", [1n, w.alice.address, 0n])],
        [plans.target, plans.interface.encodeFunctionData("topUp", [w.alice.address, 1n, 1n])],
        [plans.target, plans.interface.encodeFunctionData("renew", [[w.alice.address]])],
      ];
      for (const [name, , sale] of sales(w)) {
        for (const [target, data] of inner) {
          // A renewal within itself is not due any more: see below.
          if (name === "renew" && data === inner.at(-1)?.[1]) continue;
          await token.getFunction("arm")(target, data);
          await expect(sale(), name).to.be.revertedWithCustomError(store, "ReentrancyGuardReentrantCall");
        }
      }
      await token.getFunction("arm")(ethers.ZeroAddress, "0x");
      const authorization = await authorize(w, w.alice, orderOf(w.alice.address), UNSPONSORED);
      await token.getFunction("arm")(inner[0]?.[0], inner[0]?.[1]);
      await expect(
        store.buyWithAuthorization(orderOf(w.alice.address), authorization, UNSPONSORED),
      ).to.be.revertedWithCustomError(store, "ReentrancyGuardReentrantCall");
    });

    it("a renewal charges once, though it is asked for again while it is paid", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "ReentrantUSDC");
      const again = w.plans.interface.encodeFunctionData("renew", [[w.alice.address]]);
      await token.getFunction("arm")(w.plans.target, again);
      await expect(w.plans.renew([w.alice.address])).to.changeTokenBalance(ethers, w.usdc, w.alice, -usd("9.5"));
      expect(await w.stelai.balanceOf(w.alice.address)).to.equal(credits("2000"));
    });

    it("credits retired while others are sold or redeemed leave all the more for the rest", async () => {
      const w = await loadFixture(withEverythingForSale);
      const token = await upgradeTo(w, "ReentrantUSDC");
      await w.stelai.connect(w.alice).transfer(token.target, credits("100"));
      const retire = w.store.interface.encodeFunctionData("retire", [credits("10")]);
      const acts = [
        ...sales(w).map(([, , sale]) => sale),
        () => w.store.connect(w.alice).redeem(credits("1"), w.alice.address, FLOOR),
        () => w.store.sweepSurplus(),
      ];
      for (const act of acts) {
        await token.getFunction("arm")(w.store.target, retire);
        await act();
        expect(await isSound(w)).to.equal(true);
      }
      expect(await w.stelai.balanceOf(token.target)).to.equal(credits("20"));
    });
  });
});
