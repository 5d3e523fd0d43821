import { expect } from "chai";
import { FileAddresses, InvalidAddressError } from "./fileAddresses.ts";

const NOW = 1_800_000_000_000;
const config = {
  publicUrl: "https://relayer.example",
  FILE_URL_SECONDS: 100,
  MASTER_KEY: `0x${"42".repeat(32)}` as const,
  PREVIOUS_MASTER_KEYS: [],
};
const addresses = new FileAddresses(config);
const ID = "gen_0123";

/** What an address says. */
function said(address: string): { expires: string; signature: string } {
  const { searchParams } = new URL(address);
  return { expires: searchParams.get("expires") ?? "", signature: searchParams.get("signature") ?? "" };
}

describe("An address of a file", () => {
  const { content, preview, expiresAt } = addresses.of(ID, NOW);

  it("is good for its file until it expires, and for nothing else", () => {
    expect(new URL(content).pathname).to.equal(`/v1/files/${ID}/content`);
    const left = addresses.check(ID, "content", said(content), NOW);
    expect(left).to.equal(expiresAt - NOW / 1_000);
    expect(left).to.be.within(75, 100);
    expect(addresses.check(ID, "preview", said(preview), NOW)).to.equal(left);
    const last = (expiresAt - 1) * 1_000;
    expect(addresses.check(ID, "content", said(content), last)).to.equal(1);
    expect(() => addresses.check(ID, "content", said(content), expiresAt * 1_000)).to.throw(InvalidAddressError);
  });

  it("is refused when anything of it was changed", () => {
    const { expires, signature } = said(content);
    const refused: Parameters<FileAddresses["check"]>[] = [
      ["gen_0124", "content", { expires, signature }],
      [ID, "preview", { expires, signature }],
      [ID, "content", { expires: String(expiresAt + 1), signature }],
      [ID, "content", { expires: `0${expires}`, signature }],
      [ID, "content", { expires: "", signature }],
      [ID, "content", { expires: `${expires}.5`, signature }],
      [ID, "content", { expires, signature: signature.slice(1) }],
      [ID, "content", { expires, signature: `${signature}A` }],
      [ID, "content", { expires, signature: "" }],
      [ID, "content", { expires }],
      [ID, "content", { signature }],
      [ID, "content", {}],
    ];
    for (const [id, part, given] of refused) {
      expect(() => addresses.check(id, part, given, NOW), JSON.stringify(given)).to.throw(InvalidAddressError);
    }
  });

  it("stays the same for a quarter of its time, so that a picture is fetched once", () => {
    expect(addresses.of(ID, NOW + 24_000).content).to.equal(content);
    expect(addresses.of(ID, NOW + 25_000).content).not.to.equal(content);
  });

  it("outlives a new master key as long as the one before is named, and no longer", () => {
    const rotated = { ...config, MASTER_KEY: `0x${"43".repeat(32)}` as const };
    const named = new FileAddresses({ ...rotated, PREVIOUS_MASTER_KEYS: [config.MASTER_KEY] });
    expect(named.check(ID, "content", said(content), NOW)).to.be.greaterThan(0);
    expect(() => new FileAddresses(rotated).check(ID, "content", said(content), NOW)).to.throw(InvalidAddressError);
  });
});
