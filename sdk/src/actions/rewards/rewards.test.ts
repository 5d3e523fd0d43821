import { expect } from "chai";
import { readContract } from "viem/actions";
import { failure } from "../../../test/failure.ts";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { admin, chainNow, withBonus, withCode } from "../../../test/rewards.ts";
import { newcomer, passTime, people, stelaiOf, withCredits } from "../../../test/world.ts";
import { inferenceMeterAbi, rewardsAbi } from "../../generated/abis.ts";
import {
  AccountCapReachedError,
  BonusTooLowError,
  BudgetExhaustedError,
  bonusOpenNonce,
  CampaignNotOpenError,
  CodeRefusedError,
  codeKey,
  DailyCapReachedError,
  deedOf,
  grantDigest,
  InvalidBonusError,
  OperatorNotTrustedError,
  redemptionDigest,
} from "../../index.ts";
import { randomHash } from "../../internal/authorization.ts";
import { sessionAccount } from "../../tab/key.ts";

const DAY = 86_400n;

describe("Bonus credits", () => {
  let relayer: TestRelayer;
  before(async () => {
    relayer = await startTestRelayer();
  });
  after(() => relayer.stop());

  for (const by of ["sponsored", "wallet"] as const) {
    it(`come by a code that is redeemed ${by === "wallet" ? "by the wallet" : "through the relayer, without ETH"}`, async () => {
      const { code } = await withCode({ perAccount: 7_000_000n });
      const person = await newcomer({ eth: by === "wallet" ? 10n ** 18n : 0n, reserve: 0n });
      const stelai = await stelaiOf(person, { relayerUrl: relayer.url });
      const found = await stelai.rewards.getCode({ code: code.toLowerCase() });
      expect(found).to.include({ problem: null, amount: 7_000_000n });
      const granted = await (await stelai.rewards.redeemCode({ code, by })).wait();
      expect(granted).to.include({ account: person.address, source: "Promotion", amount: 7_000_000n });
      const { balance, lapsesAt } = await stelai.rewards.getBonus();
      expect(balance).to.equal(7_000_000n);
      expect(lapsesAt).to.equal((await chainNow()) + 180n * DAY);
      expect((await stelai.rewards.getCode({ code })).problem).to.equal("Claimed");
      expect(await failure(stelai.rewards.redeemCode({ code, by }))).to.be.instanceOf(AccountCapReachedError);
    });
  }

  it("can be redeemed for somebody else, and by nobody with another code", async () => {
    const { code, campaignId } = await withCode();
    const friend = await newcomer({ eth: 0n });
    const stelai = await stelaiOf(await newcomer(), { relayerUrl: relayer.url });
    await (await stelai.rewards.redeemCode({ code, account: friend.address })).wait();
    expect((await stelai.rewards.getBonus({ account: friend.address })).balance).to.equal(10_000_000n);
    expect((await stelai.rewards.getBonus()).balance).to.equal(0n);
    expect(await stelai.rewards.getCode({ code: `${code}X` })).to.include({ problem: "Unknown", amount: 0n });
    const { claimed } = await stelai.rewards.getCampaign({ campaignId, account: friend.address });
    expect(claimed).to.equal(10_000_000n);
  });

  it("are refused with the reason before anything is sent", async () => {
    const stelai = await stelaiOf(await newcomer(), { relayerUrl: relayer.url });
    const now = await chainNow();
    const codes = {
      NotBegun: (await withCode({ start: now + 2n * DAY, end: now + 3n * DAY })).code,
      BudgetExhausted: (await withCode({ budget: 9_000_000n })).code,
      DailyCapReached: (await withCode({ daily: 10_000_000n })).code,
      Ended: "",
      Unknown: "NO-SUCH-CODE",
    };
    const other = await newcomer();
    await (await stelai.rewards.redeemCode({ code: codes.DailyCapReached, account: other.address })).wait();
    const { code, campaignId } = await withCode();
    await (await (await admin()).roles.propose({ kind: "stopCampaign", campaignId })).wait();
    codes.Ended = code;
    const errors = {
      ...{ NotBegun: CampaignNotOpenError, Ended: CampaignNotOpenError, Unknown: CodeRefusedError },
      ...{ BudgetExhausted: BudgetExhaustedError, DailyCapReached: DailyCapReachedError },
    };
    for (const problem of ["NotBegun", "Ended", "Unknown", "BudgetExhausted", "DailyCapReached"] as const) {
      const code = codes[problem];
      expect((await stelai.rewards.getCode({ code })).problem, problem).to.equal(problem);
      expect(await failure(stelai.rewards.redeemCode({ code })), problem).to.be.instanceOf(errors[problem]);
    }
  });

  it("come to both sides of a referral, from the first purchase for oneself on", async () => {
    const referrer = await newcomer();
    const stelai = await stelaiOf(await newcomer());
    expect(await stelai.rewards.getReferrer()).to.deep.include({ referrer: null, isBound: false });
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    const { credits } = await (await stelai.credits.buy({ packageId, referrer: referrer.address })).wait();
    const { terms, ...bond } = await stelai.rewards.getReferrer();
    expect(bond).to.deep.equal({ referrer: referrer.address, isBound: true, earned: 0n });
    const share = (bps: number) => (credits * BigInt(bps)) / 10_000n / 10n ** 12n;
    expect((await stelai.rewards.getBonus()).balance).to.equal(share(terms.refereeBps));
    const theirs = await stelaiOf(referrer);
    expect((await theirs.rewards.getBonus()).balance).to.equal(share(terms.referrerBps));
    expect((await theirs.rewards.getReferrer()).earned).to.equal(share(terms.referrerBps));
  });

  it("have the hashes that the contracts compute", async () => {
    const { client } = await stelaiOf();
    const { chainId, contracts } = client.deployment;
    const reference = { chainId, rewards: contracts.Rewards };
    const account = (await newcomer({ eth: 0n, reserve: 0n })).address;
    const rewards = { address: contracts.Rewards, abi: rewardsAbi } as const;
    const redeemed = await readContract(client.publicClient, {
      ...{ ...rewards, functionName: "redemptionDigest", args: [9n, account] },
    });
    expect(redemptionDigest(reference, { campaignId: 9n, account })).to.equal(redeemed);
    const grant = { campaignId: 3n, account, amount: 5n * 10n ** 12n, deed: deedOf("feedback", "7"), deadline: 99n };
    const granted = await readContract(client.publicClient, { ...rewards, functionName: "grantDigest", args: [grant] });
    expect(grantDigest(reference, grant)).to.equal(granted);
    const opening = { operator: account, sessionKey: contracts.Stelai, cap: 5_000_000n, expiry: 12_345n };
    const sponsorship = { fee: 10n ** 17n, recipient: contracts.Reserve, salt: randomHash() };
    const nonce = await readContract(client.publicClient, {
      ...{ address: contracts.InferenceMeter, abi: inferenceMeterAbi, functionName: "bonusOpenNonce" },
      args: [{ ...opening, cap: 5_000_000 }, 2_000_000, sponsorship],
    });
    expect(bonusOpenNonce(opening, 2_000_000n, sponsorship)).to.equal(nonce);
  });
});

