import { expect } from "chai";
import { fileAnswer } from "./fileAnswer.ts";
import { streamOf } from "./fileStreams.ts";

describe("A file that is answered", async () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
  let opened = 0;
  const answer = (headers: Record<string, string> = {}, mediaType = "video/mp4", method = "GET") =>
    fileAnswer(
      { size: bytes.length, mediaType, name: "stelai-video-7.mp4", etag: '"0xabc"' },
      { method, header: (name) => headers[name] },
      {},
      async (first, last) => {
        opened += 1;
        return streamOf(bytes.subarray(first, last + 1), () => {});
      },
    );
  const bodyOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

  it("is whole, or the range that was asked for", async () => {
    const whole = await answer();
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
      const part = await answer({ Range: range });
      expect(part.status, range).to.equal(206);
      expect(part.headers.get("Content-Range")).to.equal(`bytes ${first}-${last}/100`);
      expect(part.headers.get("Content-Length")).to.equal(String(last - first + 1));
      expect(await bodyOf(part), range).to.deep.equal([...bytes.subarray(first, last + 1)]);
    }
  });

  it("is refused where the range is behind its end, and whole where there is no one range", async () => {
    for (const range of ["bytes=100-", "bytes=100-200", "bytes=-0"]) {
      const refused = await answer({ Range: range });
      expect([refused.status, refused.headers.get("Content-Range")], range).to.deep.equal([416, "bytes */100"]);
    }
    for (const range of ["bytes=0-1,5-6", "bytes=9-3", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0x1-2", ""]) {
      expect((await answer({ Range: range })).status, range).to.equal(200);
    }
  });

  it("is not sent again to who has it, and whole when what they have is another one", async () => {
    expect((await answer({ "If-None-Match": 'W/"0xabc"' })).status).to.equal(304);
    expect((await answer({ "If-None-Match": '"0xdef"' })).status).to.equal(200);
    expect((await answer({ Range: "bytes=0-1", "If-Range": '"0xabc"' })).status).to.equal(206);
    expect((await answer({ Range: "bytes=0-1", "If-Range": '"0xdef"' })).status).to.equal(200);
  });

  it("is not opened for who has it, asks for its head alone, or for what is behind its end", async () => {
    opened = 0;
    await answer({ "If-None-Match": '"0xabc"' });
    await answer({ Range: "bytes=100-" });
    const head = await answer({ Range: "bytes=0-1" }, "video/mp4", "HEAD");
    expect([head.status, head.headers.get("Content-Length"), head.body]).to.deep.equal([200, "100", null]);
    expect(opened).to.equal(0);
    await answer();
    expect(opened).to.equal(1);
  });

  it("can be shown when it is what is made here, and anything else only be saved, as nothing in particular", async () => {
    const video = await answer();
    expect(video.headers.get("Content-Disposition")).to.equal('inline; filename="stelai-video-7.mp4"');
    expect(video.headers.get("Content-Type")).to.equal("video/mp4");
    expect(video.headers.get("X-Content-Type-Options")).to.equal("nosniff");
    expect(video.headers.get("Content-Security-Policy")).to.include("default-src 'none'").and.include("sandbox");
    expect(video.headers.get("Cross-Origin-Resource-Policy")).to.equal("cross-origin");
    for (const type of ["image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "image/gif", ""]) {
      const { headers } = await answer({}, type);
      expect(headers.get("Content-Type"), type).to.equal("application/octet-stream");
      expect(headers.get("Content-Disposition"), type).to.match(/^attachment/);
    }
  });
});
