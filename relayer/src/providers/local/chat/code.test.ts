import { expect } from "chai";
import { codeIn, reviewCode } from "./code.ts";

const review = (source: string): string => reviewCode(codeIn(`\`\`\`\n${source}\n\`\`\``) ?? []);

describe("code remarks", () => {
  it("finds source in a fence, in backticks and in bare lines, and none in prose", () => {
    expect(codeIn("look:\n```js\nlet a = 1;\n```")).to.deep.equal(["let a = 1;"]);
    expect(codeIn("is `if (a = 1) {}` fine?")).to.deep.equal(["if (a = 1) {}"]);
    expect(codeIn("def f(x):\n    return x\nprint(f(2))")).to.have.length(3);
    expect(codeIn("I wrote a function and it does not work, what should I do?")).to.equal(undefined);
    expect(codeIn("what does `map` do?")).to.equal(undefined);
  });

  it("names the line of a swallowed error, an off-by-one and an assignment in a condition", () => {
    const remarks = review(
      "for (let i = 0; i <= list.length; i++) {\n  try { go() } catch (e) {}\n  if (a = 1) go()\n}",
    );
    expect(remarks).to.match(/Line 1 runs up to and including/);
    expect(remarks).to.match(/Line 2 catches an error and says nothing/);
    expect(remarks).to.match(/Line 3 assigns inside a condition/);
  });

  it("says that it runs nothing, also when no pattern objects", () => {
    expect(review("const sum = (a, b) => a + b;")).to.match(/cannot run it/);
    expect(review("try { go() } catch (e) {}")).to.match(/cannot run/);
  });
});
