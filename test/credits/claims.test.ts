import { expect } from "chai";
import { id, type Signer, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { typed } from "../contracts.ts";
import { credits, DAY, ethers, networkHelpers } from "../fixtures.ts";
import { Manner } from "../metering/helpers/world.ts";
import { highS } from "../signing.ts";
import {
  bonusOf,
  type CampaignWorld,
  expectHeld,
  type Grant,
  grantOf,
  LIFETIME,
  lapseOf,
  MICRO,
  Source,
  signGrant,
  signRedemption,
  startFunded,
  withContributions,
  withPromotion,
} from "./rewardsWorld.ts";

const { loadFixture, time } = networkHelpers;
const GIVEN = credits("50");

/** Redeems the world's code for an account, sent by Dave. */
async function redeem(w: CampaignWorld, account: { address: string }, campaignId = w.campaignId) {
  const signature = await signRedemption(w, w.key, { campaignId, account: account.address });
  return w.rewards.connect(w.dave).redeemCode(campaignId, account.address, signature);
}

async function claim(w: CampaignWorld, grant: Grant, key: Signer = w.key) {
  return w.rewards.connect(w.dave).claimGrant(grant, await signGrant(w, key, grant));
}

/** Makes `sends` the transactions of one block, in order. @returns Which of them went through. */
async function inOneBlock(sends: (() => Promise<{ hash: string }>)[]): Promise<boolean[]> {
  await ethers.provider.send("evm_setAutomine", [false]);
  const sent = [];
  for (const send of sends) sent.push(await send());
  await ethers.provider.send("evm_mine", []);
  await ethers.provider.send("evm_setAutomine", [true]);
  const receipts = await Promise.all(sent.map(({ hash }) => ethers.provider.getTransactionReceipt(hash)));
  expect(new Set(receipts.map((receipt) => receipt?.blockNumber)).size, "one block").to.equal(1);
  return receipts.map((receipt) => receipt?.status === 1);
}

describe("Campaigns: a code", () => {
  it("brings its account what the campaign gives, sent by anyone, out of the budget", async () => {
    const w = await loadFixture(withPromotion);
    const supply: bigint = await w.stelai.totalSupply();
    const act = redeem(w, w.alice);
    await expect(act).to.emit(w.rewards, "Granted").withArgs(w.alice, Source.Promotion, w.campaignId, GIVEN, ZeroHash);
    await act;
    expect(await bonusOf(w, w.alice)).to.equal(GIVEN);
    expect(await lapseOf(w, w.alice)).to.equal((await time.latest()) + LIFETIME);
    expect(await w.rewards.claimedOf(w.campaignId, w.alice)).to.equal(GIVEN);
    const { budget, given, givenToday, day } = await w.rewards.campaignOf(w.campaignId);
    expect([budget, given, givenToday]).to.deep.equal([credits("950"), GIVEN, GIVEN]);
    expect(day).to.equal(BigInt(Math.floor((await time.latest()) / DAY)));
    expect(await w.stelai.totalSupply(), "nothing is minted").to.equal(supply);
    await expectHeld(w, [w.alice]);
  });

  it("copied from the mempool can only be redeemed for the same account", async () => {
    const w = await loadFixture(withPromotion);
    const signature = await signRedemption(w, w.key, { campaignId: w.campaignId, account: w.alice.address });
    await expect(w.rewards.connect(w.carol).redeemCode(w.campaignId, w.carol, signature))
      .to.be.revertedWithCustomError(w.rewards, "InvalidSignature")
      .withArgs(w.key);
    await w.rewards.connect(w.carol).redeemCode(w.campaignId, w.alice, signature);
    expect(await bonusOf(w, w.alice)).to.equal(GIVEN);
    expect(await bonusOf(w, w.carol)).to.equal(0n);
  });

  it("is good once an account, and for as many accounts as there is budget", async () => {
    const w = await loadFixture(withPromotion);
    await redeem(w, w.alice);
    await expect(redeem(w, w.alice))
      .to.be.revertedWithCustomError(w.rewards, "AccountCapReached")
      .withArgs(w.campaignId, w.alice);
    await redeem(w, w.bob);
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("refuses another campaign's signature, another chain's, another contract's, a stranger's, a high s and none", async () => {
    const w = await loadFixture(withPromotion);
    const other = await startFunded(w, { signer: w.carol.address });
    const account = w.alice.address;
    const good = { campaignId: w.campaignId, account };
    const bad = [
      await signRedemption(w, w.key, { ...good, campaignId: other }),
      await signRedemption(w, w.key, { ...good, domain: { chainId: 1n } }),
      await signRedemption(w, w.key, { ...good, domain: { verifyingContract: String(w.characters.target) } }),
      await signRedemption(w, w.key, { ...good, domain: { name: "Stelai Characters" } }),
      await signRedemption(w, w.carol, good),
      highS(await signRedemption(w, w.key, good)),
      `0x${"00".repeat(65)}`,
      "0x",
    ];
    for (const signature of bad) {
      await expect(w.rewards.redeemCode(w.campaignId, account, signature))
        .to.be.revertedWithCustomError(w.rewards, "InvalidSignature")
        .withArgs(w.key);
    }
    expect(await bonusOf(w, w.alice)).to.equal(0n);
  });

  it("is refused before the window, after it, for nobody, and for a campaign of deeds or none", async () => {
    const w = await loadFixture(withPromotion);
    const start = (await time.latest()) + DAY;
    const deeds = await startFunded(w, { source: Source.Contribution, signer: w.carol.address });
    const early = await startFunded(w, { signer: w.bob.address, start, end: start + DAY });
    const signature = await signRedemption(w, w.bob, { campaignId: early, account: w.alice.address });
    const redeemEarly = () => w.rewards.redeemCode(early, w.alice, signature, { gasLimit: 500_000n });
    await time.setNextBlockTimestamp(start - 1);
    await expect(redeemEarly()).to.be.revertedWithCustomError(w.rewards, "CampaignNotOpen").withArgs(early);
    await expect(redeem(w, w.alice, deeds))
      .to.be.revertedWithCustomError(w.rewards, "WrongCampaign")
      .withArgs(deeds);
    await expect(redeem(w, w.alice, 9n))
      .to.be.revertedWithCustomError(w.rewards, "UnknownCampaign")
      .withArgs(9n);
    await expect(redeem(w, { address: ZeroAddress })).to.be.revertedWithCustomError(w.rewards, "ZeroAddress");
    await time.setNextBlockTimestamp(start + DAY + 1);
    await expect(redeemEarly()).to.be.revertedWithCustomError(w.rewards, "CampaignNotOpen").withArgs(early);
    await time.increase(30 * DAY);
    await expect(redeem(w, w.alice)).to.be.revertedWithCustomError(w.rewards, "CampaignNotOpen");
  });

  it("is good in the first second of the window and in the last", async () => {
    const w = await loadFixture(withPromotion);
    const start = (await time.latest()) + DAY;
    const campaignId = await startFunded(w, { signer: w.bob.address, start, end: start + DAY });
    for (const [account, at] of [
      [w.alice, start],
      [w.carol, start + DAY],
    ] as const) {
      const signature = await signRedemption(w, w.bob, { campaignId, account: account.address });
      await time.setNextBlockTimestamp(at);
      await w.rewards.redeemCode(campaignId, account, signature, { gasLimit: 500_000n });
      expect(await bonusOf(w, account)).to.equal(GIVEN);
    }
  });

  it("is refused when the budget cannot pay all of it, to the second of two in one block", async () => {
    const w = await loadFixture(withPromotion);
    const campaignId = await startFunded(w, { signer: w.bob.address }, GIVEN + GIVEN - MICRO);
    const sends = [w.alice, w.carol].map(({ address }) => async () => {
      const signature = await signRedemption(w, w.bob, { campaignId, account: address });
      return w.rewards.connect(w.dave).redeemCode(campaignId, address, signature, { gasLimit: 500_000n });
    });
    expect(await inOneBlock(sends)).to.deep.equal([true, false]);
    await expect(sends[1]?.())
      .to.be.revertedWithCustomError(w.rewards, "BudgetExhausted")
      .withArgs(campaignId, GIVEN - MICRO, GIVEN);
    await w.rewards.connect(w.campaigner).fundCampaign(campaignId, MICRO, 1n);
    await sends[1]?.();
    await expectHeld(w, [w.alice, w.carol]);
  });

  it("waits for the next UTC day once the day's share is given, to the second", async () => {
    const w = await loadFixture(withPromotion);
    const midnight = (Math.floor((await time.latest()) / DAY) + 1) * DAY;
    await time.increaseTo(midnight - 20);
    for (const account of [w.alice, w.bob]) await redeem(w, account);
    const signature = await signRedemption(w, w.key, { campaignId: w.campaignId, account: w.carol.address });
    const third = () => w.rewards.redeemCode(w.campaignId, w.carol, signature, { gasLimit: 500_000n });
    await time.setNextBlockTimestamp(midnight - 1);
    await expect(third()).to.be.revertedWithCustomError(w.rewards, "DailyCapReached").withArgs(w.campaignId, 0n, GIVEN);
    await time.setNextBlockTimestamp(midnight);
    await third();
    const { given, givenToday, day } = await w.rewards.campaignOf(w.campaignId);
    expect([given, givenToday, day]).to.deep.equal([3n * GIVEN, GIVEN, BigInt(midnight / DAY)]);
    await expectHeld(w, [w.alice, w.bob, w.carol]);
  });

  it("may have the key of a contract wallet, and one that reverts or never answers loses nothing", async () => {
    const w = await loadFixture(withPromotion);
    const wallet = typed("ContractWallet", await ethers.deployContract("ContractWallet", [w.bob.address]));
    const campaignId = await startFunded(w, { signer: String(wallet.target) });
    const signature = await signRedemption(w, w.bob, { campaignId, account: w.alice.address });
    const act = () => w.rewards.redeemCode(campaignId, w.alice, signature, { gasLimit: 2_000_000n });
    for (const manner of [Manner.Reverting, Manner.Looping]) {
      await wallet.behave(manner);
      await expect(act()).to.be.revert(ethers);
    }
    expect((await w.rewards.campaignOf(campaignId)).budget).to.equal(credits("1000"));
    await wallet.behave(Manner.Honest);
    await act();
    expect(await bonusOf(w, w.alice)).to.equal(GIVEN);
    await expectHeld(w, [w.alice]);
  });
});

describe("Campaigns: a grant for a deed", () => {
  it("brings its account the amount, sent by anyone, and names the deed", async () => {
    const w = await loadFixture(withContributions);
    const grant = grantOf(w.alice.address);
    await expect(claim(w, grant))
      .to.emit(w.rewards, "Granted")
      .withArgs(w.alice, Source.Contribution, w.campaignId, grant.amount, grant.deed);
    expect(await w.rewards.isDeedUsed(w.campaignId, grant.deed)).to.equal(true);
    expect(await w.rewards.claimedOf(w.campaignId, w.alice)).to.equal(grant.amount);
    await expectHeld(w, [w.alice]);
  });

  it("is refused again, and so is another grant for the same deed, for whomever", async () => {
    const w = await loadFixture(withContributions);
    const grant = grantOf(w.alice.address);
    await claim(w, grant);
    for (const again of [grant, { ...grant, amount: MICRO }, { ...grant, account: w.bob.address }]) {
      await expect(claim(w, again))
        .to.be.revertedWithCustomError(w.rewards, "DeedUsed")
        .withArgs(w.campaignId, grant.deed);
    }
    await expectHeld(w, [w.alice, w.bob]);
  });

  it("is good for the account, campaign, amount, deed, time, chain and contract it names alone", async () => {
    const w = await loadFixture(withContributions);
    const other = await startFunded(w, { source: Source.Contribution, signer: w.carol.address });
    const grant = grantOf(w.alice.address);
    const signature = await signGrant(w, w.key, grant);
    for (const bent of [
      { account: w.bob.address },
      { amount: credits("50") },
      { deed: id("another deed") },
      { deadline: grant.deadline + 1n },
    ]) {
      await expect(w.rewards.claimGrant({ ...grant, ...bent }, signature))
        .to.be.revertedWithCustomError(w.rewards, "InvalidSignature")
        .withArgs(w.key);
    }
    await expect(w.rewards.claimGrant({ ...grant, campaignId: other }, signature))
      .to.be.revertedWithCustomError(w.rewards, "InvalidSignature")
      .withArgs(w.carol);
    for (const bad of [
      await signGrant(w, w.key, grant, { chainId: 1n }),
      await signGrant(w, w.key, grant, { verifyingContract: String(w.meter.target) }),
      await signGrant(w, w.bob, grant),
      highS(signature),
      "0x",
    ]) {
      await expect(w.rewards.claimGrant(grant, bad)).to.be.revertedWithCustomError(w.rewards, "InvalidSignature");
    }
    await claim(w, grant);
  });

  it("comes in time: in its last second, not after", async () => {
    const w = await loadFixture(withContributions);
    const deadline = BigInt(await time.latest()) + 100n;
    const signed = await Promise.all(
      [id("one"), id("two")].map(async (deed) => {
        const grant = grantOf(w.alice.address, { deed, deadline });
        return [grant, await signGrant(w, w.key, grant)] as const;
      }),
    );
    const [one, two] = signed.map(
      (args) => () => w.rewards.claimGrant(...args, { gasLimit: 500_000n }) as Promise<unknown>,
    );
    await time.setNextBlockTimestamp(deadline);
    await one?.();
    await time.setNextBlockTimestamp(deadline + 1n);
    await expect(two?.()).to.be.revertedWithCustomError(w.rewards, "SignatureExpired").withArgs(deadline);
  });

  it("stays within what an account can get, within the day and the budget, to the microcredit", async () => {
    const w = await loadFixture(withContributions);
    const grants = (account: { address: string }, amount: bigint, deed: string, campaignId = w.campaignId) =>
      grantOf(account.address, { amount, deed: id(deed), campaignId });
    await claim(w, grants(w.alice, GIVEN - MICRO, "a"));
    await expect(claim(w, grants(w.alice, 2n * MICRO, "b")))
      .to.be.revertedWithCustomError(w.rewards, "AccountCapReached")
      .withArgs(w.campaignId, w.alice);
    await claim(w, grants(w.alice, MICRO, "b"));
    await claim(w, grants(w.bob, GIVEN - MICRO, "c"));
    await expect(claim(w, grants(w.carol, 2n * MICRO, "d")))
      .to.be.revertedWithCustomError(w.rewards, "DailyCapReached")
      .withArgs(w.campaignId, MICRO, 2n * MICRO);
    await claim(w, grants(w.carol, MICRO, "d"));
    const small = await startFunded(w, { source: Source.Contribution, signer: w.bob.address }, MICRO);
    const key = new Wallet(id("another key"));
    await expect(claim(w, grants(w.alice, MICRO, "e", small), key)).to.be.revertedWithCustomError(
      w.rewards,
      "InvalidSignature",
    );
    const dear = grants(w.alice, 2n * MICRO, "e", small);
    await expect(w.rewards.claimGrant(dear, await signGrant(w, w.bob, dear)))
      .to.be.revertedWithCustomError(w.rewards, "BudgetExhausted")
      .withArgs(small, MICRO, 2n * MICRO);
    await expectHeld(w, [w.alice, w.bob, w.carol]);
  });

  it("is of whole microcredits, for somebody, and of a campaign of deeds", async () => {
    const w = await loadFixture(withContributions);
    for (const amount of [0n, 1n, MICRO + 1n]) {
      await expect(claim(w, grantOf(w.alice.address, { amount })))
        .to.be.revertedWithCustomError(w.rewards, "InvalidAmount")
        .withArgs(amount);
    }
    await expect(claim(w, grantOf(ZeroAddress))).to.be.revertedWithCustomError(w.rewards, "ZeroAddress");
    const code = await startFunded(w, { signer: w.bob.address });
    await expect(claim(w, grantOf(w.alice.address, { campaignId: code })))
      .to.be.revertedWithCustomError(w.rewards, "WrongCampaign")
      .withArgs(code);
    await expect(redeem(w, w.alice)).to.be.revertedWithCustomError(w.rewards, "WrongCampaign").withArgs(w.campaignId);
  });

  it("for a deed is good in each of two campaigns", async () => {
    const w = await loadFixture(withContributions);
    const other = await startFunded(w, { source: Source.Contribution, signer: w.bob.address });
    await claim(w, grantOf(w.alice.address));
    const again = grantOf(w.alice.address, { campaignId: other });
    await w.rewards.claimGrant(again, await signGrant(w, w.bob, again));
    expect(await bonusOf(w, w.alice)).to.equal(credits("20"));
    await expectHeld(w, [w.alice]);
  });
});
