import { expect } from "chai";
import { analyze, loadLanguage } from "../../language.ts";
import { feelingOf, isCrisis } from "./feelings.ts";

describe("feelings", () => {
  before(function () {
    this.timeout(20_000);
    loadLanguage();
  });

  const told: readonly [string, string | undefined][] = [
    ["I am so sad today", "sadness"],
    ["I'm a bit anxious about the exam", "anxiety"],
    ["I'm not happy with how it went", "sadness"],
    ["I'm not worried at all", undefined],
    ["my boss is angry", undefined],
    ["that makes me really angry", "anger"],
    ["I can't sleep", "tiredness"],
    ["My grandmother died in spring", "grief"],
    ["tired.", "tiredness"],
    ["I have been feeling lonely since the move", "loneliness"],
    ["I'm happy to help", "joy"],
    ["the sea is angry", undefined],
    ["I am down the road", undefined],
    ["I feel burned out", "tiredness"],
  ];
  for (const [message, feeling] of told) {
    it(`reads ${feeling ?? "no feeling"} in "${message}"`, () => {
      expect(feelingOf(analyze(message))).to.equal(feeling);
    });
  }

  it("knows talk of self-harm, and does not see it in figures of speech", () => {
    for (const message of [
      "I want to die",
      "i've been thinking about killing myself",
      "everyone is better off without me",
    ]) {
      expect(isCrisis(analyze(message)), message).to.equal(true);
    }
    for (const message of ["this deadline is killing me", "I am dying to know", "how do I kill a process?"]) {
      expect(isCrisis(analyze(message)), message).to.equal(false);
    }
  });
});
