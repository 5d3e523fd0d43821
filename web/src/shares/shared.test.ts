import { expect } from "chai";
import { isOf, kindOf, pictureOf } from "./shared.ts";

describe("a share", () => {
  it("is of the thing that it names, not of another kind with the same number", () => {
    expect(isOf({ kind: "work", subject: "7" }, { workId: 7n })).to.equal(true);
    expect(isOf({ kind: "character", subject: "7" }, { workId: 7n })).to.equal(false);
    expect(isOf({ kind: "character", subject: "7" }, { characterId: 7n })).to.equal(true);
    expect(isOf({ kind: "work", subject: "7" }, { characterId: 7n })).to.equal(false);
    expect(isOf({ kind: "generation", subject: "7" }, { generationId: "7" })).to.equal(true);
    expect(isOf({ kind: "generation", subject: "7" }, { workId: 7n })).to.equal(false);
    expect(isOf({ kind: "work", subject: "70" }, { workId: 7n })).to.equal(false);
  });

  it("has a kind of its own", () => {
    expect(kindOf({ generationId: "g" })).to.equal("generation");
    expect(kindOf({ workId: 1n })).to.equal("work");
    expect(kindOf({ characterId: 1n })).to.equal("character");
  });

  it("has its picture beside its page", () => {
    expect(pictureOf("https://relayer.example/share/abc")).to.equal("https://relayer.example/share/abc/image.png");
    expect(pictureOf("https://relayer.example/base/share/abc/?x=1")).to.equal(
      "https://relayer.example/base/share/abc/image.png",
    );
  });
});
