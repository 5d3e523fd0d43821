import { expect } from "chai";
import { UnspeakableTextError } from "./errors.ts";
import { passagesOf, speakable } from "./text.ts";

describe("text to speak", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["markup", "<speak>Hello <b>you</b></speak>", "Hello you"],
    ["Markdown", "## News\n- **one**\n- [two](https://example.org/x)", "News\none\ntwo"],
    ["emoji", "Well done 🎉👍🏽!", "Well done !"],
    ["typographic quotes and dashes", "“It’s late” — she said…", '"It\'s late", she said...'],
    ["accents", "Café Zürich, naïve Łódź", "Cafe Zurich, naive Lodz"],
    ["signs", "Fish & chips: £12, 5 % off at 20 °C", "Fish and chips: 12 pounds, 5 percent off at 20 degrees Celsius"],
    ["full-width letters", "ＡＢＣ １２３", "ABC 123"],
    ["entities", "Tom &amp; Ann &lt;3", "Tom and Ann 3"],
  ];
  for (const [what, text, said] of cases) {
    it(`turns ${what} into words that can be said`, () => {
      expect(speakable(text)).to.equal(said);
    });
  }

  for (const text of ["你好，世界", "Привет, как дела?", "مرحبا بالعالم", "שלום world and more עולם עולם עולם עולם"]) {
    it(`refuses ${text}, which no English voice can read`, () => {
      expect(() => speakable(text)).to.throw(UnspeakableTextError, /another script/);
    });
  }

  for (const text of ["🎉🎉", "...!?", "<b></b>", " \n\t ", "—"]) {
    it(`refuses ${JSON.stringify(text)}, in which there is nothing to say`, () => {
      expect(() => speakable(text)).to.throw(UnspeakableTextError, /nothing in this text/);
    });
  }

  it("says the rest when a few words are of another script", () => {
    expect(speakable("The word 水 means water")).to.equal("The word means water");
  });

  it("leaves nothing but printable ASCII and line breaks", () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code + 1)).join("");
    const latin = "words ".repeat(4_000);
    expect(speakable(latin + all)).to.match(/^[\x20-\x7e\n]+$/);
  });

  it("cuts long texts at sentences, and what has none at all between words", () => {
    const sentences = passagesOf(speakable("This is a sentence of some length. ".repeat(60)));
    expect(sentences.length).to.be.above(5);
    for (const { text } of sentences) expect(text).to.match(/\.$/);
    for (const { text } of passagesOf(speakable("x".repeat(4_000)))) expect(text.length).to.be.at.most(280);
    for (const { text } of passagesOf(speakable("word ".repeat(800)))) expect(text.length).to.be.at.most(280);
  });

  it("loses no word by cutting", () => {
    const text = Array.from({ length: 700 }, (_, index) => `w${index}${index % 9 === 0 ? "," : ""}`).join(" ");
    const cut = passagesOf(speakable(text)).map((passage) => passage.text);
    expect(cut.join(" ")).to.equal(text);
  });

  it("reads a text that is all brackets and angle signs within a moment", () => {
    const hostile = `a${"<".repeat(1_500)}${"[](".repeat(700)}${"&".repeat(300)}`;
    expect(speakable(hostile)).to.be.a("string");
  });
});
