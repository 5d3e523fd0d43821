import { expect } from "chai";
import { flowsTo } from "./actions/payouts/findFlows.ts";
import { addressOf, InvalidSplitError, isSplit, payeeOf, type Share, sortShares, splitOf } from "./splits.ts";

const ann = payeeOf("0x00000000000000000000000000000000000000a1");
const ben = payeeOf("0x00000000000000000000000000000000000000b2");

describe("A split", () => {
  it("is named by its shares, and is not an address", () => {
    const split = splitOf([
      { recipient: ann, bps: 7_000 },
      { recipient: ben, bps: 3_000 },
    ]);
    expect(isSplit(split)).to.equal(true);
    expect(addressOf(split)).to.equal(undefined);
    expect(addressOf(ann)).to.equal("0x00000000000000000000000000000000000000A1");
  });

  const bad: [string, Share[]][] = [
    ["no shares", []],
    ["more than 32", Array.from({ length: 33 }, (_, i) => ({ recipient: BigInt(i + 1), bps: 303 }))],
    [
      "recipients out of order",
      [
        { recipient: ben, bps: 5_000 },
        { recipient: ann, bps: 5_000 },
      ],
    ],
    [
      "a recipient twice",
      [
        { recipient: ann, bps: 5_000 },
        { recipient: ann, bps: 5_000 },
      ],
    ],
    ["a zero recipient", [{ recipient: 0n, bps: 10_000 }]],
    [
      "an empty share",
      [
        { recipient: ann, bps: 0 },
        { recipient: ben, bps: 10_000 },
      ],
    ],
    ["a sum of 9,999", [{ recipient: ann, bps: 9_999 }]],
    [
      "half a basis point",
      [
        { recipient: ann, bps: 0.5 },
        { recipient: ben, bps: 9_999.5 },
      ],
    ],
  ];
  for (const [what, shares] of bad) {
    it(`is refused with ${what}`, () => {
      expect(() => splitOf(shares)).to.throw(InvalidSplitError);
    });
  }

  it("sorts its shares as it needs them", () => {
    expect(
      sortShares([
        { recipient: ben, bps: 1 },
        { recipient: ann, bps: 2 },
      ]),
    ).to.deep.equal([
      { recipient: ann, bps: 2 },
      { recipient: ben, bps: 1 },
    ]);
  });
});

describe("The flows to a payee", () => {
  it("go through splits of splits, outermost first, and leave out what leads elsewhere", () => {
    const inner = [
      { recipient: ann, bps: 4_000 },
      { recipient: ben, bps: 6_000 },
    ];
    const innerId = splitOf(inner);
    const outer = [
      { recipient: ben, bps: 5_000 },
      { recipient: innerId, bps: 5_000 },
    ];
    const other = [{ recipient: ben, bps: 10_000 }];
    const registered = [inner, outer, other].map((shares) => ({ split: splitOf(shares), shares }));
    expect(flowsTo(ann, registered)).to.deep.equal([
      { shares: outer, index: 1n },
      { shares: inner, index: 0n },
    ]);
  });
});
