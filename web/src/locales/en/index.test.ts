import { expect } from "chai";
import { APART, en } from "./index.ts";

describe("the catalogues", () => {
  it("have what was done in the frame, since every page tells of it", () => {
    const intents = Object.keys(en).filter((id) => /intent/i.test(id));
    const apart = new Set(Object.values(APART).flatMap((area) => Object.keys(area)));
    expect(intents).not.to.be.empty;
    expect(intents.filter((id) => apart.has(id))).to.deep.equal([]);
  });

  it("say each sentence in one place", () => {
    const apart = Object.values(APART).flatMap((area) => Object.keys(area));
    expect(new Set(apart).size).to.equal(apart.length);
  });
});
