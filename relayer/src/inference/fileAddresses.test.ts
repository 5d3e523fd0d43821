import { expect } from "chai";
import { FileAddresses, InvalidAddressError } from "./fileAddresses.ts";
import { fileAnswer } from "./fileAnswer.ts";

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

describe("A file that is answered", () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
  const answer = (headers: Record<string, string> = {}, mediaType = "video/mp4") =>
    fileAnswer({ bytes, mediaType, name: "stelai-video-7.mp4", etag: '"0xabc"' }, (name) => headers[name]);
  const bodyOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

  it("is whole, or the range that was asked for", async () => {
    const whole = answer();
    expect([whole.status, whole.headers.get("Content-Length"), whole.headers.get("Accept-Ranges")]).to.deep.equal([
      ...[200, "100", "bytes"],
    ]);
    expect(await bodyOf(whole)).to.deep.equal([...bytes]);
    const ranges: [string, number, number][] = [
      ["bytes=0-0", 0, 0],
      ["bytes=10-19", 10, 19],
      ["bytes=90-", 90, 99],
      ["bytes=90-1000", 90, 99],
      ["bytes=-5", 95, 99],
      ["bytes=-1000", 0, 99],
      ["Bytes= 3-4 ", 3, 4],
    ];
    for (const [range, first, last] of ranges) {
      const part = answer({ Range: range });
      expect(part.status, range).to.equal(206);
      expect(part.headers.get("Content-Range")).to.equal(`bytes ${first}-${last}/100`);
      expect(part.headers.get("Content-Length")).to.equal(String(last - first + 1));
      expect(await bodyOf(part), range).to.deep.equal([...bytes.subarray(first, last + 1)]);
    }
  });

  it("is refused where the range is behind its end, and whole where there is no one range", () => {
    for (const range of ["bytes=100-", "bytes=100-200", "bytes=-0"]) {
      const refused = answer({ Range: range });
      expect([refused.status, refused.headers.get("Content-Range")], range).to.deep.equal([416, "bytes */100"]);
    }
    for (const range of ["bytes=0-1,5-6", "bytes=9-3", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0x1-2", ""]) {
      expect(answer({ Range: range }).status, range).to.equal(200);
    }
  });

  it("is not sent again to who has it, and whole when what they have is another one", () => {
    expect(answer({ "If-None-Match": 'W/"0xabc"' }).status).to.equal(304);
    expect(answer({ "If-None-Match": '"0xdef"' }).status).to.equal(200);
    expect(answer({ Range: "bytes=0-1", "If-Range": '"0xabc"' }).status).to.equal(206);
    expect(answer({ Range: "bytes=0-1", "If-Range": '"0xdef"' }).status).to.equal(200);
  });

  it("can be shown when it is what is made here, and anything else only be saved, as nothing in particular", () => {
    const video = answer();
    expect(video.headers.get("Content-Disposition")).to.equal('inline; filename="stelai-video-7.mp4"');
    expect(video.headers.get("Content-Type")).to.equal("video/mp4");
    expect(video.headers.get("X-Content-Type-Options")).to.equal("nosniff");
    expect(video.headers.get("Content-Security-Policy")).to.include("default-src 'none'").and.include("sandbox");
    expect(video.headers.get("Cross-Origin-Resource-Policy")).to.equal("cross-origin");
    for (const type of ["image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "image/gif", ""]) {
      const { headers } = answer({}, type);
      expect(headers.get("Content-Type"), type).to.equal("application/octet-stream");
      expect(headers.get("Content-Disposition"), type).to.match(/^attachment/);
    }
  });
});
