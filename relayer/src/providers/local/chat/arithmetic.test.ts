import { expect } from "chai";
import fc from "fast-check";
import { workOut } from "./arithmetic.ts";

describe("arithmetic", () => {
  const sums: readonly [string, string][] = [
    ["What is twelve times 7?", "84"],
    ["17 * 23", "391"],
    ["what is one hundred and five minus twenty-five?", "80"],
    ["two thousand three hundred and four times 2 =", "4,608"],
    ["15% of 80", "12"],
    ["how much is half of 90?", "45"],
    ["what is 10/4", "2.5"],
    ["what is 0.1 + 0.2?", "0.3"],
    ["1/3", "about 0.333333, exactly 1/3"],
    ["what is the square root of 144", "12"],
    ["sqrt 2", "about 1.414214"],
    ["Calculate (3+4)*-2 - 1", "-15"],
    ["what is 2^64", "18,446,744,073,709,551,616"],
    ["what is 3 squared plus 4 squared?", "25"],
    ["5 minus 12", "-7"],
    ["1,200 / 7", "about 171.428571, exactly 1200/7"],
  ];
  for (const [asked, result] of sums) {
    it(`answers "${asked}" with ${result}`, () => {
      expect(workOut(asked)).to.include({ kind: "result", result });
    });
  }

  const declined: readonly [string, string][] = [
    ["5/0", "division by zero"],
    ["what is 9^999?", "too large"],
    ["what is the square root of -4?", "not a real number"],
    ["If I have three apples and eat two, how many are left?", "in words"],
    ["what is the integral of 2x from 0 to 3", "in words"],
  ];
  for (const [asked, reason] of declined) {
    it(`declines "${asked}": ${reason}`, () => {
      expect(workOut(asked)).to.include({ kind: "declined", reason });
    });
  }

  for (const talk of [
    "I work 24/7 at the shop",
    "I was born on 2026-11-21",
    "I have two dogs and three cats",
    "tell me about chapter 7",
    "one two three",
    "e4 e5",
    "what is love?",
  ]) {
    it(`finds no sum in "${talk}"`, () => {
      expect(workOut(talk)).to.equal(undefined);
    });
  }

  it("agrees with bigint arithmetic on any two whole numbers", () => {
    const integer = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(integer, integer, fc.constantFrom("+", "-", "*"), (a, b, sign) => {
        const expected = sign === "+" ? a + b : sign === "-" ? a - b : a * b;
        const found = workOut(`what is (${a}) ${sign} (${b})?`);
        expect(found?.kind === "result" && found.result.replaceAll(",", "")).to.equal(String(expected));
      }),
      { numRuns: 1_000 },
    );
  });

  it("never throws, whatever is typed", () => {
    const keys = fc.constantFrom(..."0123456789+-*/^%(). √".split(""));
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 60 }), (typed) => {
        workOut(`what is ${typed.join("")}?`);
      }),
      { numRuns: 2_000 },
    );
  });
});
