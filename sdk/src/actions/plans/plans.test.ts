import { expect } from "chai";
import { failure } from "../../../test/failure.ts";
import { stelaiInBrowser } from "../../../test/wallets.ts";
import { newcomer, passTime, stelaiOf } from "../../../test/world.ts";
import {
  AlreadySubscribedError,
  ERC20InsufficientBalanceError,
  NotAnUpgradeError,
  NotSubscribedError,
  PriceAboveMaximumError,
  type StepKind,
  UnknownPlanError,
  UserRejectedError,
} from "../../index.ts";

const MONTH = 30 * 86_400;
const CREDIT = 10n ** 18n;

/** Credits of a wallet that were added since. */
async function added(stelai: Awaited<ReturnType<typeof stelaiOf>>, work: () => Promise<unknown>) {
  const before = await stelai.credits.getBalance();
  await work();
  const after = await stelai.credits.getBalance();
  return { credits: after.stelai - before.stelai, paid: before.reserve - after.reserve };
}

describe("Plans", () => {
  it("are sold by the month and the year, each cheaper a credit than the one before", async () => {
    const plans = await (await stelaiOf()).plans.list();
    expect(plans.map(({ credits }) => credits / CREDIT)).to.deep.equal([1_000n, 3_000n, 5_000n, 36_000n]);
    expect(plans.map(({ period }) => period / 86_400)).to.deep.equal([30, 30, 30, 365]);
    const perCredit = plans.map(({ price, credits }) => (price * CREDIT * 1_000_000n) / credits);
    expect(perCredit).to.deep.equal([...perCredit].sort((a, b) => (a > b ? -1 : 1)));
  });

  it("are subscribed to with the allowance first, then renewed by anyone when due, for what was agreed", async () => {
    const person = await newcomer();
    const stelai = await stelaiOf(person);
    expect(await stelai.plans.getSubscription()).to.equal(null);
    const asked: [StepKind, number, number][] = [];
    const sent = await stelai.plans.subscribe({
      planId: 1n,
      onStep: ({ kind, index, count }) => asked.push([kind, index, count]),
    });
    expect(asked).to.deep.equal([
      ["approve", 0, 2],
      ["call", 1, 2],
    ]);
    expect(sent.steps.map(({ kind }) => kind)).to.deep.equal(["approve", "call"]);
    expect(sent.steps[1]?.hash).to.equal(sent.hash);
    const cycle = await sent.wait();
    expect(cycle).to.include({ account: person.address, planId: 1n, credits: 1_000n * CREDIT, price: 9_500_000n });
    expect(cycle.end - cycle.start).to.equal(BigInt(MONTH));
    const running = await stelai.plans.getSubscription();
    expect(running).to.include({ planId: 1n, mandate: 9_500_000n, status: "NotDue", problem: null });
    // A year of renewals is left of the allowance: nothing more has to be approved.
    expect(running?.allowance).to.equal(12n * 9_500_000n);

    await passTime(MONTH + 1);
    const anyone = await stelaiOf(await newcomer());
    expect((await stelai.plans.getSubscription())?.status).to.equal("Due");
    const stranger = (await newcomer()).address;
    const renewal = await anyone.plans.renew({ accounts: [person.address, stranger] });
    expect(renewal.statuses).to.deep.equal(["Due", "NotRenewing"]);
    const { renewed } = await renewal.wait();
    expect(renewed.map(({ account, price }) => [account, price])).to.deep.equal([[person.address, 9_500_000n]]);
  });

  it("say in advance why a renewal would fail", async () => {
    const stelai = await stelaiOf(await newcomer({ reserve: 9_500_000n }));
    const problem = async () => (await stelai.plans.getSubscription())?.problem;
    await (await stelai.plans.subscribe({ planId: 1n })).wait();
    expect(await problem()).to.equal("BalanceTooLow");
    const rich = await stelaiOf(await newcomer());
    await (await rich.plans.subscribe({ planId: 1n, allowance: 9_500_000n })).wait();
    expect((await rich.plans.getSubscription())?.problem).to.equal("AllowanceTooLow");
    await (await rich.plans.setRenewal({ planId: 3n, mandate: 1_000_000n, allowance: 0n })).wait();
    expect((await rich.plans.getSubscription())?.problem).to.equal("PriceAboveMandate");
    await (await rich.plans.cancel()).wait();
    expect(await rich.plans.getSubscription()).to.include({ status: "NotRenewing", problem: null, mandate: 0n });
  });

  it("are upgraded for the difference, downgraded at the end of the cycle, and cancelled with what was paid kept", async () => {
    const stelai = await stelaiOf(await newcomer());
    await (await stelai.plans.subscribe({ planId: 1n })).wait();
    const end = (await stelai.plans.getSubscription())?.end;
    const quote = await stelai.plans.quoteUpgrade({ planId: 2n });
    expect(quote.credits).to.equal(2_000n * CREDIT);
    const upgraded = await added(stelai, async () => {
      const { formerPlanId } = await (await stelai.plans.upgrade({ planId: 2n, maxPrice: quote.price })).wait();
      expect(formerPlanId).to.equal(1n);
    });
    expect(upgraded).to.deep.equal({ credits: quote.credits, paid: quote.price });
    expect(await stelai.plans.getSubscription()).to.include({ planId: 2n, mandate: 27_000_000n, end });
    await (await stelai.plans.setRenewal({ planId: 1n })).wait();
    expect(await stelai.plans.getSubscription()).to.include({ planId: 2n, renewalPlanId: 1n, mandate: 9_500_000n });
    const cancelled = await added(stelai, async () => (await stelai.plans.cancel()).wait());
    expect(cancelled).to.deep.equal({ credits: 0n, paid: 0n });
  });

  it("bind a referrer as any first purchase does", async () => {
    const referrer = (await newcomer()).address;
    const stelai = await stelaiOf(await newcomer());
    await (await stelai.plans.subscribe({ planId: 1n, renews: false, referrer })).wait();
    expect(await stelai.rewards.getReferrer()).to.include({ referrer, isBound: true });
    expect(await stelai.plans.getSubscription()).to.include({ mandate: 0n, status: "NotRenewing" });
  });

  it("are refused with a typed error: the wrong price, plan, order, or too little money", async () => {
    const stelai = await stelaiOf(await newcomer());
    const dear = await failure(stelai.plans.subscribe({ planId: 1n, maxPrice: 9_499_999n }));
    expect(dear).to.be.instanceOf(PriceAboveMaximumError);
    expect(await failure(stelai.plans.subscribe({ planId: 99n }))).to.be.instanceOf(UnknownPlanError);
    expect(await failure(stelai.plans.cancel())).to.be.instanceOf(NotSubscribedError);
    expect(await failure(stelai.plans.quoteUpgrade({ planId: 2n }))).to.be.instanceOf(NotSubscribedError);
    await (await stelai.plans.subscribe({ planId: 2n })).wait();
    expect(await failure(stelai.plans.subscribe({ planId: 2n }))).to.be.instanceOf(AlreadySubscribedError);
    expect(await failure(stelai.plans.upgrade({ planId: 1n }))).to.be.instanceOf(NotAnUpgradeError);
    const poor = await stelaiOf(await newcomer({ reserve: 9_499_999n }));
    expect(await failure(poor.plans.subscribe({ planId: 1n }))).to.be.instanceOf(ERC20InsufficientBalanceError);
  });
});

