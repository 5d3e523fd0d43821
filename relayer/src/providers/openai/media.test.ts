import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Style } from "@stelai/sdk/wire";
import { expect } from "chai";
import { flac, mp3, picture, tone, video } from "../../../test/media.ts";
import { probe } from "../../media/probe.ts";
import {
  ProviderError,
  UpstreamCutError,
  UpstreamMalformedError,
  UpstreamRefusedError,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from "../errors.ts";
import type { MediaContext, MediaProvider, MediaRequest } from "../media.ts";
import { OpenAIImages } from "./images.ts";
import type { OpenAIMediaOptions } from "./mediaUpstream.ts";
import { OpenAISpeech } from "./speech.ts";
import { OpenAIVideos } from "./videos.ts";

type Seen = { method: string; url: string; headers: IncomingMessage["headers"]; body: Buffer };
type Answer = (response: ServerResponse, seen: Seen) => void | Promise<void>;

const KEY = "sk-very-secret";
const STYLE: Style = {
  kind: "style",
  name: "Woodcut",
  instructions: "As a woodcut, two colours.",
  speech: { pitch: 1, pace: 1.5 },
};

describe("media of an OpenAI-compatible upstream", () => {
  let server: Server;
  let answer: Answer;
  let seen: Seen[];
  let png: Uint8Array;
  let mp4: Uint8Array;

  before(async () => {
    server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: Buffer.concat(parts) };
      seen.push(one);
      await answer(response, one);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    png = await picture("png", 64, 48);
    mp4 = await video(96, 64, 1);
  });
  beforeEach(() => {
    seen = [];
  });
  after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = (changes: Partial<OpenAIMediaOptions> = {}) => ({
    name: "upstream",
    baseUrl: `${origin()}/v1/`,
    model: "test-model",
    apiKey: KEY,
    bytesLimit: 1_000_000,
    pollMs: 1,
    ...changes,
  });
  const images = (changes?: Partial<OpenAIMediaOptions>) => new OpenAIImages(options(changes));
  const speech = (changes?: Partial<OpenAIMediaOptions>) => new OpenAISpeech(options(changes));
  const videos = (changes?: Partial<OpenAIMediaOptions>) => new OpenAIVideos(options(changes));

  const base = { prompt: "A lighthouse at night", style: undefined, quality: "Standard", seed: 7 } as const;
  const image: MediaRequest = { ...base, modality: "Image", width: 1_024, height: 1_024, format: "png" };
  const voice: MediaRequest = { ...base, modality: "Voice", voice: "coral", speed: 1, format: "mp3" };
  const clip: MediaRequest = { ...base, modality: "Video", width: 1_280, height: 720, seconds: 4, format: "mp4" };

  const context = (changes: Partial<MediaContext> = {}): MediaContext => ({
    signal: new AbortController().signal,
    onProgress: () => {},
    ...changes,
  });
  async function fault(provider: MediaProvider, request: MediaRequest, changes?: Partial<MediaContext>) {
    return provider
      .make(request, context(changes))
      .then((bytes) => probe(bytes, request.modality))
      .then(
        (probed) => expect.fail(`made ${probed.mediaType}`),
        (error: unknown) => error,
      );
  }
  const json =
    (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
    (response) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };
  const file =
    (bytes: Uint8Array | string, type = "application/octet-stream"): Answer =>
    (response) => {
      response.writeHead(200, { "content-type": type });
      response.end(bytes);
    };
  const b64 = (bytes: Uint8Array | string) =>
    json({ created: 1, data: [{ b64_json: Buffer.from(bytes).toString("base64") }] });
  const sent = (at = 0) => JSON.parse(seen[at]?.body.toString() ?? "") as Record<string, unknown>;

  /** A job: what each look at it says, and what its content and its deletion answer. */
  function job(
    looks: readonly (object | Answer)[],
    content: Answer = file(mp4, "video/mp4"),
    onDelete = () => {},
  ): Answer {
    let look = 0;
    const state = { id: "video_1", object: "video", progress: 0, error: null };
    return (response, one) => {
      if (one.method === "POST") return json({ ...state, status: "queued" })(response, one);
      if (one.method === "DELETE") {
        onDelete();
        return json({ id: "video_1", object: "video.deleted", deleted: true })(response, one);
      }
      if (one.url.endsWith("/content")) return content(response, one);
      const said = looks[Math.min(look, looks.length - 1)] ?? {};
      look += 1;
      return typeof said === "function" ? (said as Answer)(response, one) : json({ ...state, ...said })(response, one);
    };
  }
  const done = { status: "completed", progress: 100 };

  describe("images", () => {
    it("asks in the upstream's words, with the style before the prompt and no seed, and takes base64", async () => {
      answer = b64(png);
      const bytes = await images().make({ ...image, style: STYLE, quality: "High" }, context({ user: "person-1" }));
      expect(bytes).to.deep.equal(Buffer.from(png));
      expect(seen[0]).to.include({ method: "POST", url: "/v1/images/generations" });
      expect(seen[0]?.headers.authorization).to.equal(`Bearer ${KEY}`);
      expect(sent()).to.deep.equal({
        model: "test-model",
        prompt: "As a woodcut, two colours.\n\nA lighthouse at night",
        n: 1,
        size: "1024x1024",
        quality: "high",
        output_format: "png",
        user: "person-1",
      });
    });

    it("fetches an image that the upstream keeps at an address of its own, without the key", async () => {
      answer = (response, one) =>
        one.method === "POST"
          ? json({ data: [{ url: `${origin()}/files/1.png` }] })(response, one)
          : file(png, "image/png")(response, one);
      expect(await images().make(image, context())).to.deep.equal(Buffer.from(png));
      expect(seen[1]).to.include({ method: "GET", url: "/files/1.png" });
      expect(seen[1]?.headers.authorization).to.equal(undefined);
    });

    it("fetches none from another private address, by redirect neither", async () => {
      for (const url of [
        "http://127.0.0.1:1/x.png",
        "http://169.254.169.254/x.png",
        "file:///etc/passwd",
        "http://[",
      ]) {
        answer = json({ data: [{ url }] });
        expect(await fault(images(), image), url).to.be.instanceOf(UpstreamMalformedError);
      }
      answer = (response, one) => {
        if (one.method === "POST") return json({ data: [{ url: `${origin()}/x.png` }] })(response, one);
        response.writeHead(302, { location: "http://10.0.0.1/x.png" }).end();
      };
      expect(await fault(images(), image)).to.be.instanceOf(UpstreamMalformedError);
    });

    it("throws UpstreamMalformedError for an answer that holds no image", async () => {
      const svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
      for (const wrong of [
        json("<html><h1>It works!</h1></html>"),
        json({}),
        json({ data: [] }),
        json({ data: [{}] }),
        json({ data: "x" }),
        json("7"),
        b64(svg),
        b64("<!doctype html><html></html>"),
        b64(tone(1)),
        b64("not what was asked for"),
      ]) {
        answer = wrong;
        expect(await fault(images(), image))
          .to.be.instanceOf(UpstreamMalformedError)
          .and.include({ retryable: false });
      }
    });

    it("throws UpstreamCutError for a picture that is not whole, or not there", async () => {
      for (const bytes of [png.subarray(0, png.length - 20), new Uint8Array([1])]) {
        answer = b64(bytes);
        expect(await fault(images(), image))
          .to.be.instanceOf(UpstreamCutError)
          .and.include({ retryable: true });
      }
    });

    it("takes no more than the limit of a picture, in base64 or from an address", async () => {
      const small = images({ bytesLimit: 100 });
      answer = b64(png);
      expect(await fault(small, image)).to.be.instanceOf(UpstreamMalformedError);
      answer = (response, one) =>
        one.method === "POST" ? json({ data: [{ url: `${origin()}/x` }] })(response, one) : file(png)(response, one);
      expect(await fault(small, image)).to.be.instanceOf(UpstreamMalformedError);
    });
  });

  describe("speech", () => {
    it("speaks the text alone, with the style as instructions and its pace in the speed", async () => {
      const sound = mp3(Array<number>(20).fill(160));
      answer = file(sound, "audio/mpeg");
      const bytes = await speech().make({ ...voice, style: STYLE, speed: 1.2 }, context());
      expect(await probe(bytes, "Voice")).to.include({ mediaType: "audio/mpeg" });
      expect(seen[0]).to.include({ method: "POST", url: "/v1/audio/speech" });
      const { speed, ...body } = sent();
      expect(speed).to.be.closeTo(1.8, 1e-9);
      expect(body).to.deep.equal({
        model: "test-model",
        input: "A lighthouse at night",
        voice: "coral",
        instructions: "As a woodcut, two colours.",
        response_format: "mp3",
      });
    });

    it("takes WAV and FLAC too, and writes the length into a WAV that was streamed without one", async () => {
      answer = file(flac(20), "audio/flac");
      expect(await speech().make({ ...voice, format: "flac" }, context())).to.deep.equal(Buffer.from(flac(20)));
      const open = tone(1);
      new DataView(open.buffer).setUint32(4, 0xffff_ffff, true);
      new DataView(open.buffer).setUint32(40, 0xffff_ffff, true);
      answer = file(open, "audio/wav");
      expect(await speech().make({ ...voice, format: "wav" }, context())).to.deep.equal(tone(1));
    });

    it("finds an error that came with 200", async () => {
      answer = json({ error: { message: "no", code: "content_policy_violation" } });
      expect(await fault(speech(), voice)).to.be.instanceOf(UpstreamRefusedError);
      answer = json({ text: "hello" });
      expect(await fault(speech(), voice)).to.be.instanceOf(UpstreamMalformedError);
      answer = file("<html>maintenance</html>", "text/html");
      expect(await fault(speech(), voice)).to.be.instanceOf(UpstreamMalformedError);
    });

    it("hangs up on sound without an end", async () => {
      let gone: Promise<unknown> = Promise.resolve();
      answer = (response) => {
        gone = new Promise((resolve) => response.once("close", resolve));
        response.writeHead(200, { "content-type": "audio/mpeg" });
        const pour = () => {
          while (!response.destroyed && response.write(new Uint8Array(65_536)));
          response.once("drain", pour);
        };
        pour();
      };
      expect(await fault(speech(), voice)).to.be.instanceOf(UpstreamMalformedError);
      await gone;
    });
  });

  describe("videos", () => {
    it("creates a job, tells how far it is, takes the file, and has the upstream forget it", async () => {
      const deleted = new Promise<void>((resolve) => {
        answer = job([{ status: "queued" }, { status: "in_progress", progress: 40 }, done], undefined, resolve);
      });
      const progress: number[] = [];
      const bytes = await videos().make(
        { ...clip, style: STYLE },
        context({ onProgress: (part) => progress.push(part) }),
      );
      expect(await probe(bytes, "Video")).to.include({ mediaType: "video/mp4", width: 96, height: 64, seconds: 1 });
      expect(progress).to.deep.equal([0, 0, 0.4]);
      await deleted;
      expect(seen.map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
        "POST /v1/videos",
        "GET /v1/videos/video_1",
        "GET /v1/videos/video_1",
        "GET /v1/videos/video_1",
        "GET /v1/videos/video_1/content",
        "DELETE /v1/videos/video_1",
      ]);
      const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = seen;
      const form = await new Response(new Uint8Array(body), {
        headers: { "content-type": headers["content-type"] ?? "" },
      }).formData();
      expect(Object.fromEntries(form)).to.deep.equal({
        model: "test-model",
        // A form's lines end so.
        prompt: "As a woodcut, two colours.\r\n\r\nA lighthouse at night",
        size: "1280x720",
        seconds: "4",
      });
    });

    it("follows the content to where the upstream keeps it, if that is public or its own", async () => {
      answer = job([done], (response, one) => {
        if (one.url.endsWith("/content")) response.writeHead(302, { location: `${origin()}/cdn/1.mp4` }).end();
      });
      const jobs = answer;
      answer = (response, one) => (one.url === "/cdn/1.mp4" ? file(mp4)(response, one) : jobs(response, one));
      expect(await videos().make(clip, context())).to.have.length(mp4.length);
      expect(seen.find(({ url }) => url === "/cdn/1.mp4")?.headers.authorization).to.equal(undefined);
      answer = job([done], (response) => {
        response.writeHead(302, { location: "http://192.168.0.1/1.mp4" }).end();
      });
      expect(await fault(videos(), clip)).to.be.instanceOf(UpstreamMalformedError);
    });

    it("throws what a failed job says: a refusal is final, a failure may be tried again", async () => {
      answer = job([{ status: "failed", error: { code: "moderation_blocked", message: "no" } }]);
      expect(await fault(videos(), clip))
        .to.be.instanceOf(UpstreamRefusedError)
        .and.include({ retryable: false });
      for (const error of [{ code: "server_error", message: "out of memory" }, null]) {
        answer = job([{ status: "failed", error }]);
        expect(await fault(videos(), clip))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ status: 502, retryable: true });
      }
    });

    it("throws UpstreamCutError when the job is gone while it is looked at", async () => {
      answer = job([{ status: "in_progress" }, json({ error: { message: "not found" } }, 404)]);
      expect(await fault(videos(), clip))
        .to.be.instanceOf(UpstreamCutError)
        .and.include({ retryable: true });
    });

    it("looks again when a look fails, but not for ever", async () => {
      const down = json({ error: "busy" }, 503);
      answer = job([down, down, json("", 429, { "retry-after": "0" }), done]);
      expect(await videos().make(clip, context())).to.have.length(mp4.length);
      answer = job([down]);
      seen = [];
      expect(await fault(videos(), clip))
        .to.be.instanceOf(UpstreamStatusError)
        .and.include({ status: 503 });
      expect(seen.filter(({ method }) => method === "GET")).to.have.length(5);
      answer = job([json({ error: "who are you" }, 401)]);
      expect(await fault(videos(), clip))
        .to.be.instanceOf(UpstreamStatusError)
        .and.include({ status: 401 });
    });

    it("ends a job that never ends with the signal's reason, and has the upstream delete it", async () => {
      const controller = new AbortController();
      const reason = new Error("took too long");
      const deleted = new Promise<void>((resolve) => {
        answer = job([{ status: "in_progress", progress: 5 }], undefined, resolve);
      });
      const onProgress = (part: number) => {
        if (part === 0.05) controller.abort(reason);
      };
      expect(await fault(videos(), clip, { signal: controller.signal, onProgress })).to.equal(reason);
      await deleted;
    });

    it("refuses a job without an id, a content that is none, and one that breaks off", async () => {
      answer = json({ status: "queued" });
      expect(await fault(videos(), clip)).to.be.instanceOf(UpstreamMalformedError);
      answer = json({ id: "a/../../b", status: "completed" });
      await fault(videos(), clip);
      expect(seen.map(({ url }) => url)).to.include("/v1/videos/a%2F..%2F..%2Fb/content");
      answer = job([done], file("<html></html>", "video/mp4"));
      expect(await fault(videos(), clip)).to.be.instanceOf(UpstreamMalformedError);
      answer = job([done], file(mp4.subarray(0, mp4.length - 50), "video/mp4"));
      expect(await fault(videos(), clip)).to.be.instanceOf(UpstreamCutError);
    });
  });

  describe("every fault is the right one", () => {
    const all: [string, (changes?: Partial<OpenAIMediaOptions>) => MediaProvider, MediaRequest][] = [
      ["images", images, image],
      ["speech", speech, voice],
      ["videos", videos, clip],
    ];
    for (const [name, make, request] of all) {
      it(`of ${name}`, async () => {
        for (const error of [
          { code: "content_policy_violation", message: "no" },
          { code: "moderation_blocked", type: "image_generation_user_error", message: "no" },
        ]) {
          answer = json({ error }, 400);
          expect(await fault(make(), request))
            .to.be.instanceOf(UpstreamRefusedError)
            .and.include({ retryable: false });
        }
        answer = json({ error: { message: "slow down" } }, 429, { "retry-after": "7" });
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ status: 429, retryAfterSeconds: 7, retryable: true });
        answer = json("<html>oops</html>", 500);
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ retryable: true });
        answer = json({ error: { message: "size must be one of …" } }, 400);
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ retryable: false });
        answer = (response) => {
          response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
        };
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ status: 302 });

        answer = () => {};
        const hasty = make({ makeTimeoutMs: 30, connectTimeoutMs: 30 });
        expect(await fault(hasty, request))
          .to.be.instanceOf(UpstreamTimeoutError)
          .and.include({ phase: "connect" });
        answer = (response) => {
          response.writeHead(200, { "content-length": 5_000 });
          response.write("half", () => response.destroy());
        };
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamCutError)
          .and.include({ retryable: true });
        answer = (response) => {
          response.writeHead(200);
          response.write("half");
        };
        expect(await fault(make({ idleTimeoutMs: 30 }), request))
          .to.be.instanceOf(UpstreamTimeoutError)
          .and.include({ phase: "idle" });
        expect(await fault(make({ baseUrl: "http://127.0.0.1:1/v1" }), request)).to.be.instanceOf(
          UpstreamUnreachableError,
        );
      });

      it(`of ${name}, with the key in none of them`, async () => {
        for (const [body, status] of [
          [{ error: { message: `Incorrect API key provided: ${KEY}` } }, 401],
          [{ error: { message: `failed for ${KEY}` } }, 200],
        ] as const) {
          answer = json(body, status);
          const error = await fault(make(), request);
          expect(error).to.be.instanceOf(ProviderError);
          expect(JSON.stringify({ ...(error as ProviderError), text: String(error) })).to.not.include(KEY);
        }
      });

      it(`of ${name}, or the signal's reason when aborted while it waits`, async () => {
        const controller = new AbortController();
        const reason = new Error("the person left");
        answer = () => controller.abort(reason);
        expect(await fault(make(), request, { signal: controller.signal })).to.equal(reason);
      });

      it(`of ${name}, at once when the base URL is none`, () => {
        expect(() => make({ baseUrl: "ftp://x" })).to.throw(TypeError);
      });
    }
  });
});
