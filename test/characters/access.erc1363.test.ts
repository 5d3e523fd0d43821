import { expect } from "chai";
import { AbiCoder } from "ethers";
import { typed } from "../contracts.ts";
import { ethers, networkHelpers } from "../fixtures.ts";
import {
  ANNUAL_PRICE,
  approveAndBuy,
  at,
  DAY,
  encodePurchase,
  LIFETIME_PRICE,
  MONTHLY_PRICE,
  MONTHLY_RATE,
  PLAN,
  purchaseOf,
  STATUS,
  transferAndBuy,
  wei,
  withMonth,
  withPasses,
} from "./helpers/passes.ts";

const { loadFixture, time } = networkHelpers;

/** {@link withPasses}; nobody lets the passes take anything. */
async function withoutAllowance() {
  const w = await loadFixture(withPasses);
  for (const person of [w.holder, w.friend]) await w.stelai.connect(person).approve(w.access.target, 0n);
  return w;
}

describe("CharacterAccess: buying with the payer's own transfer", () => {
  it("takes the price and sends back what is above it", async () => {
    const w = await withoutAllowance();
    const act = await transferAndBuy(w, w.holder, MONTHLY_PRICE + 777n, purchaseOf(w, { maxPrice: 9_000_000n }));
    await expect(act).to.changeTokenBalances(
      ethers,
      w.stelai,
      [w.holder, w.access],
      [-wei(MONTHLY_PRICE), wei(MONTHLY_PRICE)],
    );
    expect((await w.passOf(w.holder)).active).to.equal(true);
  });

  it("gives to another account", async () => {
    const w = await withoutAllowance();
    const purchase = purchaseOf(w, { account: w.friend.address, plan: PLAN.lifetime, maxPrice: LIFETIME_PRICE });
    const act = await transferAndBuy(w, w.holder, LIFETIME_PRICE, purchase);
    await expect(act).to.changeTokenBalances(ethers, w.stelai, [w.holder, w.friend], [-wei(LIFETIME_PRICE), 0n]);
    expect((await w.passOf(w.friend)).lifetime).to.equal(true);
    expect((await w.passOf(w.holder)).active).to.equal(false);
  });

  it("counts what a replaced month pays back, and sends back the rest", async () => {
    const w = await withMonth();
    await w.stelai.connect(w.holder).approve(w.access.target, 0n);
    await at(w.start + DAY);
    const purchase = purchaseOf(w, { plan: PLAN.annual, maxPrice: ANNUAL_PRICE, replaces: true });
    const act = await transferAndBuy(w, w.holder, ANNUAL_PRICE, purchase);
    await expect(act).to.changeTokenBalance(ethers, w.stelai, w.holder, wei(28n * MONTHLY_RATE - ANNUAL_PRICE));
  });

  it("below the price is refused without an allowance for the rest", async () => {
    const w = await withoutAllowance();
    await expect(transferAndBuy(w, w.holder, MONTHLY_PRICE - 1n, purchaseOf(w))).to.be.revertedWithCustomError(
      w.stelai,
      "ERC20InsufficientAllowance",
    );
    await w.stelai.connect(w.holder).approve(w.access.target, wei(1n));
    await transferAndBuy(w, w.holder, MONTHLY_PRICE - 1n, purchaseOf(w));
    expect((await w.passOf(w.holder)).active).to.equal(true);
  });

  it("is refused when it is made by someone else by an allowance", async () => {
    const w = await loadFixture(withPasses);
    await w.stelai.connect(w.holder).approve(w.stranger.address, wei(MONTHLY_PRICE));
    const call = w.stelai.connect(w.stranger).getFunction("transferFromAndCall(address,address,uint256,bytes)");
    for (const account of [w.holder.address, w.stranger.address]) {
      const data = encodePurchase(purchaseOf(w, { account }));
      await expect(call(w.holder.address, w.access.target, wei(MONTHLY_PRICE), data))
        .to.be.revertedWithCustomError(w.access, "UnexpectedTransfer")
        .withArgs(w.stelai, w.holder);
    }
  });

  it("is refused of any other token, and from anyone who says that a transfer came", async () => {
    const w = await loadFixture(withPasses);
    const other = typed("Stelai", await ethers.deployContract("Stelai", [w.stranger.address, w.payouts.target]));
    await other.connect(w.stranger).mint(w.stranger.address, wei(LIFETIME_PRICE));
    const data = encodePurchase(purchaseOf(w, { account: w.stranger.address }));
    const transfer = other.connect(w.stranger).getFunction("transferAndCall(address,uint256,bytes)");
    await expect(transfer(w.access.target, wei(MONTHLY_PRICE), data))
      .to.be.revertedWithCustomError(w.access, "UnexpectedTransfer")
      .withArgs(other, w.stranger);
    const approve = other.connect(w.stranger).getFunction("approveAndCall(address,uint256,bytes)");
    await expect(approve(w.access.target, wei(MONTHLY_PRICE), data))
      .to.be.revertedWithCustomError(w.access, "UnexpectedTransfer")
      .withArgs(other, w.stranger);
    const stranger = w.access.connect(w.stranger);
    const forVictim = encodePurchase(purchaseOf(w, { renews: true }));
    await expect(stranger.onTransferReceived(w.holder.address, w.holder.address, wei(MONTHLY_PRICE), forVictim))
      .to.be.revertedWithCustomError(w.access, "UnexpectedTransfer")
      .withArgs(w.stranger, w.holder);
    await expect(stranger.onApprovalReceived(w.holder.address, wei(MONTHLY_PRICE), forVictim))
      .to.be.revertedWithCustomError(w.access, "UnexpectedTransfer")
      .withArgs(w.stranger, w.holder);
  });

  it("is refused without a purchase that can be read", async () => {
    const w = await loadFixture(withPasses);
    const call = w.stelai.connect(w.holder).getFunction("transferAndCall(address,uint256,bytes)");
    const plain = w.stelai.connect(w.holder).getFunction("transferAndCall(address,uint256)");
    for (const data of ["0x1234", AbiCoder.defaultAbiCoder().encode(["uint256"], [1n])]) {
      await expect(call(w.access.target, wei(MONTHLY_PRICE), data)).to.be.revertedWithCustomError(
        w.stelai,
        "ERC1363InvalidReceiver",
      );
    }
    await expect(plain(w.access.target, wei(MONTHLY_PRICE))).to.be.revertedWithCustomError(
      w.stelai,
      "ERC1363InvalidReceiver",
    );
    expect(await w.stelai.balanceOf(w.access.target)).to.equal(0n);
  });
});

