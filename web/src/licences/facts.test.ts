import type { GetCertificateReturnType, GetOrderReturnType } from "@stelai/sdk";
import type { WorkMetadata } from "@stelai/sdk/wire";
import { expect } from "chai";
import { endsSoon, hasEnded, licenceOf, whyLocked, whyNotCertified } from "./facts.ts";

describe("what a licence says of its work", () => {
  const FILE = `0x${"ab".repeat(32)}`;
  const chain = {
    licence: { licenceId: 1n, offerId: 2n, status: "Released", since: 1n, expiry: 0n, holder: null },
    offer: { workId: 3n, tier: "Personal", price: 1n, termsHash: FILE },
    work: { contentHash: FILE, suspended: true },
  } as unknown as GetCertificateReturnType;
  const index = { order: { title: "Old", preview: { uri: "ipfs://old" }, seller: "0x5e" }, events: [] };
  const order = index as unknown as GetOrderReturnType;
  const metadata = (contentHash: string) =>
    ({ title: "New", file: { contentHash }, preview: { uri: "ipfs://new" } }) as unknown as WorkMetadata;

  it("is its owner's words of now, with their picture where they are of the file that the chain names", () => {
    const licence = licenceOf(chain, order, metadata(FILE.toUpperCase().replace("0X", "0x")));
    expect(licence?.title).to.equal("New");
    expect(licence?.preview?.uri).to.equal("ipfs://new");
    expect(licence).to.include({ licensor: "0x5e", isSuspended: true });
  });

  it("has no picture where the metadata are of another file, or cannot be read", () => {
    expect(licenceOf(chain, order, metadata(`0x${"cd".repeat(32)}`))?.preview).to.equal(undefined);
    const unread = licenceOf(chain, order, undefined);
    expect([unread?.title, unread?.preview]).to.deep.equal(["Old", undefined]);
  });
});

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

describe("the end of a licence", () => {
  const HOUR = 3_600n;

  it("is warned about while less than 48 hours are left, the last second among them", () => {
    expect(endsSoon({ expiry: 48n * HOUR }, 1n)).to.equal(undefined);
    expect(endsSoon({ expiry: 48n * HOUR }, 2n)).to.equal(48n * HOUR - 1n);
    expect(endsSoon({ expiry: 10n }, 10n)).to.equal(1n);
  });

  it("is not when it is past or never comes", () => {
    expect(endsSoon({ expiry: 10n }, 11n)).to.equal(undefined);
    expect(endsSoon({ expiry: 0n }, 11n)).to.equal(undefined);
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