describe("A wallet that makes several calls one", () => {
  it("is asked once for the allowance and the plan", async () => {
    const { stelai, asked } = await stelaiInBrowser(await newcomer(), { status: "supported" });
    const steps: string[] = [];
    const sent = await stelai.plans.subscribe({ planId: 1n, onStep: ({ kind }) => steps.push(kind) });
    expect(await sent.wait()).to.include({ planId: 1n, price: 9_500_000n });
    expect(steps).to.deep.equal(["batch"]);
    expect(asked.filter((method) => method === "wallet_sendCalls")).to.have.length(1);
    expect(asked).to.not.include("eth_sendTransaction");
  });

  it("is asked step by step when it cannot, says that it could, or does not know the question", async () => {
    for (const wallet of [
      { status: "unsupported" },
      { status: "ready" },
      {},
      { status: "supported", refuses: 5_700 },
    ]) {
      const { stelai, asked } = await stelaiInBrowser(await newcomer(), wallet);
      const sent = await stelai.plans.subscribe({ planId: 1n });
      await sent.wait();
      expect(sent.steps.map(({ kind }) => kind)).to.deep.equal(["approve", "call"]);
      expect(asked.filter((method) => method === "eth_sendTransaction")).to.have.length(2);
    }
  });

  it("is not asked again for what a person declined", async () => {
    const { stelai, asked } = await stelaiInBrowser(await newcomer(), { status: "supported", refuses: 4_001 });
    expect(await failure(stelai.plans.subscribe({ planId: 1n }))).to.be.instanceOf(UserRejectedError);
    expect(asked).to.not.include("eth_sendTransaction");
    expect(await stelai.plans.getSubscription()).to.equal(null);
  });
});
