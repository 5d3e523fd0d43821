import { expect } from "chai";
import { pngOf } from "../../../test/generations.ts";
import { video } from "../../../test/media.ts";
import { ProviderError } from "../../providers/errors.ts";
import type { MediaRequest } from "../../providers/media.ts";
import { EngineDefectError, EngineDiedError } from "./errors.ts";
import { Workshop } from "./index.ts";

const SPEECH: MediaRequest = {
  ...{ modality: "Voice", prompt: "Good evening.", voice: "slt", speed: 1 },
  ...{ style: undefined, quality: "Draft", seed: 1, format: "wav" },
};
const LONG: MediaRequest = {
  ...{ modality: "Music", prompt: "a long piece", seconds: 120 },
  ...{ style: undefined, quality: "Ultra", seed: 1, format: "wav" },
};

const never = new AbortController().signal;

async function refused(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("The workshop", () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = new Workshop(2);
  });
  afterEach(() => workshop.close());

  const make = (request: MediaRequest, signal = never, onProgress: (done: number) => void = () => {}) =>
    workshop.make(request, { signal, onProgress });

  it("makes and examines in processes of its own, and keeps them for the next task", async () => {
    const progress: number[] = [];
    const speech = await make(SPEECH, never, (done) => progress.push(done));
    const { probed, preview, contentHash } = await workshop.examine(speech, "Voice", {}, never);
    expect(probed.mediaType).to.equal("audio/wav");
    expect(probed.seconds).to.be.greaterThan(0.2);
    expect(preview.bytes.length).to.be.greaterThan(0);
    expect(contentHash).to.match(/^0x[0-9a-f]{64}$/);
    expect(workshop.processes).to.have.length(1);
    expect(workshop.processes).to.not.include(process.pid);
    const [pid] = workshop.processes;
    expect(Buffer.from(await make(SPEECH)).equals(Buffer.from(speech))).to.equal(true);
    expect(workshop.processes).to.deep.equal([pid]);
  });

  it("ends a task that is aborted by killing its process, and takes the next one", async () => {
    const abort = new AbortController();
    const begun = Promise.withResolvers<void>();
    const made = refused(make(LONG, abort.signal, () => begun.resolve()));
    await begun.promise;
    const [pid] = workshop.processes;
    const reason = new Error("no longer wanted");
    abort.abort(reason);
    expect(await made).to.equal(reason);
    expect((await make(SPEECH)).length).to.be.greaterThan(44);
    expect(workshop.processes).to.not.include(pid);
  });

  it("tells of a process that was killed as a fault that may pass, and replaces it", async () => {
    const begun = Promise.withResolvers<void>();
    const made = refused(make(LONG, never, () => begun.resolve()));
    await begun.promise;
    const [pid] = workshop.processes;
    process.kill(pid ?? 0, "SIGKILL");
    const error = await made;
    expect(error).to.be.instanceOf(EngineDiedError).and.include({ retryable: true });
    expect((await make(SPEECH)).length).to.be.greaterThan(44);
  });

  it("has no more processes than it may, and lets tasks wait for one", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => workshop.examine(pngOf(8, 8), "Image", {}, never)));
    expect(all.map(({ probed }) => probed.width)).to.deep.equal([8, 8, 8, 8, 8, 8]);
    expect(workshop.processes).to.have.length(2);
  });

  it("gives the next turn to who still waits, not to who was aborted while waiting", async () => {
    workshop = new Workshop(1);
    const first = make(SPEECH);
    const abort = new AbortController();
    const aborted = refused(make(SPEECH, abort.signal));
    const last = make(SPEECH);
    abort.abort(new Error("no longer wanted"));
    expect(await aborted).to.equal(abort.signal.reason);
    expect((await first).length).to.equal((await last).length);
  });

  it("tells what is wrong with a file as it was found there", async () => {
    const html = Buffer.from("<html><body>An error page that is long enough</body></html>");
    const wrong = await refused(workshop.examine(html, "Image", {}, never));
    expect(wrong).to.be.instanceOf(ProviderError).and.include({ code: "upstream_malformed", retryable: false });
    const cut = await refused(workshop.examine(pngOf(64, 64).subarray(0, 60), "Image", {}, never));
    expect(cut).to.be.instanceOf(ProviderError).and.include({ code: "upstream_cut", retryable: true });
    const large = await refused(workshop.examine(pngOf(64, 64), "Image", { pixels: 4_095 }, never));
    expect(large).to.be.instanceOf(ProviderError).and.include({ code: "upstream_malformed" });
  });

  it("kills a process that takes more memory than it may, and goes on with another one", async () => {
    workshop = new Workshop(1, 2 ** 20);
    for (let times = 0; times < 2; times += 1) {
      expect(await refused(make(LONG)))
        .to.be.instanceOf(EngineDiedError)
        .and.include({ retryable: true });
    }
  });

  it("shows what is for sale small and marked, or as a card for which nothing is decoded", async () => {
    const film = await video(128, 96, 3);
    const sold = await workshop.examine(film, "Video", {}, never, "sale");
    expect(sold.preview).to.include({ mediaType: "video/mp4", width: 64, height: 48 });
    expect(sold.poster).to.include({ mediaType: "image/webp", width: 64, height: 48 });
    const carded = await workshop.examine(film, "Video", {}, never, "card");
    expect(carded.preview.mediaType).to.equal("image/webp");
    expect(carded.poster).to.equal(undefined);
    expect(carded.contentHash).to.equal(sold.contentHash);
  });

  it("does not try a defect of an engine again", async () => {
    const error = await refused(make({ ...SPEECH, modality: "Music", seconds: -1 } as unknown as MediaRequest));
    expect(error).to.be.instanceOf(EngineDefectError).and.include({ retryable: false });
  });

  it("fails what waits for a process when it is closed", async () => {
    const works = Array.from({ length: 8 }, () => refused(make(LONG)));
    await workshop.close();
    for (const work of works) expect(await work).to.be.instanceOf(EngineDiedError);
    expect(workshop.processes).to.deep.equal([]);
  });
});
