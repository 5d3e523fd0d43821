import { expect } from "chai";
import fc from "fast-check";
import { OversizedEventError, sseData } from "./sse.ts";

async function read(chunks: readonly (string | Uint8Array)[]): Promise<string[]> {
  const found: string[] = [];
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
  }
  for await (const data of sseData(bytes())) found.push(data);
  return found;
}

describe("server-sent events", () => {
  it("reads LF, CRLF and CR line ends, comments, other fields and data of several lines", async () => {
    expect(await read(["data: a\n\n"])).to.deep.equal(["a"]);
    expect(await read(["data: a\r\n\r\ndata: b\r\n\r\n"])).to.deep.equal(["a", "b"]);
    expect(await read(["data: a\r\rdata:b\r\r", "\n"])).to.deep.equal(["a", "b"]);
    expect(await read([": ping\n\nevent: x\nid: 1\ndata: a\n\n"])).to.deep.equal(["a"]);
    expect(await read(["data: a\ndata:  b\ndata\n\n"])).to.deep.equal(["a\n b\n"]);
  });

  it("delivers no event that is not closed", async () => {
    expect(await read(["data: a\n\ndata: b\n"])).to.deep.equal(["a"]);
  });

  it("reads the same events however the bytes are cut, inside characters and line ends too", async () => {
    const stream = "data: héllo 😀\r\n\r\n: c\r\ndata: x\r\ndata: y\n\ndata: [DONE]\r\n\r\n";
    const bytes = new TextEncoder().encode(stream);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.slice(at[i], end));
        expect(await read(chunks)).to.deep.equal(["héllo 😀", "x\ny", "[DONE]"]);
      }),
    );
  });

  it("refuses an event without end", async () => {
    const chunk = `data: ${"x".repeat(200_000)}\n`;
    await read(Array.from({ length: 6 }, () => chunk)).then(
      () => expect.fail("an endless event must be refused"),
      (error: unknown) => expect(error).to.be.instanceOf(OversizedEventError),
    );
  });
});
