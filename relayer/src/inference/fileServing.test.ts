import type { Provenance } from "@stelai/sdk/wire";
import { expect } from "chai";
import { strFromU8, unzipSync } from "fflate";
import { ContentStoreError } from "../content/index.ts";
import type { GenerationRow } from "../generations/types.ts";
import { RateLimiter } from "../limits.ts";
import { type Asking, FileServing } from "./fileServing.ts";
import { FilesBusyError, FileUnavailableError } from "./generationErrors.ts";

const SIZE = 600_000;

/** A finished one, as far as its file is served. */
function finished(id: string, size = SIZE): GenerationRow {
  return {
    ...{ id, status: "completed", modality: "Video", characterId: 7n, createdAt: new Date(), endedAt: new Date() },
    file: { mediaType: "video/mp4", bytes: size, contentHash: "0xabc", cid: id },
    preview: { mediaType: "video/mp4", bytes: 10, cid: `${id}-preview` },
  } as unknown as GenerationRow;
}

describe("Files on their way", () => {
  const bytes = Uint8Array.from({ length: SIZE }, (_, index) => index % 251);
  let opened: string[];
  let files: FileServing;
  let leave: (() => void)[];
  let open: (row: Pick<GenerationRow, "id">, part: string) => Promise<{ bytes: Uint8Array; mediaType: string }>;

  beforeEach(() => {
    opened = [];
    leave = [];
    open = async (row, part) => {
      opened.push(`${row.id}/${part}`);
      return { bytes: part === "file" ? bytes : bytes.subarray(0, 10), mediaType: "video/mp4" };
    };
    files = new FileServing({
      config: { FILES_IN_FLIGHT_BYTES: 1_000_000, RATE_FILES_PER_MINUTE: 2 },
      generations: { open: (row, part) => open(row, part) },
      limits: { perMinute: (name, perMinute) => new RateLimiter(name, perMinute) },
      people: { quotas: { addressKey: (address) => address } },
    });
  });

  const asking = (headers: Record<string, string> = {}, method = "GET"): Asking => ({
    ...{ method, header: (name) => headers[name], ip: "192.0.2.1" },
    onDisconnect: (callback) => leave.push(callback),
  });
  const refusedBy = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it("are bounded in bytes: above that the next is told to come again, until one was taken or left", async () => {
    const one = await files.answer(finished("one"), "content", asking(), {});
    const busy = await refusedBy(files.answer(finished("two"), "content", asking(), {}));
    expect(busy).to.be.instanceOf(FilesBusyError);
    expect(busy)
      .to.include({ status: 503 })
      .and.deep.include({ headers: { "Retry-After": "5" } });
    expect(busy).to.have.deep.property("details", { generation: "two" });
    // The same file is in memory once; what is small still fits.
    const same = await files.answer(finished("one"), "content", asking(), {});
    expect((await files.answer(finished("two"), "preview", asking(), {})).status).to.equal(200);
    expect(files.bytes).to.equal(SIZE + 10);
    expect(new Uint8Array(await one.arrayBuffer())).to.deep.equal(bytes);
    expect(files.bytes).to.equal(SIZE + 10);
    await same.body?.cancel();
    expect(files.bytes).to.equal(10);
    for (const callback of leave) callback();
    expect(files.bytes).to.equal(0);
    expect((await files.answer(finished("two"), "content", asking(), {})).status).to.equal(200);
  });

  it("are let through one at a time where one is larger than the bound", async () => {
    const large = await files.answer(finished("large", 2_000_000), "content", asking(), {});
    expect(await refusedBy(files.answer(finished("one"), "content", asking(), {}))).to.be.instanceOf(FilesBusyError);
    await large.body?.cancel();
    expect(files.bytes).to.equal(0);
  });

  it("are not opened for who has them or wants their head alone", async () => {
    const head = await files.answer(finished("one"), "content", asking({}, "HEAD"), {});
    expect(head.headers.get("Content-Length")).to.equal(String(SIZE));
    const known = asking({ "If-None-Match": head.headers.get("ETag") ?? "" });
    expect((await files.answer(finished("one"), "content", known, {})).status).to.equal(304);
    expect((await files.answer(finished("one"), "preview", known, {})).status).to.equal(200);
    expect(opened).to.deep.equal(["one/preview"]);
  });

  it("that the storage does not give are said to stay, by name, and hold nothing", async () => {
    open = async () => {
      throw new ContentStoreError("out of reach");
    };
    const error = await refusedBy(files.answer(finished("one"), "content", asking(), {}));
    expect(error).to.be.instanceOf(FileUnavailableError).and.include({ status: 503, code: "unavailable" });
    expect(error).to.have.deep.property("details", { generation: "one" });
    expect(String(error)).to.include("stays").and.not.include("charged");
    expect(files.bytes).to.equal(0);
  });

  it("leave beside their record as a ZIP that is made while it is taken", async () => {
    const { stream, name } = await files.zip(finished("one"), { version: 1 } as Provenance, asking());
    expect(name).to.match(/^stelai-video-7-.*\.zip$/);
    expect(files.bytes).to.equal(SIZE);
    const entries = unzipSync(new Uint8Array(await new Response(stream).arrayBuffer()));
    expect(files.bytes).to.equal(0);
    expect(strFromU8(entries["record.json"] ?? new Uint8Array())).to.equal('{"version":1}');
    expect(entries[name.replace(/zip$/, "mp4")]).to.deep.equal(bytes);
  });

  it("are asked for so often by a network, and no more", () => {
    for (let count = 0; count < 2; count += 1) files.count({ ip: "192.0.2.1" });
    expect(() => files.count({ ip: "192.0.2.1" })).to.throw("Too many requests");
    files.count({ ip: "192.0.2.2" });
  });
});
