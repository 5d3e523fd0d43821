import { PLAN_DAYS } from "@stelai/sdk";
import { expect } from "chai";
import fc from "fast-check";
import { scoreIn } from "../src/api/scores.ts";
import { Changes, enter, type Period, takeOut, vestingByDay } from "../src/vesting.ts";

const DAY = 86_400n;
const FIRST = 20_000;
const LAST = FIRST + 5_000;

type Sale = { plan: "Monthly" | "Annual"; price: bigint; monthly: bigint; at: bigint; wait: bigint; lasts: bigint };

const sale: fc.Arbitrary<Sale> = fc.record({
  plan: fc.constantFrom("Monthly", "Annual"),
  price: fc.bigInt(1n, 2n ** 40n - 1n),
  monthly: fc.bigInt(0n, 2n ** 38n),
  at: fc.bigInt(BigInt(FIRST) * DAY, BigInt(FIRST + 400) * DAY),
  // How long until it begins, and how long after it was bought it is ended; often beyond its end.
  wait: fc.oneof(fc.constant(0n), fc.bigInt(0n, 700n * DAY)),
  lasts: fc.bigInt(0n, 1_500n * DAY),
});

/** When a sale's period ends. */
function periodOf({ plan, price, monthly, at, wait }: Sale): Period {
  return { plan, price, monthly, until: at + wait + PLAN_DAYS[plan] * DAY };
}

const dayOf = (time: bigint) => Number(time / DAY);

/** What each day brings, of all days there are. */
const vestingOf = (changes: Changes) => vestingByDay(0n, changes, FIRST, LAST);

describe("What passes earn day by day", () => {
  it("of one period, is the same every day of it, the remainder at once, and the price in all", () => {
    fc.assert(
      fc.property(sale, (each) => {
        const period = periodOf(each);
        const changes = new Changes();
        enter(changes, period, dayOf(each.at));
        const length = PLAN_DAYS[each.plan];
        const first = dayOf(period.until - length * DAY);
        const remainder = each.price % length;
        for (const { day, vests } of vestingOf(changes)) {
          const isIts = day >= first && day < first + Number(length);
          const atOnce = day === dayOf(each.at) ? remainder : 0n;
          expect(vests, `day ${day}`).to.equal((isIts ? each.price / length : 0n) + atOnce);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("of many periods bought and ended in any order, is all that was sold less all that came back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(sale, fc.boolean(), fc.boolean()), { maxLength: 12 }), (sales) => {
        const changes = new Changes();
        let [sold, refunds] = [0n, 0n];
        for (const [each, suspended, ends] of sales) {
          const period = periodOf(each);
          enter(changes, period, dayOf(each.at));
          sold += each.price;
          const at = each.at + each.lasts;
          if (!ends || at >= period.until) continue;
          const { refunded, kept } = takeOut(changes, period, { at, suspended });
          expect(refunded >= 0n && kept >= 0n && refunded + kept <= each.price).to.equal(true);
          refunds += refunded;
        }
        const days = vestingOf(changes);
        expect(days.every(({ vests }) => vests >= 0n)).to.equal(true);
        expect(days.reduce((sum, { vests }) => sum + vests, 0n)).to.equal(sold - refunds);
        const rates = [...changes.values()].reduce((sum, { rateChange }) => sum + rateChange, 0n);
        expect(rates).to.equal(0n);
      }),
      { numRuns: 60 },
    );
  });

  it("after an early end, brings nothing on any later day, and that day what is kept", () => {
    const period = { plan: "Annual", price: 365_000n, monthly: 60_000n, until: BigInt(FIRST + 365) * DAY } as const;
    const changes = new Changes();
    enter(changes, period, FIRST);
    // Ten days are used; by the month they cost 20,000.
    const end = takeOut(changes, period, { at: BigInt(FIRST + 9) * DAY + 5n, suspended: false });
    expect(end).to.deep.equal({ refunded: 345_000n, kept: 10_000n });
    const days = vestingOf(changes).map(({ vests }) => vests);
    expect(days.slice(0, 12)).to.deep.equal([...Array<bigint>(9).fill(1_000n), 11_000n, 0n, 0n]);
  });

  it("on the last day of a period, its end brings nothing back and nothing at once", () => {
    const period = { plan: "Monthly", price: 31n, monthly: 31n, until: BigInt(FIRST + 30) * DAY + 500n } as const;
    const changes = new Changes();
    enter(changes, period, FIRST);
    const before = new Map(changes);
    const end = takeOut(changes, period, { at: period.until - 1n, suspended: true });
    expect(end).to.deep.equal({ refunded: 0n, kept: 0n });
    expect(new Map(changes)).to.deep.equal(before);
  });
});

describe("A character's score", () => {
  it("rounds to hundredths of a star, half up, by count and by weight", () => {
    expect(scoreIn({ histogram: [1, 0, 0, 0, 2], weight: 8n, weighted: 9n })).to.deep.equal({
      count: 3,
      average: 367,
      weighted: 113,
      weight: 8n,
      histogram: [1, 0, 0, 0, 2],
    });
  });

  it("without reviews, or where nothing weighs, is zero", () => {
    expect(scoreIn({ histogram: [0, 0, 0, 0, 0], weight: 0n, weighted: 0n })).to.include({ average: 0, weighted: 0 });
    expect(scoreIn({ histogram: [0, 0, 1, 0, 0], weight: 0n, weighted: 0n })).to.include({ average: 300, weighted: 0 });
  });
});
