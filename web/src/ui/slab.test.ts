import { expect } from "chai";
import { randomFrom, slabOf } from "./slab.ts";

describe("slab", () => {
  it("is the same for the same id", () => {
    expect(slabOf("character:7")).to.deep.equal(slabOf("character:7"));
  });

  it("differs between neighbouring ids", () => {
    const slabs = new Set(Array.from({ length: 200 }, (_, id) => JSON.stringify(slabOf(`character:${id}`))));
    expect(slabs.size).to.be.greaterThan(190);
  });

  it("draws from every stone", () => {
    const stones = new Set(Array.from({ length: 200 }, (_, id) => slabOf(`character:${id}`).stone[0]));
    expect(stones.size).to.equal(8);
  });

  it("draws numbers from zero up to one", () => {
    const random = randomFrom("");
    for (let draw = 0; draw < 1_000; draw++) expect(random()).to.be.within(0, 1 - Number.EPSILON);
  });
});
