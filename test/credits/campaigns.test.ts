import { expect } from "chai";
import { id, MaxUint256, Wallet, ZeroAddress } from "ethers";
import { typed } from "../contracts.ts";
import { credits, DAY, deployedWithReentrantReserve, ethers, networkHelpers, usd } from "../fixtures.ts";
import {
  bonusOf,
  expectHeld,
  MICRO,
  newCampaign,
  purchase,
  Source,
  signRedemption,
  startFunded,
  withBuyers,
  withPromotion,
} from "./rewardsWorld.ts";

const { loadFixture, time } = networkHelpers;

describe("Campaigns: starting one", () => {
  it("keeps what it is started with, under the next id, and says so", async () => {
    const w = await loadFixture(withBuyers);
    const campaign = await newCampaign(w.key.address);
    await expect(w.rewards.connect(w.campaigner).startCampaign(campaign))
      .to.emit(w.rewards, "CampaignStarted")
      .withArgs(1n, Source.Promotion, w.key, Object.values(campaign));
    const kept = await w.rewards.campaignOf(1n);
    const { source, signer, start, end, perAccount, daily } = campaign;
    expect(kept).to.deep.equal([source, signer, start, end, perAccount, daily, 0n, 0n, 0n, 0n].map(asChain));
    expect(await w.rewards.campaignCount()).to.equal(1n);
    expect(await w.rewards.campaignBySigner(w.key)).to.equal(1n);
    expect(await startFunded(w, { signer: w.alice.address, source: Source.Contribution }, 0n)).to.equal(2n);
    expect(await w.rewards.campaignBySigner(w.bob)).to.equal(0n);
  });

  it("refuses what is no campaign, a window that makes no sense, and amounts that cannot be given", async () => {
    const w = await loadFixture(withBuyers);
    const now = await time.latest();
    for (const bad of [
      { source: Source.Referrer },
      { source: Source.Referee },
      { start: now + DAY, end: now + DAY },
      { start: now + DAY, end: now },
      { start: now - 2 * DAY, end: now - DAY },
      { daily: credits("50") - 1n },
      { signer: ZeroAddress },
    ]) {
      await expect(
        w.rewards.connect(w.campaigner).startCampaign(await newCampaign(w.key.address, bad)),
      ).to.be.revertedWithCustomError(w.rewards, "InvalidCampaign");
    }
    for (const perAccount of [0n, MICRO - 1n, MICRO + 1n]) {
      await expect(w.rewards.connect(w.campaigner).startCampaign(await newCampaign(w.key.address, { perAccount })))
        .to.be.revertedWithCustomError(w.rewards, "InvalidAmount")
        .withArgs(perAccount);
    }
    expect(await w.rewards.campaignCount()).to.equal(0n);
  });

  it("refuses a signer that has one, even a stopped one: a code never means two things", async () => {
    const w = await loadFixture(withPromotion);
    const start = async () =>
      w.rewards.connect(w.campaigner).startCampaign(await newCampaign(w.key.address, { source: Source.Contribution }));
    await expect(start()).to.be.revertedWithCustomError(w.rewards, "InvalidCampaign");
    await w.rewards.connect(w.campaigner).stopCampaign(w.campaignId);
    await expect(start()).to.be.revertedWithCustomError(w.rewards, "InvalidCampaign");
  });

  it("is CAMPAIGNS' alone, as are funding and stopping", async () => {
    const w = await loadFixture(withPromotion);
    const mine = w.rewards.connect(w.alice);
    for (const act of [
      async () => mine.startCampaign(await newCampaign(w.alice.address)),
      () => mine.fundCampaign(w.campaignId, credits("1"), MaxUint256),
      () => mine.stopCampaign(w.campaignId),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.rewards, "AccessManagedUnauthorized").withArgs(w.alice);
    }
  });

  it("is refused to be shown, funded, stopped and ended when it does not exist", async () => {
    const w = await loadFixture(withPromotion);
    const mine = w.rewards.connect(w.campaigner);
    for (const act of [
      () => mine.campaignOf(2n),
      () => mine.fundCampaign(2n, credits("1"), MaxUint256),
      () => mine.stopCampaign(0n),
      () => mine.endCampaign(2n),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.rewards, "UnknownCampaign");
    }
  });
});

