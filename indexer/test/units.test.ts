import { expect } from "chai";
import fc from "fast-check";
import type { Hex } from "viem";
import { EXPIRATION, operationState } from "../src/accessManager.ts";
import { csvOf } from "../src/api/csv.ts";
import { type Share, ShareBook } from "../src/api/shares.ts";
import { dateOf, dayOfDate } from "../src/api/statement.ts";
import { added, cleanText, payeeHex } from "../src/chain.ts";

const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const split = (digit: string): Hex => `0x${digit.repeat(64)}`;

describe("Payees as the tables name them", () => {
  it("are 20 bytes below 2^160 and 32 from there on", () => {
    expect(payeeHex(1n)).to.equal(`0x${"0".repeat(39)}1`);
    expect(payeeHex(2n ** 160n - 1n)).to.equal(account("f"));
    expect(payeeHex(2n ** 160n)).to.have.length(66);
  });
});

describe("Text of strangers", () => {
  it("loses NUL and halves of characters, and nothing else, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1_200 }), (text) => {
        const clean = cleanText(text);
        expect(clean.length).to.be.at.most(1_024);
        expect(clean.isWellFormed()).to.equal(true);
        expect(clean).not.to.include("\0");
        if (text.length <= 1_024 && text.isWellFormed()) expect(clean).to.equal(text.replaceAll("\0", "\uFFFD"));
      }),
    );
  });
});

describe("Adding to a row", () => {
  it("adds to the columns named and to no other", () => {
    expect(added({ money: 5n, count: 1, name: "a" }, { money: -7n, count: 2 })).to.deep.equal({ money: -2n, count: 3 });
  });

  it("of a column that holds no number, is refused", () => {
    expect(() => added({ name: "a" }, { name: "b" })).to.throw(TypeError, "name");
  });
});

describe("A book of shares", () => {
  const [alice, bob] = [account("a"), account("b")];
  const [outer, inner] = [split("c"), split("d")];
  const shares = new Map<Hex, Share[]>([
    [
      inner,
      [
        { recipient: alice, bps: 3_333 },
        { recipient: bob, bps: 6_667 },
      ],
    ],
    [
      outer,
      [
        { recipient: alice, bps: 1 },
        { recipient: inner, bps: 9_999 },
      ],
    ],
  ]);

  it("gives a split's dust to nobody and everything else to someone, in any order of amounts", () => {
    const amounts = fc.array(fc.tuple(fc.constantFrom(outer, inner, alice, bob), fc.bigInt(0n, 10n ** 20n)));
    fc.assert(
      fc.property(amounts, (credits) => {
        const books = [alice, bob].map((each) => new ShareBook(each, shares));
        const credited = books.map((book) => credits.reduce((sum, credit) => sum + book.credit(...credit), 0n));
        const total = credits.reduce((sum, [, amount]) => sum + amount, 0n);
        const dust = total - credited.reduce((sum, each) => sum + each, 0n);
        expect(dust >= 0n && dust < 4n, `dust ${dust}`).to.equal(true);
      }),
    );
  });

  it("rounds from the running total: many small amounts pay what one large one pays", () => {
    const many = new ShareBook(alice, shares);
    let sum = 0n;
    for (let each = 0; each < 1_000; each++) sum += many.credit(inner, 1n);
    expect(sum).to.equal(new ShareBook(alice, shares).credit(inner, 1_000n)).and.to.equal(333n);
  });
});

describe("Dates of a statement", () => {
  it("go to days and back", () => {
    expect(dayOfDate("1970-01-02")).to.equal(1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (day) => {
        expect(dayOfDate(dateOf(day))).to.equal(day);
      }),
    );
  });

  it("that no calendar has are none", () => {
    for (const date of ["2026-02-30", "2026-13-01", "yesterday", "2026-1-1"])
      expect(dayOfDate(date)).to.equal(undefined);
  });
});

describe("A table as CSV", () => {
  it("runs nothing in a spreadsheet, and keeps numbers below zero", () => {
    const cells = ["=1+1", "+1", "-1", "-0.5", "-x", "@a", "\tb", 'a "b", c', "two\nlines", null, 7n];
    expect(csvOf(["a", "=b"], [cells])).to.equal(
      ["a,'=b", `'=1+1,'+1,-1,-0.5,'-x,'@a,'\tb,"a ""b"", c","two\nlines",,7`, ""].join("\r\n"),
    );
  });
});

describe("What was scheduled with the AccessManager", () => {
  it("waits, is ready for a week, and expires, unless it was made or taken back", () => {
    const open = { readyAt: 100n, executedAt: null, cancelledAt: null };
    const at = (now: bigint) => operationState(open, now);
    expect([at(99n), at(100n), at(99n + EXPIRATION), at(100n + EXPIRATION)]).to.deep.equal([
      "waiting",
      "ready",
      "ready",
      "expired",
    ]);
    expect(operationState({ ...open, executedAt: 120n }, 10n ** 9n)).to.equal("executed");
    expect(operationState({ ...open, cancelledAt: 120n }, 10n ** 9n)).to.equal("cancelled");
  });
});
