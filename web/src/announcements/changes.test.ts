import type { CreditPlan } from "@stelai/sdk";
import { expect } from "chai";
import { compareTables, forBuyers, upcoming } from "./changes.ts";
import type { Announced } from "./useAnnouncements.ts";

const CREDIT = 10n ** 18n;
const offer = (credits: bigint, price: bigint) => ({ credits: credits * CREDIT, price });
const MONTH = 30 * 86_400;
const plan: CreditPlan = { planId: 2n, ...offer(1_000n, 9_000_000n), period: MONTH };
const standing = { packages: [offer(1_000n, 10_000_000n), offer(3_000n, 28_000_000n)], plans: [plan] };

const announced = (values: Partial<Announced>): Announced => ({
  ...{ operationId: `0x${"0a".repeat(32)}`, target: "CreditStore", functionName: "setPackages", args: [] },
  ...{ caller: `0x${"0b".repeat(20)}`, scheduledAt: 1n, readyAt: 2n, expiresAt: 3n, executedAt: null },
  ...{ state: "waiting", call: undefined },
  ...values,
});

describe("two price tables", () => {
  it("are compared size by size, the smallest first, with what begins and what ends", () => {
    const then = [offer(5_000n, 45_000_000n), offer(1_000n, 10_500_000n)];
    expect(compareTables(standing.packages, then)).to.deep.equal([
      { credits: 1_000n * CREDIT, before: 10_000_000n, after: 10_500_000n },
      { credits: 3_000n * CREDIT, before: 28_000_000n, after: undefined },
      { credits: 5_000n * CREDIT, before: undefined, after: 45_000_000n },
    ]);
  });

  it("count the cheapest where a size is sold twice", () => {
    const [only] = compareTables([offer(1n, 12_000n), offer(1n, 11_000n)], [offer(1n, 11_000n), offer(1n, 13_000n)]);
    expect(only).to.deep.equal({ credits: CREDIT, before: 11_000n, after: 11_000n });
  });
});

describe("what an announcement changes for who buys", () => {
  it("is what differs, not what stays", () => {
    const packages = [offer(1_000n, 10_500_000n), offer(3_000n, 28_000_000n)];
    expect(forBuyers({ kind: "setPackages", packages }, standing)).to.deep.equal([
      { credits: 1_000n * CREDIT, before: 10_000_000n, after: 10_500_000n },
    ]);
  });

  it("is a plan's price, and its end where that is zero", () => {
    const of = (price: bigint) => forBuyers({ kind: "setPlanPrice", planId: 2n, price }, standing);
    const same = { credits: 1_000n * CREDIT, period: MONTH, before: 9_000_000n };
    expect(of(9_500_000n)).to.deep.equal([{ ...same, after: 9_500_000n }]);
    expect(of(0n)).to.deep.equal([{ ...same, after: undefined }]);
    expect(of(9_000_000n)).to.deep.equal([]);
  });

  it("is nothing where it is about something else, or unknown", () => {
    expect(forBuyers({ kind: "stopCampaign", campaignId: 1n }, standing)).to.deep.equal([]);
    expect(forBuyers({ kind: "setPlanPrice", planId: 9n, price: 1n }, standing)).to.deep.equal([]);
    expect(forBuyers(undefined, standing)).to.deep.equal([]);
  });
});

describe("what is coming", () => {
  it("is what waits or can be made, the next first", () => {
    const states = ["executed", "waiting", "cancelled", "ready", "expired"] as const;
    const all = states.map((state, at) => announced({ state, readyAt: BigInt(10 - at) }));
    expect(upcoming(all).map(({ state }) => state)).to.deep.equal(["ready", "waiting"]);
  });
});
