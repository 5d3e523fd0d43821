import { expect } from "chai";
import { mostMessages, parseMessages } from "./messages.ts";

describe("messages a month", () => {
  it("are as remembered, or the usual where nothing readable is", () => {
    expect(parseMessages("120")).to.equal(120);
    for (const text of [null, "", "many", "-5", "1.5", "9999999"]) expect(parseMessages(text), `${text}`).to.equal(60);
  });

  it("go past the last point from which a pass is cheaper", () => {
    expect(mostMessages([null, 40n])).to.equal(300);
    expect(mostMessages([null, 40n, 400n])).to.equal(500);
    expect(mostMessages([10n ** 12n])).to.equal(50_000);
  });
});
