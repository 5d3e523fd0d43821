import type { Style } from "@stelai/sdk/wire";
import { expect } from "chai";
import { readBrief } from "./brief.ts";
import { fromHex } from "./colour.ts";

const read = (prompt: string, style?: Style) => readBrief(prompt, style, 1);

describe("The painter's reading of a prompt", () => {
  it("finds scene, time, season and weather in words, in plurals and in emoji", () => {
    expect(read("It snows on the mountains at dusk")).to.include({
      scene: "landscape",
      time: "dusk",
      season: "winter",
      weather: "snow",
    });
    expect(read("waves and gulls, a misty morning")).to.include({ scene: "seascape", time: "dawn", weather: "fog" });
    expect(read("🏙 🌙 ☔")).to.include({ scene: "city", time: "night", weather: "rain" });
    expect(read("a nebula").scene).to.equal("cosmos");
    expect(read("tulips in a vase").scene).to.equal("botanical");
    expect(read("a geometric composition")).to.include({ scene: "abstract", form: "shapes" });
  });

  it("counts what is said to be many, and lets a style overrule the scene", () => {
    expect(read("three red balloons over two cabins").things.get("balloon")).to.equal(3);
    expect(read("three red balloons over two cabins").things.get("cabin")).to.equal(2);
    expect(read("boats").things.get("boat")).to.equal(0);
    const style: Style = { kind: "style", name: "x", instructions: "", look: { scene: "city", line: "ink" } };
    expect(read("a forest", style)).to.include({ scene: "city", line: "ink" });
  });

  it("keeps colours in the order they were said", () => {
    expect(read("teal and crimson").colours).to.deep.equal([fromHex("#2E9C8F"), fromHex("#C8322B")]);
  });

  it("draws another seed for every other prompt, style and seed", () => {
    const seeds = [
      read("a"),
      read("b"),
      readBrief("a", undefined, 2),
      read("a", { kind: "style", name: "x", instructions: "" }),
    ].map(({ seed }) => seed);
    expect(new Set(seeds).size).to.equal(4);
  });
});
