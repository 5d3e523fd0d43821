import { feedbackRequestSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { LEAST_LETTERS, lettersLeft, MOST_LETTERS } from "./draft.ts";

const takes = (text: string) => feedbackRequestSchema.safeParse({ text, about: "dapp" }).success;

describe("feedback", () => {
  it("is as short and as long here as the operator takes it", () => {
    expect(takes("x".repeat(LEAST_LETTERS))).to.equal(true);
    expect(takes("x".repeat(LEAST_LETTERS - 1))).to.equal(false);
    expect(takes("x".repeat(MOST_LETTERS))).to.equal(true);
    expect(takes("x".repeat(MOST_LETTERS + 1))).to.equal(false);
  });

  it("says what is left only near the end, and never less than nothing", () => {
    expect(lettersLeft("")).to.equal(undefined);
    expect(lettersLeft("x".repeat(MOST_LETTERS - 201))).to.equal(undefined);
    expect(lettersLeft("x".repeat(MOST_LETTERS - 200))).to.equal(200);
    expect(lettersLeft("x".repeat(MOST_LETTERS + 5))).to.equal(0);
  });
});
