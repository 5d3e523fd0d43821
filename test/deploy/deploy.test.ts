import { expect } from "chai";
import { deployed, ethers, networkHelpers, PACKAGES } from "../fixtures.ts";

describe("deploy", () => {
  it("puts every contract where the others were told it would be", async () => {
    const w = await networkHelpers.loadFixture(deployed);
    expect(await w.stelai.creditStore()).to.equal(w.store.target);
    expect(await w.characters.meter()).to.equal(w.meter.target);
    expect(await w.meter.characters()).to.equal(w.characters.target);
    expect(await w.payouts.creditStore()).to.equal(w.store.target);
    expect(await ethers.provider.getCode(String(w.meter.target))).not.to.equal("0x");
    expect((await w.store.packages()).table).to.deep.equal(PACKAGES.map((p) => [p.credits, p.price]));
  });
});
