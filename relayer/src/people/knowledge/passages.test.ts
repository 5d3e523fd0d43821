import { expect } from "chai";
import { cutPassages } from "./passages.ts";

const words = (text: string) => text.replace(/\s+/g, " ").trim();

describe("cutPassages", () => {
  it("joins short paragraphs under one heading, and begins anew at the next one", () => {
    const passages = cutPassages("One.\n\nTwo.\n\n## Storms\n\nThree.\nFour.\n", "Guide");
    expect(passages).to.deep.equal([
      { title: "Guide", text: "One.\nTwo." },
      { title: "Storms", text: "Three.\nFour." },
    ]);
  });

  it("cuts long paragraphs between sentences and loses none of their words", () => {
    const sentences = Array.from({ length: 80 }, (_, i) => `Sentence number ${i} speaks of the sea and of the light.`);
    const passages = cutPassages(sentences.join(" "), "Sea");
    expect(passages.length).to.be.greaterThan(3);
    for (const { text } of passages) {
      expect(text.length).to.be.at.most(1_000);
      expect(text).to.match(/^Sentence number .*\.$/s);
    }
    expect(words(passages.map(({ text }) => text).join(" "))).to.equal(sentences.join(" "));
  });

  it("cuts what has neither sentences nor spaces, and leaves whole characters", () => {
    const passages = cutPassages("🌊".repeat(1_700), "Waves");
    expect(passages).to.deep.equal([]);
    const letters = cutPassages(`${"字".repeat(999)}🌊${"字".repeat(1_500)}`, "Signs");
    expect(letters.map(({ text }) => text).join("")).to.equal(`${"字".repeat(999)}🌊${"字".repeat(1_500)}`);
    for (const { text } of letters) expect(text.isWellFormed()).to.equal(true);
  });

  it("gives nothing for what says nothing", () => {
    expect(cutPassages(" \n\n---\n\n***\n", "Empty")).to.deep.equal([]);
  });
});
