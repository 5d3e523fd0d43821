import { expect } from "chai";
import { barsOf, clock, stepFor } from "./waveform.ts";

describe("a waveform", () => {
  it("has the loudest of each stretch in a bar, and a line where it is silent", () => {
    expect(barsOf([0, 50, 10, 90], 2)).to.deep.equal([50, 90]);
    expect(barsOf([0, 0], 2)).to.deep.equal([4, 4]);
    expect(barsOf([], 3)).to.deep.equal([4, 4, 4]);
  });

  it("repeats peaks where there are fewer than bars", () => {
    expect(barsOf([20, 80], 4)).to.deep.equal([20, 20, 80, 80]);
  });

  it("is walked by keys, within its length", () => {
    expect(stepFor("ArrowRight", 10, 60)).to.equal(15);
    expect(stepFor("ArrowLeft", 2, 60)).to.equal(0);
    expect(stepFor("ArrowRight", 4.5, 5)).to.equal(5);
    expect(stepFor("ArrowRight", 1, 5), "small steps on a short one").to.equal(2);
    expect(stepFor("Home", 30, 60)).to.equal(0);
    expect(stepFor("End", 30, 60)).to.equal(60);
    expect(stepFor("a", 30, 60)).to.equal(undefined);
  });

  it("is read as a clock", () => {
    expect(clock(7.9)).to.equal("0:07");
    expect(clock(750)).to.equal("12:30");
    expect(clock(-1)).to.equal("0:00");
  });
});
