import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { UsageError } from "../failures.ts";
import { readCharacterFile } from "./character.ts";

const ANN = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const BEN = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

describe("A character's file", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "stelai-file-"));
    writeFileSync(join(folder, "mind.md"), "You row people over a river.");
    writeFileSync(
      join(folder, "mind.yaml"),
      "systemPrompt: You row.\nlore:\n  - { title: The river, text: Wide., keywords: [river] }\n",
    );
    writeFileSync(join(folder, "picture.txt"), "no picture");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const read = (text: string, name = "character.yaml") => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return readCharacterFile(file);
  };
  const refusal = (text: string): string => {
    try {
      read(text);
    } catch (error) {
      expect(error).to.be.instanceOf(UsageError);
      return (error as Error).message.replaceAll(folder, "");
    }
    return expect.fail("it was taken");
  };

  it("reads prices as they are written, to the microcredit, and leaves out what is not offered", () => {
    const { terms } = read(
      'name: A\nprices: { perInference: 0.1, perUnit: "0.000001", monthly: 1099511, annual: 12.5 }',
    );
    const none = { lifetime: 0n };
    const prices = { perInference: 100_000n, perUnit: 1n, monthly: 1_099_511_000_000n, annual: 12_500_000n };
    expect(terms).to.deep.equal({ ...none, ...prices });
  });

  it("reads a persona from the file itself, from a text, and from a file of its own", () => {
    expect(read("name: A\npersona: mind.md\ngreeting: Well met.").persona).to.deep.equal({
      ...{ name: "A", systemPrompt: "You row people over a river.", greeting: "Well met." },
    });
    expect(read("name: A\npersona: mind.yaml").persona).to.deep.equal({
      ...{ name: "A", systemPrompt: "You row.", lore: [{ title: "The river", text: "Wide.", keywords: ["river"] }] },
    });
    expect(read("name: A\npersona: { systemPrompt: Row. }").persona).to.deep.equal({ name: "A", systemPrompt: "Row." });
    expect(read("name: A\nmodality: Image\nstyle: { look: { line: ink } }").persona).to.deep.equal({
      ...{ kind: "style", name: "A", look: { line: "ink" } },
    });
  });

  it("reads shares in any order as a split, and all to one as that account", () => {
    const split = read(
      `name: A\nsplits:\n  - { to: "${ANN}", percent: 66.67 }\n  - { to: "${BEN}", percent: 33.33 }`,
    ).payee;
    expect(split?.shares.map(({ bps }) => bps)).to.deep.equal([3_333, 6_667]);
    expect(read(`name: A\nsplits: [{ to: "${ANN}", percent: 100 }]`).payee).to.deep.equal({
      payee: BigInt(ANN),
      shares: [],
    });
  });

  it("reads JSON alike, tabs and all", () => {
    const json = JSON.stringify({ name: "A", tags: ["x"], prices: { perUnit: 0.5 } }, null, "\t");
    expect(read(json, "character.json").terms.perUnit).to.equal(500_000n);
  });

  const wrong: [string, string, RegExp][] = [
    [
      "a price finer than a microcredit",
      "name: A\nprices:\n  perUnit: 0.0000001",
      /line 3: prices\.perUnit: must be credits/,
    ],
    ["a price below zero", "name: A\nprices: { monthly: -1 }", /line 2: prices\.monthly: must be credits/],
    ["a price above 40 bits", "name: A\nprices: { monthly: 1099512 }", /prices\.monthly: must be credits/],
    ["a price that is no number", "name: A\nprices: { monthly: .inf }", /prices\.monthly: must be credits/],
    ["a field that does not exist", "name: A\ntagline: B\npriec: 3", /line 3: priec: there is no such field/],
    [
      "a field of a persona that does not exist",
      "name: A\npersona:\n  systemPrompt: B\n  mood: C",
      /line 4: mood: there is no such field/,
    ],
    ["no name", "tagline: B", /name: is missing/],
    ["a field twice", "name: A\nname: B", /line 2: Map keys must be unique/],
    ["a modality that does not exist", "name: A\nmodality: Smell", /line 2: modality: must be one of Chat/],
    ["a persona of a tool", "name: A\nmodality: Image\npersona: mind.md", /line 3: persona: a tool has a style/],
    ["a picture that is not there", "name: A\npicture: nowhere.png", /line 2: picture: .*no such file/],
    ["a picture that is none", "name: A\npicture: picture.txt", /picture: .*is no picture/],
    [
      "a picture of a private character",
      "name: A\nvisibility: Private\npicture: picture.txt",
      /a private character has none/,
    ],
    ["a persona that is not there", "name: A\npersona: nowhere.md", /nowhere\.md cannot be read/],
    ["shares that are not all", `name: A\nsplits: [{ to: "${ANN}", percent: 99 }]`, /splits: the shares come to 99 %/],
    [
      "an account with two shares",
      `name: A\nsplits: [{ to: "${ANN}", percent: 50 }, { to: "${ANN}", percent: 50 }]`,
      /has one share/,
    ],
    ["an operator that is neither", "name: A\noperators: [somebody]", /operators\.0: must be the URL/],
    ["an alias", "name: &a A\ntagline: *a", /anchors? \(&name\) are not taken|aliases/],
    ["a tag of its own", "name: !!js/function A", /line 1: Unresolved tag/],
    ["what is nested too deeply", `name: A\npersona: ${"[".repeat(20_000)}`, /nested too deeply/],
    ["nested deeply, and closed", `name: A\ntags: ${"[".repeat(200)}${"]".repeat(200)}`, /nested too deeply/],
    ["no YAML at all", "name: [A", /line \d+: /],
    ["bytes that are no text", "\u0000", /cannot be used|line 1/],
  ];
  for (const [what, text, says] of wrong) {
    it(`is refused with its line for ${what}`, () => {
      expect(refusal(text)).to.match(says);
    });
  }

  it("is refused at once when its aliases would become gigabytes", () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
    for (const [at, of] of [..."bcdefghijkl"].map((letter, index) => [letter, "abcdefghijk"[index]])) {
      bomb.push(`${at}: &${at} [${Array(10).fill(`*${of}`).join(",")}]`);
    }
    expect(refusal(bomb.join("\n"))).to.match(/line 1: anchors/);
  });

  it("is refused when it is larger than any description", () => {
    expect(refusal(`name: A\ndescription: ${"x".repeat(1_048_577)}`)).to.include("at most 1048576 are read");
  });
});
