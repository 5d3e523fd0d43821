import { expect } from "chai";
import fc from "fast-check";
import { clientsOf, passTime, stelaiOf, testChain, withCharacter, withCredits } from "../../../test/world.ts";
import { comparePlans, recordedMonthly, refundOn } from "../../index.ts";

describe("What cancelling pays back", () => {
  it("is what the contract says, at any time of any period", async () => {
    const { request } = await testChain();
    const { publicClient } = await clientsOf();
    const stelai = await stelaiOf(await withCredits());
    const price = fc.bigInt(1n, 900_000_000n);
    const seconds = fc.integer({ min: 0, max: 366 * 86_400 });
    const plan = fc.constantFrom("Monthly", "Annual");
    const offered = fc.record({ monthly: fc.oneof(fc.constant(0n), price), annual: price });
    await fc.assert(
      fc.asyncProperty(offered, plan, seconds, fc.boolean(), async (terms, wanted, after, early) => {
        const chosen = terms.monthly === 0n ? "Annual" : (wanted as "Monthly" | "Annual");
        const { characterId } = await withCharacter(terms);
        // Each run goes back to the time that it began at.
        const snapshot = await request("evm_snapshot");
        const sent = await stelai.access.subscribe({ characterId, plan: chosen, renews: false });
        const { until, price: paid, monthly } = await sent.wait();
        expect(monthly).to.equal(recordedMonthly(terms));
        await passTime(early ? after % 172_800 : chosen === "Monthly" ? after % 2_600_000 : after);
        const { timestamp: at } = await publicClient.getBlock();
        const { refundable } = await stelai.access.getAccess({ characterId });
        expect(refundOn({ plan: chosen, price: paid, monthly, until, at })).to.equal(refundable);
        await request("evm_revert", [snapshot]);
      }),
      { numRuns: 30 },
    );
  });

  it("never exceeds what was paid, never rises with time, and is not less where the character is suspended", () => {
    const amount = fc.bigInt(0n, 2n ** 40n - 1n);
    const moment = fc.bigInt(0n, 400n * 86_400n);
    fc.assert(
      fc.property(amount, amount, moment, moment, fc.boolean(), (price, monthly, one, other, isAnnual) => {
        const plan = isAnnual ? "Annual" : "Monthly";
        const until = 1_800_000_000n + (isAnnual ? 365n : 30n) * 86_400n;
        const [earlier, later] = one < other ? [one, other] : [other, one];
        const refund = (at: bigint, suspended = false) =>
          refundOn({ plan, price, monthly, until, at: 1_800_000_000n + at, suspended });
        expect(refund(earlier) <= price).to.equal(true);
        expect(refund(later) <= refund(earlier)).to.equal(true);
        expect(refund(earlier, true) >= refund(earlier)).to.equal(true);
        expect(refund(400n * 86_400n)).to.equal(0n);
      }),
    );
  });
});

describe("The comparison of plans", () => {
  const amount = fc.oneof(fc.constant(0n), fc.bigInt(1n, 2n ** 40n - 1n));
  const prices = fc.record({
    lifetime: amount,
    monthly: amount,
    annual: amount,
    perInference: amount,
    perUnit: amount,
  });

  it("says the fewest messages from which each pass is cheaper, and which way is cheapest", () => {
    fc.assert(
      fc.property(prices, amount, fc.bigInt(0n, 10_000n), (terms, feePerUnit, messagesPerMonth) => {
        const { plans, cheapest, perMessage } = comparePlans({ terms, feePerUnit, messagesPerMonth });
        for (const { plan, perMonth, cheaperFrom } of plans) {
          if (cheaperFrom === null) expect(plan === "PerMessage" || perMessage === 0n).to.equal(true);
          else {
            expect(cheaperFrom * perMessage > perMonth).to.equal(true);
            expect((cheaperFrom - 1n) * perMessage <= perMonth).to.equal(true);
          }
        }
        const best = plans.find(({ plan }) => plan === cheapest);
        expect(plans.every(({ perMonth }) => best !== undefined && best.perMonth <= perMonth)).to.equal(true);
        expect(plans.filter(({ plan }) => plan !== "PerMessage")).to.have.length(
          [terms.lifetime, terms.monthly, terms.annual].filter((price) => price !== 0n).length,
        );
      }),
    );
  });

  it("reads as a person would count it", () => {
    const terms = { lifetime: 0n, monthly: 4_000_000n, annual: 36_500_000n, perInference: 100_000n, perUnit: 0n };
    const compared = comparePlans({ terms, feePerUnit: 0n, messagesPerMonth: 35n });
    expect(compared).to.deep.equal({
      perMessage: 100_000n,
      plans: [
        { plan: "PerMessage", price: 100_000n, perMonth: 3_500_000n, cheaperFrom: null },
        { plan: "Monthly", price: 4_000_000n, perMonth: 4_000_000n, cheaperFrom: 41n },
        { plan: "Annual", price: 36_500_000n, perMonth: 3_000_000n, cheaperFrom: 31n },
      ],
      cheapest: "Annual",
    });
    const free = { ...terms, perInference: 0n };
    expect(comparePlans({ terms: free, feePerUnit: 9n, messagesPerMonth: 500n }).cheapest).to.equal("PerMessage");
  });
});