describe("Campaigns: their budgets", () => {
  it("are bought at the floor, rounded up, and held before they count", async () => {
    const w = await loadFixture(withPromotion);
    const amount = credits("10") + MICRO;
    const cost = 80_001n;
    const supply: bigint = await w.stelai.totalSupply();
    const act = w.rewards.connect(w.campaigner).fundCampaign(w.campaignId, amount, cost);
    await expect(act).to.emit(w.rewards, "CampaignFunded").withArgs(w.campaignId, w.campaigner, amount, cost);
    await expect(act).to.emit(w.store, "BudgetBought").withArgs(w.campaigner, amount, cost);
    await expect(act).to.changeTokenBalances(ethers, w.usdc, [w.campaigner, w.store], [-cost, cost]);
    expect((await w.rewards.campaignOf(w.campaignId)).budget).to.equal(credits("1000") + amount);
    expect(await w.stelai.totalSupply()).to.equal(supply + amount);
    await expectHeld(w, []);
  });

  it("add up when one is funded twice, in one block too", async () => {
    const w = await loadFixture(withPromotion);
    const provider = ethers.provider;
    await provider.send("evm_setAutomine", [false]);
    const sent = [];
    for (const amount of [credits("1"), credits("2")]) {
      const options = { gasLimit: 500_000n };
      sent.push(await w.rewards.connect(w.campaigner).fundCampaign(w.campaignId, amount, MaxUint256, options));
    }
    await provider.send("evm_mine", []);
    await provider.send("evm_setAutomine", [true]);
    for (const transaction of sent) await transaction.wait();
    expect((await w.rewards.campaignOf(w.campaignId)).budget).to.equal(credits("1003"));
    await expectHeld(w, []);
  });

  it("are refused at a cost above what was agreed to, in parts of microcredits, without dollars, and while sales are stopped", async () => {
    const w = await loadFixture(withPromotion);
    const fund = w.rewards.connect(w.campaigner).fundCampaign;
    await expect(fund(w.campaignId, credits("1"), 7_999n))
      .to.be.revertedWithCustomError(w.store, "PriceAboveMaximum")
      .withArgs(8_000n, 7_999n);
    for (const amount of [0n, MICRO - 1n]) {
      await expect(fund(w.campaignId, amount, MaxUint256))
        .to.be.revertedWithCustomError(w.rewards, "InvalidAmount")
        .withArgs(amount);
    }
    await w.usdc.connect(w.campaigner).approve(w.store.target, 0n);
    await expect(fund(w.campaignId, credits("1"), MaxUint256)).to.be.revertedWithCustomError(
      w.usdc,
      "ERC20InsufficientAllowance",
    );
    await w.store.connect(w.guardian).pause();
    await expect(fund(w.campaignId, credits("1"), MaxUint256)).to.be.revertedWithCustomError(w.store, "EnforcedPause");
    expect((await w.rewards.campaignOf(w.campaignId)).budget).to.equal(credits("1000"));
    await expectHeld(w, []);
  });

  it("are sold to Rewards alone", async () => {
    const w = await loadFixture(withPromotion);
    await expect(w.store.connect(w.campaigner).sellAtFloor(w.campaigner, credits("1"), MaxUint256))
      .to.be.revertedWithCustomError(w.store, "NotSeller")
      .withArgs(w.campaigner);
  });

  it("cannot be claimed from in the middle of being bought", async () => {
    const w = await loadFixture(deployedWithReentrantReserve);
    const reserve = typed("ReentrantUSDC", await ethers.getContractAt("ReentrantUSDC", String(w.usdc.target)));
    const { rewards, campaigner } = w;
    const key = new Wallet(id("a key"));
    await reserve.mint(campaigner.address, usd("100"));
    await reserve.connect(campaigner).approve(w.store.target, MaxUint256);
    await rewards.connect(campaigner).startCampaign(await newCampaign(key.address));
    const signature = await signRedemption(w, key, { campaignId: 1n, account: w.alice.address });
    const claim = [1n, w.alice.address, signature];
    await reserve.arm(rewards.target, rewards.interface.encodeFunctionData("redeemCode", claim));
    await expect(rewards.connect(campaigner).fundCampaign(1n, credits("50"), MaxUint256))
      .to.be.revertedWithCustomError(rewards, "BudgetExhausted")
      .withArgs(1n, 0n, credits("50"));
  });
});

