import { expect } from "chai";
import { newOnes } from "./arrival.ts";

const items = (...list: [id: string, read: boolean][]) => list.map(([id, read]) => ({ id, read }));

describe("what is new in the feed", () => {
  it("is what was never read", () => {
    expect([...newOnes(items(["3", false], ["2", true], ["1", true]), undefined)]).to.deep.equal(["3"]);
  });

  it("stays marked after looking at it made it read", () => {
    const read = items(["3", true], ["2", true], ["1", true]);
    expect([...newOnes(read, { newest: "3", unread: 2 })]).to.deep.equal(["3", "2"]);
  });

  it("is marked on older pages too when they were not read before", () => {
    const pages = items(["4", true], ["3", true], ["2", true], ["1", true]);
    expect([...newOnes(pages, { newest: "4", unread: 3 })]).to.deep.equal(["4", "3", "2"]);
  });

  it("counts what came later apart from what was there on arrival", () => {
    const list = items(["5", false], ["4", true], ["3", true]);
    expect([...newOnes(list, { newest: "4", unread: 1 })]).to.deep.equal(["5", "4"]);
  });
});
