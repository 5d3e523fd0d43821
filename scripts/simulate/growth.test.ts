import { expect } from "chai";
import { growthOf, growthReport, HABITS, MEASURED } from "./growth.ts";

describe("growth, simulated", () => {
  it("counts a hundred users' day by what one thing costs", () => {
    const growth = growthOf(100);
    expect(growth.seals).to.equal(100 * HABITS.settlements);
    expect(growth.transactions.settlements).to.equal(1);
    const { settledRow, settledLine, collect, claim } = MEASURED.gas;
    const monthly = (100 / 30) * (MEASURED.gas.tabOpen + MEASURED.gas.packageBuy);
    const rare = (100 / 30) * (0.1 * MEASURED.gas.passRenew + 0.02 * MEASURED.gas.licence);
    const earned = collect + claim / 7;
    expect(growth.gas).to.be.within(
      100 * (settledRow + 3 * settledLine) + monthly + rare + earned - 1,
      100 * (settledRow + 3 * settledLine) + monthly + rare + earned + 1,
    );
    expect(growth.relayer.bytes).to.equal(
      2_050 * (MEASURED.bytes.request + MEASURED.bytes.receipt) +
        100 * MEASURED.bytes.seal +
        50 * MEASURED.bytes.generation,
    );
  });

  it("grows in proportion, but for batches, which are whole", () => {
    const [one, ten] = [growthOf(10_000), growthOf(100_000)];
    expect(ten.gas / one.gas).to.be.within(9.999, 10.001);
    expect(ten.index.rows / one.index.rows).to.be.within(9.999, 10.001);
    expect(growthOf(101).transactions.settlements).to.equal(2);
  });

  it("names what is full first, and says at how many users", () => {
    const growth = growthOf(1_000_000);
    const shares = growth.load.map(({ share }) => share);
    expect(shares).to.deep.equal([...shares].sort((a, b) => b - a));
    expect(growthReport(growth)).to.include(`First bottleneck: ${growth.load[0]?.part}`);
  });
});
