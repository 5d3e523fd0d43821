import { expect } from "chai";
import fc from "fast-check";
import { DAY, networkHelpers, PLANS, usd, type World, withDollars } from "../fixtures.ts";
import { GRACE, isSound, NOBODY, priced, Renewal, renewalOf } from "./plansWorld.ts";

const { loadFixture, time } = networkHelpers;
const FLOOR_OF = (wei: bigint) => (wei * 8_000n + 10n ** 18n - 1n) / 10n ** 18n;
const larger = (a: bigint, b: bigint) => {
  if (a > b) return a;
  return b;
};
const NEVER_TOO_MUCH = 2n ** 96n - 1n;

/** What happens next: the kind, a plan, a mandate and a number of days. */
const act = fc.record({
  kind: fc.constantFrom("subscribe", "upgrade", "upgrade", "setRenewal", "cancel", "renew", "renew", "wait", "reprice"),
  planId: fc.integer({ min: 1, max: PLANS.length }),
  mandate: fc.constantFrom(0n, usd("9.5"), usd("30"), usd("400")),
  days: fc.constantFrom(1, 12, 15, 30, 45, 365),
  price: fc.constantFrom(0n, 1n, 2n, 3n),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** The plan's rules said once more, from what the interface promises. */
class Model {
  prices = PLANS.map(({ price }) => price);
  running = { planId: 0, renewal: 0, start: 0, end: 0, granted: 0n, paid: 0n, mandate: 0n };
  credits = 0n;
  spent = 0n;

  plan(planId: number) {
    const plan = PLANS[planId - 1];
    const price = this.prices[planId - 1];
    if (!plan || price === undefined) throw new Error(`no plan ${planId}`);
    return { ...plan, price };
  }

  /** Why the subscriber's call is refused; undefined when it goes through and the books have changed. */
  apply({ kind, planId, mandate }: Act, now: number): string | undefined {
    const { running } = this;
    if (kind === "subscribe") {
      if (now < running.end) return "AlreadySubscribed";
      if (this.plan(planId).price === 0n) return "PlanNotOffered";
      this.begin(planId, now);
      Object.assign(running, { renewal: planId, mandate });
    } else if (kind === "upgrade") {
      if (now >= running.end) return "NotSubscribed";
      const plan = this.plan(planId);
      if (plan.price === 0n) return "PlanNotOffered";
      const isLarger = plan.credits > running.granted && plan.period === this.plan(running.planId).period;
      if (!isLarger) return "NotAnUpgrade";
      const more = plan.credits - running.granted;
      const price = larger(plan.price - running.paid, FLOOR_OF(more));
      this.pay(more, price);
      Object.assign(running, { planId, renewal: planId, mandate, granted: plan.credits, paid: running.paid + price });
    } else if (kind === "setRenewal") {
      if (running.planId === 0 || now > running.end + GRACE) return "NotSubscribed";
      Object.assign(running, { renewal: planId, mandate });
    } else if (kind === "cancel") {
      if (running.planId === 0) return "NotSubscribed";
      running.mandate = 0n;
    }
    return undefined;
  }

  renewal(now: number): bigint {
    const { running } = this;
    if (running.mandate === 0n) return Renewal.NotRenewing;
    if (now < running.end) return Renewal.NotDue;
    if (now > running.end + GRACE) return Renewal.Lapsed;
    const { price } = this.plan(running.renewal);
    if (price === 0n) return Renewal.NotOffered;
    return price > running.mandate ? Renewal.PriceAboveMandate : Renewal.Due;
  }

  begin(planId: number, now: number) {
    const { credits, price, period } = this.plan(planId);
    Object.assign(this.running, { planId, start: now, end: now + period, granted: credits, paid: price });
    this.pay(credits, price);
  }

  private pay(credits: bigint, price: bigint) {
    this.credits += credits;
    this.spent += price;
  }
}

/** Makes a call of the subscriber's next second, which must end as the model says. */
async function subscriberActs(w: World, model: Model, step: Act) {
  const now = (await time.latest()) + 1;
  const { alice, plans } = w;
  const by = plans.connect(alice);
  const calls: Record<string, () => Promise<unknown>> = {
    subscribe: () => by.subscribe(step.planId, NEVER_TOO_MUCH, step.mandate, NOBODY),
    upgrade: () => by.upgrade(step.planId, NEVER_TOO_MUCH, step.mandate),
    setRenewal: () => by.setRenewal(step.planId, step.mandate),
    cancel: () => by.cancel(),
  };
  const refusal = model.apply(step, now);
  await time.setNextBlockTimestamp(now);
  const call = calls[step.kind]?.();
  if (refusal === undefined) await call;
  else await expect(call, step.kind).to.be.revertedWithCustomError(plans, refusal);
}

async function step(w: World, model: Model, next: Act) {
  if (next.kind === "wait") return time.increase(next.days * DAY);
  if (next.kind === "reprice") {
    // Not offered, the floor, as it was, or a third more.
    const { credits, price } = PLANS[next.planId - 1] ?? { credits: 0n, price: 0n };
    const prices = [0n, FLOOR_OF(credits), price, (price * 4n) / 3n];
    model.prices[next.planId - 1] = prices[Number(next.price)] ?? 0n;
    return priced(w, "setPlanPrice", [next.planId, model.prices[next.planId - 1]]);
  }
  if (next.kind !== "renew") return subscriberActs(w, model, next);
  const now = (await time.latest()) + 1;
  const status = model.renewal(now);
  if (status === Renewal.Due) model.begin(model.running.renewal, now);
  await time.setNextBlockTimestamp(now);
  await w.plans.connect(w.dave).renew([w.alice.address]);
}

describe("CreditPlans against a model", () => {
  it("charges, grants and renews as its rules say, under any sequence of calls, prices and times", async function () {
    this.timeout(600_000);
    const run = async (acts: Act[]) => {
      const w = await loadFixture(withDollars);
      const model = new Model();
      const dollars: bigint = await w.usdc.balanceOf(w.alice.address);
      for (const next of acts) {
        await step(w, model, next);
        if (next.kind !== "wait") await w.store.sweepSurplus();
        const { planId, renewal, start, end, granted, paid, mandate } = model.running;
        const expected = [planId, renewal, start, end, granted, paid, mandate].map(BigInt);
        expect(await w.plans.subscriptionOf(w.alice.address)).to.deep.equal(expected);
        expect(await renewalOf(w, w.alice)).to.equal(model.renewal(await time.latest()));
        expect(await w.usdc.balanceOf(w.alice.address)).to.equal(dollars - model.spent);
        expect(await w.stelai.balanceOf(w.alice.address), "all that is not used rolls over").to.equal(model.credits);
        expect(await isSound(w)).to.equal(true);
      }
      if (model.credits !== 0n) await w.store.connect(w.alice).redeem(model.credits, w.alice.address, 0n);
      expect(await w.stelai.totalSupply()).to.equal(0n);
    };
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), run), { numRuns: 30 });
  });
});
