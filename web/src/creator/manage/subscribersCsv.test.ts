import type { Subscriber } from "@stelai/sdk";
import { expect } from "chai";
import { subscribersCsv } from "./subscribersCsv.ts";

const ANN = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const subscriber: Subscriber = {
  ...{ account: ANN, active: true, lifetime: false, since: 86_400n, until: 2_678_400n },
  ...{ plan: "Monthly", mandate: 5_000_000n, paid: 10_000_000n, refunded: 1n },
};

describe("subscribers as a file", () => {
  it("are a line each under the names of its columns, every amount to the microcredit", () => {
    expect(subscribersCsv([subscriber]).split("\r\n")).to.deep.equal([
      "account,active,lifetime,since,until,renews_as,renews_at_most_microcredits,paid_microcredits,refunded_microcredits",
      `${ANN},yes,no,1970-01-02T00:00:00.000Z,1970-02-01T00:00:00.000Z,Monthly,5000000,10000000,1`,
      "",
    ]);
  });

  it("leave empty what there is none of", () => {
    const line = subscribersCsv([{ ...subscriber, lifetime: true, until: 0n, plan: null, mandate: 0n }]).split(
      "\r\n",
    )[1];
    expect(line).to.equal(`${ANN},yes,yes,1970-01-02T00:00:00.000Z,,,0,10000000,1`);
  });
});
