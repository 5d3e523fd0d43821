import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createOpenAICompatible, type OpenAICompatibleProvider } from "@ai-sdk/openai-compatible";
import { APICallError, generateImage, generateText, streamText } from "ai";
import { expect } from "chai";
import OpenAI, { AuthenticationError, BadRequestError } from "openai";
import { fundedKey } from "../../test/budgetKeys.ts";
import { answer } from "../../test/upstream.ts";
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

describe("Published clients, unmodified, with nothing but a base URL and a budget key", () => {
  const PRICES = { perInference: 10_000n, perUnit: 50_000n };
  /** Eleven tokens, as the upstream counts them. */
  const USAGE = { prompt_tokens: 9, completion_tokens: 2 };
  const COST = 10_550n;
  /** 512 × 512 pixels are 263 milliunits, a draft is half of that. */
  const IMAGE_COST = 10_000n + (50_000n * 263n + 1_999n) / 2_000n;
  let world: World;
  let relayer: ServedRelayer;
  let key: Awaited<ReturnType<typeof fundedKey>>;
  let baseURL: string;
  let openai: OpenAI;
  let vercel: OpenAICompatibleProvider;
  const models = { Chat: "", Image: "", Voice: "", Video: "" };

  before(async () => {
    world = await startWorld();
    relayer = await serveRelayer(world, { EXPOSURE_INITIAL: "1000", RATE_WRITES_PER_MINUTE: "1000" });
    for (const [modality, name] of (["Chat", "Image", "Video", "Voice"] as const).entries()) {
      models[name] = `stelai-${await world.publish(PRICES, { modality })}`;
    }
    await relayer.watcher.look();
    baseURL = `${relayer.url}/v1`;
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(async () => {
    world.upstream.behave = answer(["Hello", " there"], USAGE);
    key = await fundedKey(world, relayer);
    openai = new OpenAI({ baseURL, apiKey: key.key });
    vercel = createOpenAICompatible({ name: "stelai", baseURL, apiKey: key.key });
  });

  /** All that was charged, signed for. */
  const charged = async () => {
    await relayer.services.keys.signing.settled();
    const tab = await relayer.services.metering.tabs.find(key.tabId);
    expect(tab).to.include({ reserved: 0n, inFlight: 0 });
    expect(tab?.signed).to.equal(tab?.cumulative);
    return tab?.cumulative;
  };
  const messages = [{ role: "user" as const, content: "Hi" }];

  describe("OpenAI's own", () => {
    it("talks, in one piece and as a stream", async () => {
      const whole = await openai.chat.completions.create({ model: models.Chat, messages });
      expect(whole.choices[0]?.message.content).to.equal("Hello there");
      expect(whole.usage).to.include({ prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 });
      let streamed = "";
      for await (const chunk of await openai.chat.completions.create({ model: models.Chat, messages, stream: true })) {
        streamed += chunk.choices[0]?.delta.content ?? "";
      }
      expect(streamed).to.equal("Hello there");
      expect(await charged()).to.equal(2n * COST);
    });

    it("makes an image, speaks, and makes a video that it asks after", async () => {
      const { data } = await openai.images.generate({
        ...{ model: models.Image, prompt: "A lighthouse in fog", size: "512x512", quality: "low" },
      });
      const image = Buffer.from(data?.[0]?.b64_json ?? "", "base64");
      expect(await probe(image, "Image")).to.include({ width: 512, height: 512 });
      const input = "Good evening.";
      const said = await openai.audio.speech.create({
        ...{ model: models.Voice, input, voice: "alloy", response_format: "wav" },
      });
      expect((await probe(new Uint8Array(await said.arrayBuffer()), "Voice")).mediaType).to.equal("audio/wav");
      const model = models.Video as "sora-2";
      let video = await openai.videos.create({ model, prompt: "Waves at night", seconds: "1" as "4" });
      while (video.status === "queued" || video.status === "in_progress") {
        await fetch(`${relayer.url}/v1/generations/${video.id}?wait=10`, {
          headers: { Authorization: `Bearer ${key.key}` },
        });
        video = await openai.videos.retrieve(video.id);
      }
      expect(video.status).to.equal("completed");
      const film = new Uint8Array(await (await openai.videos.downloadContent(video.id)).arrayBuffer());
      expect((await probe(film, "Video")).mediaType).to.equal("video/mp4");
      const listed: string[] = [];
      for await (const one of openai.videos.list()) listed.push(one.id);
      expect(listed).to.deep.equal([video.id]);
      const speech = 10_000n + (50_000n * BigInt(input.length) + 999n) / 1_000n;
      expect(await charged()).to.equal(IMAGE_COST + speech + 60_000n);
    });

    it("lists and reads models", async () => {
      const ids: string[] = [];
      for await (const { id } of openai.models.list()) ids.push(id);
      expect(ids).to.include.members(Object.values(models));
      expect(await openai.models.retrieve(models.Chat)).to.include({ id: models.Chat, object: "model" });
    });

    it("sees another key's video as none", async () => {
      const model = models.Video as "sora-2";
      const { id } = await openai.videos.create({ model, prompt: "Waves", seconds: "1" as "4" });
      const other = new OpenAI({ baseURL, apiKey: (await fundedKey(world, relayer)).key });
      const error = await other.videos.retrieve(id).catch((caught: unknown) => caught);
      expect(error).to.include({ status: 404, code: "generation_not_found" });
      await openai.videos.delete(id);
    });

    it("is told in OpenAI's words that the key is spent, or is none", async () => {
      const poor = new OpenAI({ baseURL, apiKey: (await fundedKey(world, relayer, { cap: 5_000n })).key });
      const before = world.upstream.count();
      const spent = await poor.chat.completions
        .create({ model: models.Chat, messages })
        .catch((error: unknown) => error);
      expect(spent).to.include({ status: 402, code: "insufficient_quota", type: "insufficient_quota" });
      await key.owner.revoke(key.id);
      const revoked = await openai.chat.completions.create({ model: models.Chat, messages }).catch((e: unknown) => e);
      expect(revoked).to.be.instanceOf(AuthenticationError).and.include({ code: "invalid_api_key" });
      expect(world.upstream.count()).to.equal(before);
    });
  });

  describe("Vercel's AI SDK", () => {
    it("talks, in one piece and as a stream", async () => {
      const { text, usage } = await generateText({ model: vercel(models.Chat), prompt: "Hi" });
      expect(text).to.equal("Hello there");
      expect(usage).to.include({ inputTokens: 9, outputTokens: 2 });
      const { textStream } = streamText({ model: vercel(models.Chat), prompt: "Hi" });
      let streamed = "";
      for await (const delta of textStream) streamed += delta;
      expect(streamed).to.equal("Hello there");
      expect(await charged()).to.equal(2n * COST);
    });

    it("makes an image", async () => {
      const { image } = await generateImage({
        ...{ model: vercel.imageModel(models.Image), prompt: "A lighthouse in fog", size: "512x512" },
        providerOptions: { stelai: { quality: "low" } },
      });
      expect(await probe(image.uint8Array, "Image")).to.include({ width: 512, height: 512 });
      expect(await charged()).to.equal(IMAGE_COST);
    });

    it("is told once that the key is spent: it does not try again", async () => {
      const poor = (await fundedKey(world, relayer, { cap: 5_000n })).key;
      const provider = createOpenAICompatible({ name: "stelai", baseURL, apiKey: poor });
      const error = await generateText({ model: provider(models.Chat), prompt: "Hi" }).catch(
        (caught: unknown) => caught,
      );
      expect(error).to.be.instanceOf(APICallError).and.include({ statusCode: 402, isRetryable: false });
      expect((error as APICallError).message).to.include("microcredits left");
    });
  });

  describe("curl", () => {
    const curl = async (...args: string[]): Promise<string> =>
      (await promisify(execFile)("curl", ["--silent", "--show-error", "--no-buffer", ...args])).stdout;
    const ask = (body: object) =>
      curl(
        ...[`${baseURL}/chat/completions`, "-H", `Authorization: Bearer ${key.key}`],
        ...["-H", "Content-Type: application/json", "-d", JSON.stringify({ model: models.Chat, messages, ...body })],
      );

    it("talks, in one piece and as a stream", async () => {
      const whole = JSON.parse(await ask({})) as { choices: { message: { content: string } }[] };
      expect(whole.choices[0]?.message.content).to.equal("Hello there");
      const events = (await ask({ stream: true })).trim().split("\n\n");
      expect(events.at(-1)).to.equal("data: [DONE]");
      expect(events.join("")).to.include('"content":"Hello"').and.to.include('"content":" there"');
      expect(await charged()).to.equal(2n * COST);
    });

    it("is charged once for a request that it repeats with one Idempotency-Key", async () => {
      const repeat = () =>
        curl(
          ...[`${baseURL}/chat/completions`, "-H", `Authorization: Bearer ${key.key}`, "-H", "Idempotency-Key: 7"],
          ...["-d", JSON.stringify({ model: models.Chat, messages })],
        );
      expect(await repeat()).to.equal(await repeat());
      expect(await charged()).to.equal(COST);
    });
  });
});