describe("CharacterAccess: buying with the payer's own approval", () => {
  it("takes the price, keeps the rest for renewals, and renews with it until it is used up", async () => {
    const w = await withoutAllowance();
    const act = await approveAndBuy(w, w.holder, 2n * MONTHLY_PRICE, purchaseOf(w, { renews: true }));
    await expect(act).to.changeTokenBalance(ethers, w.stelai, w.holder, -wei(MONTHLY_PRICE));
    expect(await w.stelai.allowance(w.holder.address, w.access.target)).to.equal(wei(MONTHLY_PRICE));
    const { until, mandate } = await w.passOf(w.holder);
    expect(mandate).to.equal(MONTHLY_PRICE);
    await time.increaseTo(until);
    await w.access.renew([w.idOf(w.holder)]);
    expect((await w.passOf(w.holder)).until).to.be.greaterThan(until);
    await time.increaseTo((await w.passOf(w.holder)).until);
    expect((await w.passOf(w.holder)).renewal).to.equal(STATUS.allowanceTooLow);
  });

  it("is refused below the price", async () => {
    const w = await withoutAllowance();
    await expect(approveAndBuy(w, w.holder, MONTHLY_PRICE - 1n, purchaseOf(w))).to.be.revertedWithCustomError(
      w.stelai,
      "ERC20InsufficientAllowance",
    );
  });

  it("gives and replaces as by any other way", async () => {
    const w = await withMonth();
    const replaces = { plan: PLAN.annual, maxPrice: ANNUAL_PRICE, renews: true, replaces: true };
    await approveAndBuy(w, w.holder, 2n * ANNUAL_PRICE, purchaseOf(w, replaces));
    expect((await w.passOf(w.holder)).mandate).to.equal(ANNUAL_PRICE);
    await approveAndBuy(w, w.friend, MONTHLY_PRICE, purchaseOf(w));
    expect((await w.passOf(w.holder)).mandate).to.equal(ANNUAL_PRICE);
  });

  it("works for a contract wallet, which cancels and is paid back", async () => {
    const w = await loadFixture(withPasses);
    const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.holder.address]));
    const account = String(wallet.target);
    await w.stelai.connect(w.holder).transfer(account, wei(LIFETIME_PRICE));
    const data = encodePurchase(purchaseOf(w, { account, renews: true }));
    const call = w.stelai.interface.encodeFunctionData("approveAndCall(address,uint256,bytes)", [
      w.access.target,
      wei(3n * MONTHLY_PRICE),
      data,
    ]);
    await wallet.connect(w.holder).execute(w.stelai.target, call);
    expect((await w.access.accessOf(w.characterId, account)).active).to.equal(true);
    const cancel = w.access.interface.encodeFunctionData("cancelNow", [w.characterId, 0n]);
    await expect(wallet.connect(w.holder).execute(w.access.target, cancel)).to.changeTokenBalance(
      ethers,
      w.stelai,
      wallet,
      wei(29n * MONTHLY_RATE),
    );
  });
});
