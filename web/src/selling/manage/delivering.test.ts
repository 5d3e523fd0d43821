import { expect } from "chai";
import { deliveringOf } from "./delivering.ts";

const OPERATOR = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

describe("who delivers what is offered here", () => {
  it("is this operator, once it says that it holds the file", () => {
    expect(deliveringOf(OPERATOR, true, undefined)).to.deep.equal({ state: "here", attestor: OPERATOR });
  });

  it("is nobody for a file that it does not hold, whatever else is known", () => {
    expect(deliveringOf(OPERATOR, false, undefined)).to.deep.equal({ state: "missing" });
    expect(deliveringOf(undefined, false, new Error("silent"))).to.deep.equal({ state: "missing" });
  });

  it("is not known while either answer is missing, and the reason is told", () => {
    expect(deliveringOf(OPERATOR, undefined, undefined).state).to.equal("asking");
    expect(deliveringOf(undefined, true, undefined).state).to.equal("asking");
    const error = new Error("silent");
    expect(deliveringOf(OPERATOR, undefined, error)).to.deep.equal({ state: "silent", error });
  });

  it("stays who it was when it cannot be asked again", () => {
    expect(deliveringOf(OPERATOR, true, new Error("silent")).state).to.equal("here");
  });
});
