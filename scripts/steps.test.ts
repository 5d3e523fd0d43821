import { expect } from "chai";
import { chooseSteps, runSteps, type Say, type Step } from "./steps.ts";

/** A step that says its name when it begins, and ends when it is told to. */
function held(name: string, after: string[] = [], ok = true) {
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<Say>();
  const step: Step = {
    name,
    after,
    run: async (say) => {
      say(`${name}\n`);
      begun.resolve(say);
      await gate.promise;
      return { ok, passed: 1 };
    },
  };
  return { step, end: gate.resolve, begun: begun.promise };
}

const titles = (shown: string[]) => shown.join("").replaceAll(/\n── /g, "");

describe("Steps of the gate", () => {
  it("run two at a time, each once those it needs are done, and show what they say one after the other", async () => {
    const [a, b, c] = [held("a"), held("b"), held("c", ["a"])];
    const shown: string[] = [];
    const end = runSteps([a.step, b.step, c.step], 2, (text) => shown.push(text));
    await Promise.all([a.begun, b.begun]);
    expect(titles(shown)).to.equal("a\na\n");
    a.end();
    await c.begun;
    expect(titles(shown)).to.equal("a\na\nb\nb\n");
    c.end();
    b.end();
    expect(await end).to.include({ failed: undefined, passed: 3 });
    expect(titles(shown)).to.equal("a\na\nb\nb\nc\nc\n");
  });

  it("begin nothing more once one failed, and show all that ran", async () => {
    const [a, b, c] = [held("a"), held("b", [], false), held("c")];
    const shown: string[] = [];
    const end = runSteps([a.step, b.step, c.step], 2, (text) => shown.push(text));
    b.end();
    await a.begun;
    a.end();
    expect(await end).to.include({ failed: "b", passed: 2 });
    expect(titles(shown)).to.equal("a\na\nb\nb\n");
  });

  it("bring what they need built when they are chosen, and wait for it, without the tests between", async () => {
    const steps = [held("build:a"), held("test", ["build:a"]), held("build:b"), held("wanted", ["test"])];
    const chosen = chooseSteps(
      steps.map(({ step }) => step),
      ["wanted"],
    );
    expect(chosen.map(({ name }) => name)).to.deep.equal(["build:a", "wanted"]);
    expect(chosen[1]?.after).to.include("build:a");
  });

  it("need not wait for what is not asked for", async () => {
    const alone = held("alone", ["something else"]);
    alone.end();
    expect(await runSteps([alone.step], 2, () => {})).to.include({ failed: undefined, passed: 1 });
  });
});
