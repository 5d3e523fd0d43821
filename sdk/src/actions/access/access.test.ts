import { expect } from "chai";
import {
  clientsOf,
  newcomer,
  type Person,
  passTime,
  people,
  stelaiOf,
  withCharacter,
  withCredits,
} from "../../../test/world.ts";
import { charactersAbi } from "../../generated/abis.ts";
import {
  AlreadySubscribedError,
  NoPassError,
  NotAllowedError,
  NotOfferedError,
  PriceAboveMaximumError,
  RefundBelowMinimumError,
  WEI_PER_MICROCREDIT,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

const terms = { monthly: 30_000_000n, annual: 300_000_000n, lifetime: 700_000_000n };
const DAY = 86_400n;

async function withReader() {
  const { creator, characterId } = await withCharacter(terms);
  const reader = await withCredits();
  const stelai = await stelaiOf(reader);
  const spent = async () => 1_000_000_000n - (await stelai.credits.getBalance()).stelai / WEI_PER_MICROCREDIT;
  return { creator, characterId, reader, stelai, spent };
}

async function suspend(characterId: bigint, suspended: boolean): Promise<void> {
  const { deployer } = await people();
  const { walletClient, publicClient, deployment, chain } = await clientsOf(deployer);
  const hash = await walletClient?.writeContract({
    address: deployment.contracts.Characters,
    abi: charactersAbi,
    functionName: "setSuspended",
    args: [characterId, suspended, "spam"],
    chain,
    account: walletClient.account,
  });
  if (hash) await publicClient.waitForTransactionReceipt({ hash });
}

describe("A pass", () => {
  it("that does not renew is bought in one transaction and leaves no allowance", async () => {
    const { stelai, characterId, reader, spent } = await withReader();
    const { wait } = await stelai.access.subscribe({ characterId, plan: "Monthly", renews: false });
    const bought = await wait();
    expect(bought).to.include({ characterId, account: reader.address, payer: reader.address, plan: "Monthly" });
    expect(bought.price).to.equal(terms.monthly);
    expect(bought.until - bought.start).to.equal(30n * DAY);
    expect(await spent()).to.equal(terms.monthly);
    expect(await stelai.access.getAllowance()).to.equal(0n);
    const access = await stelai.access.getAccess({ characterId });
    expect(access).to.include({ active: true, lifetime: false, until: bought.until, mandate: 0n });
    expect(access.renewal).to.equal("NotRenewing");
    expect(await stelai.access.getRenewal({ characterId })).to.include({ status: "NotRenewing", problem: null });
  });

  it("that renews raises the allowance by what the renewals ahead take, on top of what was allowed", async () => {
    const { stelai, characterId } = await withReader();
    await (await stelai.access.setAllowance({ amount: 5n })).wait();
    await (await stelai.access.subscribe({ characterId, plan: "Monthly", renews: true })).wait();
    expect(await stelai.access.getAllowance()).to.equal(5n + 12n * terms.monthly);
    const { mandate, renewalPlan } = await stelai.access.getAccess({ characterId });
    expect({ mandate, renewalPlan }).to.deep.equal({ mandate: terms.monthly, renewalPlan: "Monthly" });
    expect(await failure(stelai.access.subscribe({ characterId, plan: "Monthly", renews: false }))).to.be.instanceOf(
      AlreadySubscribedError,
    );
  });

  it("is renewed by anyone when it is due, and what is not due is skipped", async () => {
    const { stelai, characterId, reader } = await withReader();
    const ahead = { renews: true, renewalsAhead: 1n } as const;
    const { until } = await (await stelai.access.subscribe({ characterId, plan: "Monthly", ...ahead })).wait();
    const stranger = await stelaiOf(await newcomer());
    const passes = [{ characterId, account: reader.address }];
    const early = await stranger.access.renew({ passes });
    expect(early.statuses).to.deep.equal(["NotDue"]);
    expect((await early.wait()).renewed).to.deep.equal([]);
    await passTime(30 * 86_400 + 60);
    const due = await stranger.access.renew({ passes });
    expect(due.statuses).to.deep.equal(["Due"]);
    const [renewed] = (await due.wait()).renewed;
    expect(renewed).to.include({ characterId, account: reader.address, price: terms.monthly });
    expect(renewed?.start).to.be.greaterThan(Number(until));
    // One renewal ahead was allowed, and no other.
    expect(await stelai.access.getRenewal({ characterId })).to.include({ problem: "AllowanceTooLow", allowance: 0n });
  });

  it("costs at most what was agreed to, and is sold only as it is offered", async () => {
    const { stelai, characterId } = await withReader();
    const dear = await failure(
      stelai.access.subscribe({ characterId, plan: "Annual", renews: true, maxPrice: terms.annual - 1n }),
    );
    expect(dear).to.be.instanceOf(PriceAboveMaximumError);
    expect(dear)
      .to.have.property("args")
      .that.deep.equals({ price: terms.annual, maxPrice: terms.annual - 1n });
    const other = await withCharacter({ monthly: 1n });
    const absent = await failure(stelai.access.buyLifetime({ characterId: other.characterId, maxPrice: 5n }));
    expect(absent).to.be.instanceOf(NotOfferedError);
    // What is sent above the price comes back.
    await (
      await stelai.access.subscribe({ characterId, plan: "Monthly", renews: false, maxPrice: terms.annual })
    ).wait();
    expect((await stelai.credits.getBalance()).stelai).to.equal((1_000_000_000n - terms.monthly) * WEI_PER_MICROCREDIT);
  });

  it("is given to someone, and begins when theirs ends", async () => {
    const { stelai, characterId } = await withReader();
    const friend = await newcomer();
    const give = { characterId, account: friend.address, plan: "Monthly" } as const;
    const first = await (await stelai.access.gift(give)).wait();
    const second = await (await stelai.access.gift(give)).wait();
    expect(second.start).to.equal(first.until);
    expect(second).to.include({ account: friend.address });
    const { until, active } = await stelai.access.getAccess({ characterId, account: friend.address });
    expect({ until, active }).to.deep.equal({ until: second.until, active: true });
  });

  it("is switched, and bought for good, for the price less what was not used", async () => {
    const { stelai, characterId, spent } = await withReader();
    await (await stelai.access.subscribe({ characterId, plan: "Monthly", renews: false })).wait();
    const back = (await stelai.access.getAccess({ characterId })).refundable;
    expect(back).to.equal(29_000_000n);
    await (await stelai.access.switchPlan({ characterId, plan: "Annual", renews: true })).wait();
    expect(await spent()).to.equal(terms.monthly - back + terms.annual);
    const again = (await stelai.access.getAccess({ characterId })).refundable;
    const bought = await (await stelai.access.buyLifetime({ characterId, maxPrice: terms.lifetime })).wait();
    expect(bought.until).to.equal(0n);
    expect(await spent()).to.equal(terms.monthly - back + terms.annual - again + terms.lifetime);
    expect(await stelai.access.getAccess({ characterId })).to.include({ lifetime: true, active: true, mandate: 0n });
  });

  it("is cancelled with the refund that was shown, or not at all", async () => {
    const { stelai, characterId, spent } = await withReader();
    expect(await failure(stelai.access.cancelNow({ characterId }))).to.be.instanceOf(NoPassError);
    await (await stelai.access.subscribe({ characterId, plan: "Annual", renews: true })).wait();
    const { refundable } = await stelai.access.getAccess({ characterId });
    const more = await failure(stelai.access.cancelNow({ characterId, minimum: refundable + 1n }));
    expect(more).to.be.instanceOf(RefundBelowMinimumError);
    expect((more as RefundBelowMinimumError).args).to.deep.equal({ refund: refundable, minimum: refundable + 1n });
    const sent = await stelai.access.cancelNow({ characterId, minimum: refundable });
    expect(sent.refundable).to.equal(refundable);
    const { refund, kept } = await sent.wait();
    expect(refund).to.equal(refundable);
    expect(await spent()).to.equal(terms.annual - refund);
    expect(kept).to.be.greaterThan(-1);
    expect(await stelai.access.getAccess({ characterId })).to.include({ active: false, mandate: 0n });
  });

  it("ends with what is paid for when its renewal is cancelled, and renews again when that is taken back", async () => {
    const { stelai, characterId } = await withReader();
    await (await stelai.access.subscribe({ characterId, plan: "Monthly", renews: true })).wait();
    await (await stelai.access.cancelAtPeriodEnd({ characterId })).wait();
    expect(await stelai.access.getAccess({ characterId })).to.include({ active: true, mandate: 0n });
    await (await stelai.access.setRenewal({ characterId, plan: "Annual" })).wait();
    const { mandate, renewalPlan } = await stelai.access.getAccess({ characterId });
    expect({ mandate, renewalPlan }).to.deep.equal({ mandate: terms.annual, renewalPlan: "Annual" });
  });

  it("brings its creator what vests, day by day", async () => {
    const { stelai, characterId, creator } = await withReader();
    await (await stelai.access.subscribe({ characterId, plan: "Monthly", renews: false })).wait();
    expect(await stelai.access.getHarvestable({ characterId })).to.equal(1_000_000n);
    await passTime(2 * 86_400);
    const mine = await stelaiOf(creator);
    expect((await (await mine.access.harvest({ characterId })).wait()).amount).to.equal(3_000_000n);
    expect((await (await mine.access.harvest({ characterId })).wait()).amount).to.equal(0n);
  });
});

describe("A renewal", () => {
  let stelai: Awaited<ReturnType<typeof stelaiOf>>;
  let mine: Awaited<ReturnType<typeof stelaiOf>>;
  let characterId: bigint;
  let reader: Person;
  const problem = async () => (await stelai.access.getRenewal({ characterId })).problem;

  before(async () => {
    const world = await withReader();
    ({ stelai, characterId, reader } = world);
    mine = await stelaiOf(world.creator);
    await (await stelai.access.subscribe({ characterId, plan: "Monthly", renews: true })).wait();
  });

  it("that nothing stands in the way of has no problem before it is due", async () => {
    const renewal = await stelai.access.getRenewal({ characterId });
    const { price, mandate } = { price: terms.monthly, mandate: terms.monthly };
    expect(renewal).to.include({ status: "NotDue", problem: null, plan: "Monthly", price, mandate });
  });

  it("is said to fail for what will stop it, in the contract's order, before it is due", async () => {
    await (await stelai.access.setAllowance({ amount: terms.monthly - 1n })).wait();
    expect(await problem()).to.equal("AllowanceTooLow");
    const { stelai: credits } = await stelai.credits.getBalance();
    const keep = (terms.monthly - 1n) * WEI_PER_MICROCREDIT;
    await (await stelai.credits.redeem({ amount: credits - keep })).wait();
    expect(await problem()).to.equal("BalanceTooLow");
    await (await mine.characters.setTerms({ characterId, terms: { monthly: terms.monthly + 1n } })).wait();
    expect(await problem()).to.equal("PriceAboveMandate");
    await (await mine.characters.setTerms({ characterId, terms: {} })).wait();
    expect(await problem()).to.equal("NotOffered");
    await (await mine.characters.setVisibility({ characterId, visibility: "Private" })).wait();
    expect(await problem()).to.equal("NotAllowed");
    const other = await stelaiOf(await withCredits());
    const refused = await failure(other.access.subscribe({ characterId, plan: "Monthly", renews: false }));
    expect(refused).to.be.instanceOf(NotAllowedError);
    await suspend(characterId, true);
    expect(await problem()).to.equal("Suspended");
  });

  it("is judged by the contract alike when it is due, and lapses after two weeks", async () => {
    for (const [put, expected] of [
      [async () => {}, "Suspended"],
      [() => suspend(characterId, false), "NotAllowed"],
      [
        async () => {
          const accounts = [reader.address];
          await (await mine.characters.setAllowed({ characterId, accounts, allowed: true })).wait();
        },
        "NotOffered",
      ],
    ] as const) {
      if (expected === "Suspended") await passTime(30 * 86_400 + 60);
      await put();
      expect(await stelai.access.getRenewal({ characterId })).to.include({ status: expected, problem: expected });
    }
    await passTime(14 * 86_400);
    expect(await stelai.access.getRenewal({ characterId })).to.include({ status: "Lapsed", problem: "Lapsed" });
  });
});
