import { expect } from "chai";
import { png } from "../../test/pictures.ts";
import { dimensionsOf, mediaTypeOf } from "./media.ts";
import { checkUpload } from "./upload.ts";

const text = (words: string) => new TextEncoder().encode(words);
const bytes = (...parts: (number[] | string)[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part)),
  );

const be32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
/** An EXIF segment before the frame, a DHT segment in between, a fill byte: what cameras write. */
function jpeg(width: number, height: number): Uint8Array {
  const frame = [0xff, 0xc2, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3];
  return bytes([0xff, 0xd8, 0xff, 0xe1, 0, 8], "Exif\0\0", [0xff, 0xc4, 0, 4, 1, 2, 0xff], frame);
}

function webp(chunk: string, body: number[]): Uint8Array {
  return bytes("RIFF", [0, 0, 0, 0], "WEBP", chunk, [0, 0, 0, 0], body);
}

describe("media types", () => {
  it("tells files apart by their bytes", () => {
    expect(mediaTypeOf(png(1, 1))).to.equal("image/png");
    expect(mediaTypeOf(jpeg(1, 1))).to.equal("image/jpeg");
    expect(mediaTypeOf(webp("VP8X", []))).to.equal("image/webp");
    expect(mediaTypeOf(text(' {"name":"Ada"}'))).to.equal("application/json");
    expect(mediaTypeOf(text("{not json"))).to.equal("application/octet-stream");
    expect(mediaTypeOf(text('<?xml version="1.0"?><!-- x --><svg xmlns="…">'))).to.equal("image/svg+xml");
    expect(mediaTypeOf(text("<!doctype html><html><svg>"))).to.equal("text/html");
    expect(mediaTypeOf(text("hello <script>alert(1)</script>"))).to.equal("text/html");
    expect(mediaTypeOf(text("just words"))).to.equal("application/octet-stream");
    expect(mediaTypeOf(Uint8Array.of(0xff, 0x00))).to.equal("application/octet-stream");
    expect(mediaTypeOf(new Uint8Array())).to.equal("application/octet-stream");
  });

  it("reads the dimensions of every kind of picture", () => {
    const vp8l = 0x2f;
    const bits = 639 | (479 << 14);
    expect(dimensionsOf(png(640, 480), "image/png")).to.deep.equal({ width: 640, height: 480 });
    expect(dimensionsOf(jpeg(640, 480), "image/jpeg")).to.deep.equal({ width: 640, height: 480 });
    expect(dimensionsOf(webp("VP8X", [0, 0, 0, 0, 127, 2, 0, 223, 1, 0]), "image/webp")).to.deep.equal({
      width: 640,
      height: 480,
    });
    expect(dimensionsOf(webp("VP8L", [vp8l, ...be32(bits).reverse()]), "image/webp")).to.deep.equal({
      width: 640,
      height: 480,
    });
    const lossy = [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01];
    expect(dimensionsOf(webp("VP8 ", lossy), "image/webp")).to.deep.equal({ width: 640, height: 480 });
  });

  it("gives no dimensions when a header is cut at any byte", () => {
    for (const [whole, type, header] of [
      [png(640, 480), "image/png", 24],
      [jpeg(640, 480), "image/jpeg", 28],
      [webp("VP8X", [0, 0, 0, 0, 127, 2, 0, 223, 1, 0]), "image/webp", 30],
    ] as const) {
      for (let length = 0; length < header; length += 1) {
        expect(dimensionsOf(whole.subarray(0, length), type), `${type} ${length}`).to.equal(undefined);
      }
    }
    expect(dimensionsOf(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), "image/jpeg")).to.equal(undefined);
  });
});

describe("uploads", () => {
  it("takes a card and pictures up to the largest side", () => {
    checkUpload(text('{"name":"Ada","image":"ipfs://bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"}'));
    checkUpload(png(4_096, 1));
    checkUpload(jpeg(16, 4_096));
  });

  it("takes the words of a review, and refuses them empty, too long, or with more beside them", () => {
    checkUpload(text('{"text":"Kind, and quick."}'));
    checkUpload(text(JSON.stringify({ text: "x".repeat(4_000) })));
    for (const words of [{ text: " " }, { text: "x".repeat(4_001) }, { text: 5 }]) {
      expect(() => checkUpload(text(JSON.stringify(words)))).to.throw("text");
    }
    expect(() => checkUpload(text('{"text":"x","html":"<b>"}'))).to.throw("html");
    expect(() => checkUpload(text('{"name":"Ada","text":"x"}'))).to.throw("name");
  });

  it("refuses pictures without pixels or with too many", () => {
    for (const picture of [png(0, 10), png(4_097, 10), jpeg(10, 4_097), png(10, 10).subarray(0, 20)]) {
      expect(() => checkUpload(picture)).to.throw("pixels");
    }
  });

  it("refuses a card with fields it does not know, without a name, too large, or with a picture elsewhere", () => {
    expect(() => checkUpload(text('{"name":"Ada","script":"x"}'))).to.throw("script");
    expect(() => checkUpload(text('{"tagline":"x"}'))).to.throw("name");
    expect(() => checkUpload(text("[]"))).to.throw("expected object");
    expect(() => checkUpload(text(`{"name":"Ada"${" ".repeat(65_536)}}`))).to.throw("65536");
    for (const image of ["https://example.com/a.png", "ipfs://nonsense", "data:image/png;base64,AA"]) {
      expect(() => checkUpload(text(JSON.stringify({ name: "Ada", image })))).to.throw("ipfs://");
    }
  });

  it("refuses everything else, whatever it pretends to be", () => {
    for (const file of ["<svg onload='alert(1)'/>", "<html></html>", "GIF89a", "%PDF-1.7", "", "hello"]) {
      expect(() => checkUpload(text(file)), file).to.throw("Send a card");
    }
  });
});