describe("Campaigns: how one ends", () => {
  it("burns what is left, called by anyone once its window has closed, and its backing is surplus", async () => {
    const w = await loadFixture(withPromotion);
    const { end } = await w.rewards.campaignOf(w.campaignId);
    await time.setNextBlockTimestamp(end);
    await expect(w.rewards.endCampaign(w.campaignId, { gasLimit: 300_000n }))
      .to.be.revertedWithCustomError(w.rewards, "CampaignStillOpen")
      .withArgs(w.campaignId, end);
    await time.setNextBlockTimestamp(end + 1n);
    const act = w.rewards.connect(w.alice).endCampaign(w.campaignId);
    await expect(act).to.emit(w.rewards, "CampaignEnded").withArgs(w.campaignId, credits("1000"));
    await expect(act).to.emit(w.store, "Retired").withArgs(w.rewards, credits("1000"));
    expect(await w.store.surplus()).to.equal(usd("8"));
    const again = w.rewards.endCampaign(w.campaignId);
    await expect(again).to.emit(w.rewards, "CampaignEnded").withArgs(w.campaignId, 0n);
    await expect(again).not.to.emit(w.store, "Retired");
    await expect(w.rewards.connect(w.campaigner).fundCampaign(w.campaignId, credits("1"), MaxUint256))
      .to.be.revertedWithCustomError(w.rewards, "CampaignNotOpen")
      .withArgs(w.campaignId);
    await expectHeld(w, []);
  });

  it("is stopped at once: no claim, no more budget, and what was given stays", async () => {
    const w = await loadFixture(withPromotion);
    const redeem = async (account: { address: string }) => {
      const fields = { campaignId: w.campaignId, account: account.address };
      return w.rewards.redeemCode(w.campaignId, account.address, await signRedemption(w, w.key, fields));
    };
    await redeem(w.alice);
    await expect(w.rewards.connect(w.campaigner).stopCampaign(w.campaignId))
      .to.emit(w.rewards, "CampaignEnded")
      .withArgs(w.campaignId, credits("950"));
    for (const act of [
      () => redeem(w.bob),
      () => w.rewards.connect(w.campaigner).fundCampaign(w.campaignId, credits("1"), MaxUint256),
      () => w.rewards.connect(w.campaigner).stopCampaign(w.campaignId),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(w.rewards, "CampaignNotOpen").withArgs(w.campaignId);
    }
    expect(await bonusOf(w, w.alice)).to.equal(credits("50"));
    await expectHeld(w, [w.alice]);
  });

  it("is stopped before it began, and refuses claims in the very block it is stopped in", async () => {
    const w = await loadFixture(withBuyers);
    const start = (await time.latest()) + DAY;
    const early = await startFunded(w, { signer: w.alice.address, start });
    await w.rewards.connect(w.campaigner).stopCampaign(early);
    await time.increaseTo(start);
    await expect(w.rewards.redeemCode(early, w.alice.address, "0x")).to.be.revertedWithCustomError(
      w.rewards,
      "CampaignNotOpen",
    );
    const campaignId = await startFunded(w, { signer: w.key.address });
    const signature = await signRedemption(w, w.key, { campaignId, account: w.alice.address });
    await ethers.provider.send("evm_setAutomine", [false]);
    const gasLimit = 500_000n;
    const stop = await w.rewards.connect(w.campaigner).stopCampaign(campaignId, { gasLimit });
    const mine = w.rewards.connect(w.campaigner);
    const claim = await mine.redeemCode(campaignId, w.alice.address, signature, { gasLimit });
    await ethers.provider.send("evm_mine", []);
    await ethers.provider.send("evm_setAutomine", [true]);
    await stop.wait();
    const receipt = await ethers.provider.getTransactionReceipt(claim.hash);
    expect(receipt?.status).to.equal(0);
    expect(receipt?.blockNumber).to.equal((await stop.wait())?.blockNumber);
    await expectHeld(w, [w.alice]);
  });

  it("leaves sales and other budgets alone", async () => {
    const w = await loadFixture(withPromotion);
    const other = await startFunded(w, { signer: w.alice.address }, credits("300"));
    await w.rewards.connect(w.campaigner).stopCampaign(w.campaignId);
    expect((await w.rewards.campaignOf(other)).budget).to.equal(credits("300"));
    await purchase(w, w.bob, { referrer: w.alice.address });
    await expectHeld(w, [w.alice, w.bob]);
  });
});

const asChain = (value: unknown) => (typeof value === "number" ? BigInt(value) : value);
