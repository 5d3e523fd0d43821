import { expect } from "chai";
import { stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import { allowanceAfter } from "../../index.ts";

const DAY = 86_400n;
const at = 1_000n * DAY;
const live = { until: at + DAY, lifetime: false } as const;

describe("What passes may take after a purchase", () => {
  const wanted = { characterId: 1n, plan: "Monthly", price: 30n, at } as const;

  it("is what the renewals ahead need, and does not pile up when one cancels and subscribes again", () => {
    const first = allowanceAfter({ ...wanted, allowed: 0n, passes: [] });
    expect(first).to.equal(360n);
    const ended = [{ characterId: 1n, plan: "Monthly", mandate: 0n, ...live }] as const;
    expect(allowanceAfter({ ...wanted, allowed: first, passes: ended })).to.equal(360n);
    // Nor where the index still tells its mandate of before.
    const stale = [{ characterId: 1n, plan: "Monthly", mandate: 30n, ...live }] as const;
    expect(allowanceAfter({ ...wanted, allowed: first, passes: stale })).to.equal(360n);
  });

  it("leaves the other passes that renew what they need, and nothing for those that do not", () => {
    const passes = [
      { characterId: 2n, plan: "Monthly", mandate: 10n, ...live },
      { characterId: 3n, plan: "Annual", mandate: 100n, ...live },
      { characterId: 4n, plan: "Monthly", mandate: 0n, ...live },
      { characterId: 5n, plan: "Monthly", mandate: 7n, until: 0n, lifetime: true },
      { characterId: 6n, plan: "Monthly", mandate: 7n, until: at - 15n * DAY, lifetime: false },
      { characterId: 7n, plan: "Monthly", mandate: 1n, until: at - 13n * DAY, lifetime: false },
    ] as const;
    expect(allowanceAfter({ ...wanted, allowed: 5n, passes })).to.equal(360n + 120n + 100n + 12n);
  });

  it("never takes back what is allowed, and counts a year as one renewal", () => {
    expect(allowanceAfter({ ...wanted, allowed: 999n, passes: [] })).to.equal(999n);
    expect(allowanceAfter({ ...wanted, plan: "Annual", price: 300n, allowed: 0n, passes: [] })).to.equal(300n);
    expect(allowanceAfter({ ...wanted, renewalsAhead: 2n, allowed: 0n, passes: [] })).to.equal(60n);
  });

  it("adds to what is allowed where the other passes are not known", () => {
    expect(allowanceAfter({ ...wanted, allowed: 5n })).to.equal(365n);
  });

  it("is exactly what was shown, however often one subscribes, switches and cancels", async () => {
    const terms = { monthly: 30_000_000n, annual: 300_000_000n };
    const { characterId } = await withCharacter(terms);
    const stelai = await stelaiOf(await withCredits());
    for (const before of [0n, 12n * terms.monthly]) {
      const allowed = await stelai.access.getAllowance();
      expect(allowed).to.equal(before);
      const price = terms.monthly;
      const allowance = allowanceAfter({ characterId, plan: "Monthly", price, allowed, passes: [], at });
      const shown = { characterId, plan: "Monthly", maxPrice: price, renews: true, allowance } as const;
      await (await stelai.access.subscribe(shown)).wait();
      expect(await stelai.access.getAllowance()).to.equal(12n * price);
      if (before === 0n) await (await stelai.access.cancelAtPeriodEnd({ characterId })).wait();
    }
    // What is replaced pays for a part, and the allowance is right all the same.
    const year = {
      characterId,
      plan: "Annual",
      maxPrice: terms.annual,
      renews: true,
      allowance: terms.annual,
    } as const;
    await (await stelai.access.switchPlan(year)).wait();
    expect(await stelai.access.getAllowance()).to.equal(terms.annual);
  });
});
