import { expect } from "chai";
import { hasEnded, whyLocked, whyNotCertified } from "./facts.ts";

describe("what a licence is certified for", () => {
  it("is given while its right is, from delivery on", () => {
    for (const status of ["Delivered", "Released"] as const) {
      expect(whyNotCertified({ status, expiry: 0n }, 10n), status).to.equal(undefined);
      expect(whyNotCertified({ status, expiry: 10n }, 10n), status).to.equal(undefined);
    }
  });

  it("is not when it was refunded, is disputed, not delivered, or ended", () => {
    for (const status of ["Refunded", "Disputed", "Escrowed"] as const) {
      expect(whyNotCertified({ status, expiry: 0n }, 10n)).to.equal(status);
    }
    expect(whyNotCertified({ status: "None", expiry: 0n }, 10n)).to.equal("Refunded");
    expect(whyNotCertified({ status: "Released", expiry: 9n }, 10n)).to.equal("Ended");
  });
});

describe("whether a licence moves", () => {
  const licence = { status: "Released", tier: "Commercial", expiry: 0n } as const;

  it("is so once it is released and while it lasts, unless it is personal", () => {
    expect(whyLocked(licence, 10n)).to.equal(undefined);
    expect(whyLocked({ ...licence, tier: "Exclusive", expiry: 10n }, 10n)).to.equal(undefined);
    expect(whyLocked({ ...licence, tier: "Personal" }, 10n)).to.equal("personal");
    expect(whyLocked({ ...licence, status: "Delivered" }, 10n)).to.equal("open");
    expect(whyLocked({ ...licence, expiry: 9n }, 10n)).to.equal("ended");
  });

  it("knows that an expiry of zero never comes", () => {
    expect(hasEnded({ expiry: 0n }, 10n ** 12n)).to.equal(false);
  });
});
