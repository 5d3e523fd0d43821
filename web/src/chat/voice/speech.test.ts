import { expect } from "chai";
import { speechOf } from "./speech.ts";

const say = (markdown: string, most = 4_000) => speechOf(markdown, { code: "code" }, most).text;

describe("what is said of an answer", () => {
  it("is its words, without emphasis, headings, quotes and rules", () => {
    expect(say("# Of **stone**\n\n> It is _old_, and ***hard***.\n\n---\n\nAsk ~~me~~ it.")).to.equal(
      "Of stone.\nIt is old, and hard.\nAsk me it.",
    );
    expect(say("**bold with *both* inside**")).to.equal("bold with both inside");
  });

  it("names a block of code and does not spell it, also one that was cut short", () => {
    expect(say("Try this:\n\n```ts\nconst a = 1;\n```\n\nThen that.")).to.equal("Try this:\ncode.\nThen that.");
    expect(say("So:\n~~~\nrm -rf *")).to.equal("So:\ncode.");
    expect(say("Call `a_b_c` twice.")).to.equal("Call a_b_c twice.");
  });

  it("says a link by its text and an address by its host", () => {
    expect(say("See [the *long* tale](https://a.example/b_(c)?d=1) and ![a fern](x.png).")).to.equal(
      "See the long tale and a fern.",
    );
    expect(say("At https://www.stone.example/a/b?c=d. Or <https://x.example/y>!")).to.equal(
      "At stone.example. Or x.example!",
    );
  });

  it("ends each item of a list and each row of a table", () => {
    expect(say("- one\n* two!\n+ [x] three\n1. four")).to.equal("one.\ntwo!\nthree.\n1. four.");
    expect(say("| Kind | Hard |\n|---|:--:|\n| flint | **very** |")).to.equal("Kind, Hard.\nflint, very.");
  });

  it("leaves alone what is no mark", () => {
    expect(say("2 * 3 * 4 is snake_case_name, a < b and \\*not\\* bold")).to.equal(
      "2 * 3 * 4 is snake_case_name, a < b and *not* bold",
    );
  });

  it("is nothing where there is nothing to say", () => {
    expect(say("***\n\n  \n")).to.equal("");
  });

  it("is cut at a sentence or at a word to what the tool takes, and says so", () => {
    const words = { code: "code" };
    expect(speechOf("One two. Three four. Five six.", words, 24)).to.deep.equal({
      text: "One two. Three four.",
      isCut: true,
    });
    expect(speechOf("One. Two three four five six", words, 20)).to.deep.equal({
      text: "One. Two three four",
      isCut: true,
    });
    expect(speechOf("a".repeat(9), words, 4)).to.deep.equal({ text: "aaaa", isCut: true });
    expect(speechOf("🪨🪨🪨", words, 3)).to.deep.equal({ text: "🪨🪨🪨", isCut: false });
    expect(speechOf("🪨🪨🪨", words, 2)).to.deep.equal({ text: "🪨🪨", isCut: true });
  });
});