describe("A tab with bonus credits", () => {
  const CAP = 15_000_000n;
  let relayer: TestRelayer;
  let operator: `0x${string}`;
  const expiry = async () => (await chainNow()) + DAY;
  const sessionKey = async () => (await sessionAccount(codeKey(randomHash()))).address;

  before(async () => {
    relayer = await startTestRelayer();
    operator = (await people()).operator.address;
  });
  after(() => relayer.stop());

  /** Somebody with bonus credits and paid ones. */
  async function holder() {
    const person = await withBonus();
    const stelai = await stelaiOf(person, { relayerUrl: relayer.url });
    const [{ packageId } = { packageId: 0n }] = await stelai.credits.getPackages();
    await (await stelai.credits.buy({ packageId })).wait();
    return stelai;
  }

  for (const way of ["open", "openByTransfer", "openSponsored"] as const) {
    it(`opens by ${way}: the bonus from Rewards, the rest from the wallet`, async () => {
      const stelai = await holder();
      const before = await stelai.credits.getBalance();
      const opening = {
        operator,
        sessionKey: await sessionKey(),
        cap: CAP,
        bonus: 10_000_000n,
        expiry: await expiry(),
      };
      const opened = await (await stelai.tab[way](opening)).wait();
      expect(opened).to.include({ cap: CAP, bonus: 10_000_000n });
      const fee = way === "openSponsored" ? 10n ** 17n : 0n;
      const { stelai: left } = await stelai.credits.getBalance();
      expect(before.stelai - left).to.equal(5_000_000n * 10n ** 12n + fee);
      expect((await stelai.rewards.getBonus()).balance).to.equal(0n);
      expect(await stelai.tab.getTab({ operator, tabId: opened.tabId })).to.include({ bonus: 10_000_000n, spent: 0n });
    });

    it(`opens by ${way} of bonus credits alone`, async () => {
      const person = await withBonus({ eth: way === "openSponsored" ? 0n : 10n ** 18n });
      const stelai = await stelaiOf(person, { relayerUrl: relayer.url });
      const opening = { operator, sessionKey: await sessionKey(), cap: 10_000_000n, bonus: 10_000_000n };
      const opened = await (await stelai.tab[way]({ ...opening, expiry: await expiry() })).wait();
      expect(opened).to.include({ cap: 10_000_000n, bonus: 10_000_000n });
      expect((await stelai.credits.getBalance()).stelai).to.equal(0n);
    });
  }

  it("asks for no fee only where the bonus is all and the paid credits do not cover it", async () => {
    const opening = { operator, sessionKey: await sessionKey(), cap: 10_000_000n, expiry: await expiry() };
    const poor = await stelaiOf(await withBonus(), { relayerUrl: relayer.url });
    const all = await poor.tab.prepareSponsoredOpening({ ...opening, bonus: 10_000_000n });
    expect([all.value, all.sponsorship.fee]).to.deep.equal([0n, 0n]);
    const some = await poor.tab.prepareSponsoredOpening({ ...opening, bonus: 9_000_000n });
    expect(some.value).to.equal(1_000_000n * 10n ** 12n + 10n ** 17n);
    const rich = await holder();
    const paid = await rich.tab.prepareSponsoredOpening({ ...opening, bonus: 10_000_000n });
    expect([paid.value, paid.sponsorship.fee]).to.deep.equal([10n ** 17n, 10n ** 17n]);
  });

  it("is a session like any other, and gives back what it did not spend as bonus", async () => {
    const stelai = await holder();
    const { session, tabId } = await (await stelai.tab.openSession({ cap: CAP, bonus: 4_000_000n })).wait();
    expect(session.tabId).to.equal(tabId);
    expect((await stelai.rewards.getBonus()).balance).to.equal(6_000_000n);
    const before = await stelai.credits.getBalance();
    await (await stelai.tab.requestClose({ operator, tabId })).wait();
    await passTime(2 * 86_400);
    await (await stelai.tab.reclaim({ operator, tabId })).wait();
    expect((await stelai.rewards.getBonus()).balance).to.equal(10_000_000n);
    expect((await stelai.credits.getBalance()).stelai - before.stelai).to.equal(11_000_000n * 10n ** 12n);
  });

  it("is refused above the balance, above the cap, and with operators that are not trusted", async () => {
    const stelai = await holder();
    const opening = { operator, sessionKey: await sessionKey(), cap: CAP, expiry: await expiry() };
    const above = await failure(stelai.tab.openByTransfer({ ...opening, bonus: 10_000_001n }));
    expect(above).to.be.instanceOf(BonusTooLowError);
    expect(await failure(stelai.tab.open({ ...opening, bonus: CAP + 1n }))).to.be.instanceOf(InvalidBonusError);
    const stranger = (await newcomer({ eth: 0n, reserve: 0n })).address;
    const elsewhere = { ...opening, operator: stranger, bonus: 1_000_000n };
    expect(await failure(stelai.tab.openByTransfer(elsewhere))).to.be.instanceOf(OperatorNotTrustedError);
    const paid = await stelaiOf(await withCredits());
    expect(await failure(paid.tab.openByTransfer({ ...opening, bonus: 1n }))).to.be.instanceOf(BonusTooLowError);
  });
});
