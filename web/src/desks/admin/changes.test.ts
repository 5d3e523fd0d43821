import type { CampaignBooks, RoleCall } from "@stelai/sdk";
import { expect } from "chai";
import type { Address } from "viem";
import { floorOf, linesOf, type Standing } from "./changes.ts";

const CREDIT = 10n ** 18n;
const METER: Address = "0x00000000000000000000000000000000000000A1";
const OPERATOR: Address = "0x00000000000000000000000000000000000000B2";
const MONTH = 30 * 86_400;

const campaign = { campaignId: 3n, budget: 700n } as CampaignBooks;
const standing: Standing = {
  packages: [{ credits: 1_000n * CREDIT, price: 10_000_000n }],
  plans: [{ planId: 2n, credits: 500n * CREDIT, price: 4_500_000n, period: MONTH }],
  referral: { referrerBps: 500, refereeBps: 400, cap: 9n },
  campaigns: [campaign],
  commission: (source) => (source === METER ? 1_000 : undefined),
  isTrusted: () => true,
  isPaused: (contract) => contract === "Resale",
};
const nothing: Standing = {
  ...{ packages: undefined, plans: undefined, referral: undefined, campaigns: undefined },
  ...{ commission: () => undefined, isTrusted: () => undefined, isPaused: () => undefined },
};
const lines = (call: RoleCall) => linesOf(call, standing);

describe("a change", () => {
  it("of the price table shows every size, with what is not sold any more", () => {
    const packages = [{ credits: 3_000n * CREDIT, price: 28_000_000n }];
    expect(lines({ kind: "setPackages", packages })).to.deep.equal([
      {
        what: { credits: 1_000n * CREDIT },
        now: { usd: 10_000_000n, credits: 1_000n * CREDIT },
        next: { word: "notSold" },
      },
      {
        what: { credits: 3_000n * CREDIT },
        now: { word: "notSold" },
        next: { usd: 28_000_000n, credits: 3_000n * CREDIT },
      },
    ]);
  });

  it("of a plan's price to nothing ends its offer", () => {
    const [only] = lines({ kind: "setPlanPrice", planId: 2n, price: 0n });
    expect(only?.now).to.deep.equal({ usd: 4_500_000n, credits: 500n * CREDIT });
    expect(only?.next).to.deep.equal({ word: "notSold" });
  });

  it("of referrals and of a commission stands beside what holds", () => {
    const [referrer, referee, cap] = lines({ kind: "setReferralTerms", referrerBps: 600, refereeBps: 400, cap: 9n });
    expect([referrer?.now, referrer?.next]).to.deep.equal([{ bps: 500 }, { bps: 600 }]);
    expect([referee?.now, referee?.next]).to.deep.equal([{ bps: 400 }, { bps: 400 }]);
    expect([cap?.now, cap?.next]).to.deep.equal([{ bonus: 9n }, { bonus: 9n }]);
    const [commission] = lines({ kind: "setCommission", source: METER, bps: 900 });
    expect([commission?.now, commission?.next]).to.deep.equal([{ bps: 1_000 }, { bps: 900 }]);
  });

  it("of a campaign's budget adds to what is left, and its end burns that", () => {
    const [budget, cost] = lines({ kind: "fundCampaign", campaignId: 3n, amount: 50n, maxCost: 4n });
    expect([budget?.now, budget?.next]).to.deep.equal([{ bonus: 700n }, { bonus: 750n }]);
    expect(cost?.next).to.deep.equal({ usd: 4n });
    const [state, burned] = lines({ kind: "stopCampaign", campaignId: 3n });
    expect(state?.next).to.deep.equal({ word: "ended" });
    expect([burned?.now, burned?.next]).to.deep.equal([{ bonus: 700n }, { bonus: 0n }]);
  });

  it("of trust and of sales turns them round", () => {
    const [trust] = lines({ kind: "setTrusted", operator: OPERATOR, isTrusted: false });
    expect([trust?.now, trust?.next]).to.deep.equal([{ word: "trusted" }, { word: "notTrusted" }]);
    const [sales] = lines({ kind: "unpause", contract: "Resale" });
    expect([sales?.now, sales?.next]).to.deep.equal([{ word: "stopped" }, { word: "sells" }]);
  });

  it("never claims to know what was not read", () => {
    const calls: RoleCall[] = [
      { kind: "setPackages", packages: [{ credits: CREDIT, price: 1n }] },
      { kind: "setPlanPrice", planId: 2n, price: 1n },
      { kind: "setReferralTerms", referrerBps: 1, refereeBps: 1, cap: 1n },
      { kind: "setCommission", source: METER, bps: 1 },
      { kind: "fundCampaign", campaignId: 3n, amount: 1n, maxCost: 1n },
      { kind: "setTrusted", operator: OPERATOR, isTrusted: true },
      { kind: "pause", contract: "Resale" },
    ];
    for (const call of calls) expect(linesOf(call, nothing)[0]?.now, call.kind).to.deep.equal({ word: "unknown" });
  });
});

describe("the floor of what is sold", () => {
  it("is rounded up, as the contracts judge it", () => {
    expect(floorOf(1_000n * CREDIT, 8_000n)).to.equal(8_000_000n);
    expect(floorOf(CREDIT / 3n, 8_000n)).to.equal(2_667n);
  });
});
