import { expect } from "chai";
import OpenAI, { BadRequestError } from "openai";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { probe } from "../media/probe.ts";

/** Links to files name the address that the relayer was told. */
const PORT = "21490";

describe("OpenAI's own client, with nothing but a base URL", () => {
  let world: World;
  let relayer: ServedRelayer;
  let openai: OpenAI;
  const tools: Record<"Image" | "Video" | "Voice", string> = { Image: "", Video: "", Voice: "" };

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { PORT, RATE_FREE_PER_MINUTE: "1000" });
    tools.Image = `stelai-${await world.publish({}, { modality: 1 })}`;
    tools.Video = `stelai-${await world.publish({}, { modality: 2 })}`;
    tools.Voice = `stelai-${await world.publish({}, { modality: 3 })}`;
    await relayer.watcher.look();
    openai = new OpenAI({ baseURL: `${relayer.url}/v1`, apiKey: "none", maxRetries: 0 });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });

  it("makes an image, as base64 and as a link, the same of one seed", async () => {
    const ask = { model: tools.Image, prompt: "A lighthouse in fog", size: "512x512", quality: "low" } as const;
    const seed = { seed: 7 };
    const whole = await openai.images.generate({ ...ask, ...seed });
    const bytes = Buffer.from(whole.data?.[0]?.b64_json ?? "", "base64");
    expect(await probe(bytes, "Image")).to.include({ mediaType: "image/png", width: 512, height: 512 });
    const linked = await openai.images.generate({ ...ask, ...seed, response_format: "url" });
    const url = linked.data?.[0]?.url ?? "";
    expect(new URL(url).origin).to.equal(relayer.url);
    const response = await fetch(url);
    expect(response.headers.get("Content-Type")).to.equal("image/png");
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).to.equal(true);
    const other = await openai.images.generate({ ...ask, output_format: "webp" });
    expect(await probe(Buffer.from(other.data?.[0]?.b64_json ?? "", "base64"), "Image")).to.include({
      mediaType: "image/webp",
    });
  });

  it("speaks, by OpenAI's name of a voice", async () => {
    const response = await openai.audio.speech.create({
      ...{ model: tools.Voice, input: "Good evening.", voice: "alloy", response_format: "wav" },
    });
    expect(response.headers.get("Stelai-Generation")).to.match(/^gen_[0-9a-f]{32}$/);
    expect(response.headers.get("Stelai-Metered")).to.equal(null);
    const made = await probe(new Uint8Array(await response.arrayBuffer()), "Voice");
    expect(made.mediaType).to.equal("audio/wav");
    expect(made.seconds).to.be.within(0.3, 5);
  });

  it("makes a video: queued, asked after, fetched, deleted", async () => {
    let video = await openai.videos.create({
      model: tools.Video as "sora-2",
      prompt: "Waves at night",
      seconds: "1" as "4",
    });
    expect(video).to.include({ object: "video", model: tools.Video, seconds: "1", expires_at: null, error: null });
    while (video.status === "queued" || video.status === "in_progress") {
      // Answers as soon as there is something new.
      await fetch(`${relayer.url}/v1/generations/${video.id}?wait=10`);
      video = await openai.videos.retrieve(video.id);
    }
    expect(video).to.include({ status: "completed", progress: 100, size: "640x360" });
    const bytes = new Uint8Array(await (await openai.videos.downloadContent(video.id)).arrayBuffer());
    const made = await probe(bytes, "Video");
    expect(made).to.include({ mediaType: "video/mp4", width: 640, height: 360 });
    expect(made.seconds).to.be.within(0.9, 1.1);
    expect(await openai.videos.delete(video.id)).to.deep.equal({
      id: video.id,
      object: "video.deleted",
      deleted: true,
    });
    const gone = await openai.videos.retrieve(video.id).catch((error: unknown) => error);
    expect(gone).to.include({ status: 404, code: "generation_not_found" });
  });

  it("is told which field is wrong, as OpenAI tells it", async () => {
    const ask = { model: tools.Image, prompt: "A pine", size: "100x100" } as const;
    const refused = await openai.images.generate({ ...ask, size: "100x100" }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(BadRequestError).and.include({ param: "size", code: "invalid_request" });
    const reference = await openai.videos
      .create({
        ...{ model: tools.Video as "sora-2", prompt: "Waves" },
        input_reference: new File(["x"], "x.png", { type: "image/png" }),
      })
      .catch((error: unknown) => error);
    expect(reference).to.be.instanceOf(BadRequestError).and.include({ param: "input_reference" });
    const other = await openai.images
      .generate({ model: tools.Voice, prompt: "A pine" })
      .catch((error: unknown) => error);
    expect(other).to.be.instanceOf(BadRequestError).and.include({ param: "model" });
    expect(String(other)).to.include("POST /v1/audio/speech");
  });
});
