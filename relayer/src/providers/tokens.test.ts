import { expect } from "chai";
import fc from "fast-check";
import type { ChatMessage } from "./provider.ts";
import {
  countMessages,
  countTokens,
  loadTokenizer,
  takeTokens,
  upperBoundMessages,
  upperBoundTokens,
} from "./tokens.ts";

/** Any text at all: ordinary words, every plane of Unicode, lone surrogates, and long runs of one character. */
const anyText = fc.oneof(
  fc.lorem({ maxCount: 40 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
  fc
    .tuple(fc.string({ unit: "binary", minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 400 }))
    .map(([unit, times]) => unit.repeat(times)),
);
const anyMessages = fc.array(
  fc.record({ role: fc.constantFrom<ChatMessage["role"]>("system", "user", "assistant"), content: anyText }),
  { maxLength: 5 },
);

describe("tokens", () => {
  before(function () {
    this.timeout(20_000);
    loadTokenizer();
  });

  it("counts as o200k_base does", () => {
    expect(countTokens("")).to.equal(0);
    expect(countTokens("hello world")).to.equal(2);
    expect(countTokens("The lamp is lit, and the kettle is nearly.")).to.equal(
      loadTokenizer().encode("The lamp is lit, and the kettle is nearly.").length,
    );
  });

  it("counts the names of special tokens as ordinary text", () => {
    expect(countTokens("<|endoftext|>")).to.be.greaterThan(1);
  });

  it("counts the frame of every message and of the reply", () => {
    expect(countMessages([])).to.equal(3);
    expect(countMessages([{ role: "user", content: "hello world" }])).to.equal(3 + 4 + 2);
  });

  it("never counts more tokens than the bound promised, whatever the text", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(countTokens(text)).to.be.at.most(upperBoundTokens(text));
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(anyMessages, (messages) => {
        expect(countMessages(messages)).to.be.at.most(upperBoundMessages(messages));
      }),
      { numRuns: 300 },
    );
  });

  it("cuts at whole characters, inside the limit, and only where something is left off", function () {
    this.timeout(60_000);
    const whole = anyText.filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 60 }), (text, limit) => {
        const taken = takeTokens(text, limit);
        expect(text.startsWith(taken.text)).to.equal(true);
        expect(taken.text.isWellFormed()).to.equal(true);
        expect(taken.truncated).to.equal(countTokens(text) > limit);
        if (!taken.truncated) expect(taken.text).to.equal(text);
      }),
      { numRuns: 500 },
    );
  });

  it("cuts a long run between characters, not inside a surrogate pair", () => {
    const text = `a${"😀".repeat(400)}`;
    for (let limit = 0; limit <= countTokens(text); limit += 1) {
      expect(takeTokens(text, limit).text.isWellFormed(), String(limit)).to.equal(true);
    }
  });

  it("counts a hundred thousand letters without a break in pieces, not in a quadratic merge", function () {
    this.timeout(20_000);
    // In one piece this takes several seconds; the pieces' sum is what is promised, so it is what is checked.
    const letters = "a".repeat(100_000);
    const piece = countTokens("a".repeat(256));
    expect(countTokens(letters)).to.equal(Math.floor(100_000 / 256) * piece + countTokens("a".repeat(100_000 % 256)));
  });
});
