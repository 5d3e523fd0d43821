import { CREDIT_ENTRY_KINDS } from "@stelai/sdk";
import { expect } from "chai";
import { en } from "../locales/en/index.ts";
import { isSpan, sentenceOf, signed, statementName } from "./history.ts";

const ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("An entry of the history", () => {
  it("has words whatever it was, and one that is not known here is called a change", () => {
    for (const kind of [...CREDIT_ENTRY_KINDS, "Tomorrow"]) expect(en).to.have.property(sentenceOf(kind));
    expect(sentenceOf("Tomorrow")).to.equal("history.kind.other");
  });

  it("shows its sign, and nothing where nothing changed", () => {
    expect([5n, -5n, 0n].map((amount) => signed(amount, String))).to.deep.equal(["+5", "−5", ""]);
  });
});

describe("A statement's days", () => {
  it("are optional, and the first is not after the last", () => {
    expect(isSpan("", "")).to.equal(true);
    expect(isSpan("2026-11-02", "")).to.equal(true);
    expect(isSpan("2026-11-02", "2026-11-02")).to.equal(true);
    expect(isSpan("2026-11-02", "2026-10-31")).to.equal(false);
  });

  it("stand in the name of its file", () => {
    expect(statementName(ACCOUNT, "", "2026-11-30")).to.equal("stelai-0x70997970-first-2026-11-30.csv");
  });
});
