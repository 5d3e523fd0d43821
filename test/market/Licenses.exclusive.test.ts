import { expect } from "chai";
import { DAY, networkHelpers } from "../fixtures.ts";
import { addOffer, at, HOUR, released, Status, statusOf, Tier, withOrder, withWork } from "./world.ts";

const load = networkHelpers.loadFixture;

describe("An exclusive licence", () => {
  it("goes to the first of two that race for it, and closes every other tier", async () => {
    const w = await load(withWork);
    const other = await addOffer(w, { tier: Tier.Exclusive, supply: 1n });
    await w.licenses.connect(w.alice).buy(3n, w.alice.address);
    await expect(w.licenses.connect(w.carol).buy(3n, w.carol.address))
      .to.be.revertedWithCustomError(w.licenses, "SoldOut")
      .withArgs(3n);
    for (const id of [1n, 2n, other]) {
      await expect(w.licenses.connect(w.carol).buy(id, w.carol.address))
        .to.be.revertedWithCustomError(w.licenses, "SoldExclusively")
        .withArgs(1n, 1n);
    }
    await w.licenses.connect(w.dave).attest([1n]);
    await w.licenses.connect(w.alice).accept(1n);
    await networkHelpers.time.increase(1_000 * DAY);
    await expect(w.licenses.connect(w.carol).buy(1n, w.carol.address)).to.be.revertedWithCustomError(
      w.licenses,
      "SoldExclusively",
    );
  });

  it("that is refunded opens them again, itself too", async () => {
    const w = await load(withWork);
    await w.licenses.connect(w.alice).buy(3n, w.alice.address);
    await networkHelpers.time.increase(DAY + 1);
    await w.licenses.conclude([1n]);
    await w.licenses.connect(w.carol).buy(3n, w.carol.address);
    await networkHelpers.time.increase(DAY + 1);
    await w.licenses.conclude([2n]);
    await w.licenses.connect(w.carol).buy(2n, w.carol.address);
  });

  it("is not sold beside a perpetual one that is open or live, and is once that is refunded", async () => {
    const w = await load(withOrder);
    const by = w.licenses.connect(w.carol);
    await expect(by.buy(3n, w.carol.address)).to.be.revertedWithCustomError(w.licenses, "StillLicensed").withArgs(1n);
    await networkHelpers.time.increase(DAY + 1);
    await w.licenses.conclude([1n]);
    await by.buy(3n, w.carol.address);
  });

  it("waits for the last second of every dated one, the longest", async () => {
    const w = await load(withWork);
    const long = await addOffer(w, { duration: 30 * DAY });
    const short = await addOffer(w, { duration: 10 * DAY });
    await released(w, long, w.alice);
    const expiry = Number((await w.licenses.licenceOf(1n)).expiry);
    await released(w, short, w.alice);
    const by = w.licenses.connect(w.carol);
    await at(expiry);
    await expect(by.buy(3n, w.carol.address)).to.be.revertedWithCustomError(w.licenses, "StillLicensed");
    await at(expiry + 1);
    await by.buy(3n, w.carol.address);
  });

  it("does not wait for dated ones that were all refunded, and does for one that was not", async () => {
    const w = await load(withWork);
    const id = await addOffer(w, { duration: 3_000 * DAY });
    const by = w.licenses.connect(w.alice);
    await by.buy(id, w.alice.address);
    await by.buy(id, w.alice.address);
    await w.licenses.connect(w.dave).attest([2n]);
    await networkHelpers.time.increase(DAY + 1);
    await w.licenses.conclude([1n]);
    await expect(by.buy(3n, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "StillLicensed");
    await by.dispute(2n, "");
    await w.licenses.connect(w.resolver).resolve(2n, true, "");
    await by.buy(3n, w.alice.address);
  });

  it("counts no refund of an earlier round of dated ones against a later round", async () => {
    const w = await load(withWork);
    const brief = await addOffer(w, { duration: HOUR });
    const long = await addOffer(w, { duration: 300 * DAY });
    const by = w.licenses.connect(w.alice);
    await by.buy(brief, w.alice.address);
    await networkHelpers.time.increase(HOUR + 1);
    await by.buy(long, w.alice.address);
    await networkHelpers.time.increase(DAY - 60);
    await w.licenses.connect(w.dave).attest([2n]);
    await w.licenses.conclude([1n]);
    expect(await statusOf(w, 1n)).to.equal(Status.Refunded);
    await expect(by.buy(3n, w.alice.address)).to.be.revertedWithCustomError(w.licenses, "StillLicensed");
  });

  it("with an end closes the others through its last second", async () => {
    const w = await load(withWork);
    const id = await addOffer(w, { tier: Tier.Exclusive, supply: 1n, duration: 30 * DAY });
    await released(w, id, w.alice);
    const expiry = Number((await w.licenses.licenceOf(1n)).expiry);
    await at(expiry);
    await expect(w.licenses.connect(w.carol).buy(1n, w.carol.address)).to.be.revertedWithCustomError(
      w.licenses,
      "SoldExclusively",
    );
    expect(await w.licenses.isLicensed(1n, w.alice.address)).to.equal(true);
    await at(expiry + 1);
    await w.licenses.connect(w.carol).buy(1n, w.carol.address);
    expect(await w.licenses.isLicensed(1n, w.alice.address)).to.equal(false);
  });

  it("that ended while it was open, and is refunded late, opens nothing that another closed since", async () => {
    const w = await load(withWork);
    const id = await addOffer(w, { tier: Tier.Exclusive, supply: 1n, duration: HOUR });
    await w.licenses.connect(w.alice).buy(id, w.alice.address);
    await networkHelpers.time.increase(DAY + 1);
    await w.licenses.connect(w.carol).buy(3n, w.carol.address);
    await w.licenses.conclude([1n]);
    await expect(w.licenses.connect(w.alice).buy(1n, w.alice.address))
      .to.be.revertedWithCustomError(w.licenses, "SoldExclusively")
      .withArgs(1n, 2n);
  });
});
