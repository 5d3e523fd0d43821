import { expect } from "chai";
import { flac, mp3, tone } from "../../../test/media.ts";
import {
  clip,
  context,
  fault,
  file,
  image,
  json,
  KEY,
  mediaUpstream,
  STYLE,
  voice,
} from "../../../test/mediaUpstream.ts";
import { probe } from "../../media/probe.ts";
import { UpstreamCutError, UpstreamMalformedError, UpstreamRefusedError, UpstreamStatusError } from "../errors.ts";

describe("media of an OpenAI-compatible upstream", () => {
  const upstream = mediaUpstream();
  const sent = (at = 0) => JSON.parse(upstream.seen[at]?.body.toString() ?? "") as Record<string, unknown>;
  const b64 = (bytes: Uint8Array | string) =>
    json({ created: 1, data: [{ b64_json: Buffer.from(bytes).toString("base64") }] });
  const done = { status: "completed", progress: 100 };

  describe("images", () => {
    it("asks in the upstream's words, with the style before the prompt and no seed, and takes base64", async () => {
      upstream.answer = b64(upstream.png);
      const bytes = await upstream
        .images()
        .make({ ...image, style: STYLE, quality: "High" }, context({ user: "person-1" }));
      expect(bytes).to.deep.equal(Buffer.from(upstream.png));
      expect(upstream.seen[0]).to.include({ method: "POST", url: "/v1/images/generations" });
      expect(upstream.seen[0]?.headers.authorization).to.equal(`Bearer ${KEY}`);
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
      upstream.answer = (response, one) =>
        one.method === "POST"
          ? json({ data: [{ url: `${upstream.origin()}/files/1.png` }] })(response, one)
          : file(upstream.png, "image/png")(response, one);
      expect(await upstream.images().make(image, context())).to.deep.equal(Buffer.from(upstream.png));
      expect(upstream.seen[1]).to.include({ method: "GET", url: "/files/1.png" });
      expect(upstream.seen[1]?.headers.authorization).to.equal(undefined);
    });

    it("fetches none from another private address, by redirect neither", async () => {
      for (const url of [
        "http://127.0.0.1:1/x.png",
        "http://169.254.169.254/x.png",
        "file:///etc/passwd",
        "http://[",
      ]) {
        upstream.answer = json({ data: [{ url }] });
        expect(await fault(upstream.images(), image), url).to.be.instanceOf(UpstreamMalformedError);
      }
      upstream.answer = (response, one) => {
        if (one.method === "POST") return json({ data: [{ url: `${upstream.origin()}/x.png` }] })(response, one);
        response.writeHead(302, { location: "http://10.0.0.1/x.png" }).end();
      };
      expect(await fault(upstream.images(), image)).to.be.instanceOf(UpstreamMalformedError);
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
        upstream.answer = wrong;
        expect(await fault(upstream.images(), image))
          .to.be.instanceOf(UpstreamMalformedError)
          .and.include({ retryable: false });
      }
    });

    it("throws UpstreamCutError for a picture that is not whole, or not there", async () => {
      for (const bytes of [upstream.png.subarray(0, upstream.png.length - 20), new Uint8Array([1])]) {
        upstream.answer = b64(bytes);
        expect(await fault(upstream.images(), image))
          .to.be.instanceOf(UpstreamCutError)
          .and.include({ retryable: true });
      }
    });

    it("takes no more than the limit of a picture, in base64 or from an address", async () => {
      const small = upstream.images({ bytesLimit: 100 });
      upstream.answer = b64(upstream.png);
      expect(await fault(small, image)).to.be.instanceOf(UpstreamMalformedError);
      upstream.answer = (response, one) =>
        one.method === "POST"
          ? json({ data: [{ url: `${upstream.origin()}/x` }] })(response, one)
          : file(upstream.png)(response, one);
      expect(await fault(small, image)).to.be.instanceOf(UpstreamMalformedError);
    });
  });

  describe("speech", () => {
    it("speaks the text alone, with the style as instructions and its pace in the speed", async () => {
      const sound = mp3(Array<number>(20).fill(160));
      upstream.answer = file(sound, "audio/mpeg");
      const bytes = await upstream.speech().make({ ...voice, style: STYLE, speed: 1.2 }, context());
      expect(await probe(bytes, "Voice")).to.include({ mediaType: "audio/mpeg" });
      expect(upstream.seen[0]).to.include({ method: "POST", url: "/v1/audio/speech" });
      const { speed, ...body } = sent();
      expect(speed).to.be.within(1.799999999, 1.800000001);
      expect(body).to.deep.equal({
        model: "test-model",
        input: "A lighthouse at night",
        voice: "coral",
        instructions: "As a woodcut, two colours.",
        response_format: "mp3",
      });
    });

    it("takes WAV and FLAC too, and writes the length into a WAV that was streamed without one", async () => {
      upstream.answer = file(flac(20), "audio/flac");
      expect(await upstream.speech().make({ ...voice, format: "flac" }, context())).to.deep.equal(
        Buffer.from(flac(20)),
      );
      const open = tone(1);
      new DataView(open.buffer).setUint32(4, 0xffff_ffff, true);
      new DataView(open.buffer).setUint32(40, 0xffff_ffff, true);
      upstream.answer = file(open, "audio/wav");
      expect(await upstream.speech().make({ ...voice, format: "wav" }, context())).to.deep.equal(tone(1));
    });

    it("finds an error that came with 200", async () => {
      upstream.answer = json({ error: { message: "no", code: "content_policy_violation" } });
      expect(await fault(upstream.speech(), voice)).to.be.instanceOf(UpstreamRefusedError);
      upstream.answer = json({ text: "hello" });
      expect(await fault(upstream.speech(), voice)).to.be.instanceOf(UpstreamMalformedError);
      upstream.answer = file("<html>maintenance</html>", "text/html");
      expect(await fault(upstream.speech(), voice)).to.be.instanceOf(UpstreamMalformedError);
    });

    it("hangs up on sound without an end", async () => {
      let gone: Promise<unknown> = Promise.resolve();
      upstream.answer = (response) => {
        gone = new Promise((resolve) => response.once("close", resolve));
        response.writeHead(200, { "content-type": "audio/mpeg" });
        const pour = () => {
          while (!response.destroyed && response.write(new Uint8Array(65_536)));
          response.once("drain", pour);
        };
        pour();
      };
      expect(await fault(upstream.speech(), voice)).to.be.instanceOf(UpstreamMalformedError);
      await gone;
    });
  });

  describe("videos", () => {
    it("creates a job, tells how far it is, takes the file, and has the upstream forget it", async () => {
      const deleted = new Promise<void>((resolve) => {
        upstream.answer = upstream.job(
          [{ status: "queued" }, { status: "in_progress", progress: 40 }, done],
          undefined,
          resolve,
        );
      });
      const progress: number[] = [];
      const bytes = await upstream
        .videos()
        .make({ ...clip, style: STYLE }, context({ onProgress: (part) => progress.push(part) }));
      expect(await probe(bytes, "Video")).to.include({ mediaType: "video/mp4", width: 96, height: 64, seconds: 1 });
      expect(progress).to.deep.equal([0, 0, 0.4]);
      await deleted;
      expect(upstream.seen.map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
        "POST /v1/videos",
        "GET /v1/videos/video_1",
        "GET /v1/videos/video_1",
        "GET /v1/videos/video_1",
        "GET /v1/videos/video_1/content",
        "DELETE /v1/videos/video_1",
      ]);
      const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] = upstream.seen;
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
      upstream.answer = upstream.job([done], (response, one) => {
        if (one.url.endsWith("/content")) response.writeHead(302, { location: `${upstream.origin()}/cdn/1.mp4` }).end();
      });
      const jobs = upstream.answer;
      upstream.answer = (response, one) =>
        one.url === "/cdn/1.mp4" ? file(upstream.mp4)(response, one) : jobs(response, one);
      expect(await upstream.videos().make(clip, context())).to.have.length(upstream.mp4.length);
      expect(upstream.seen.find(({ url }) => url === "/cdn/1.mp4")?.headers.authorization).to.equal(undefined);
      upstream.answer = upstream.job([done], (response) => {
        response.writeHead(302, { location: "http://192.168.0.1/1.mp4" }).end();
      });
      expect(await fault(upstream.videos(), clip)).to.be.instanceOf(UpstreamMalformedError);
    });

    it("throws what a failed job says: a refusal is final, a failure may be tried again", async () => {
      upstream.answer = upstream.job([{ status: "failed", error: { code: "moderation_blocked", message: "no" } }]);
      expect(await fault(upstream.videos(), clip))
        .to.be.instanceOf(UpstreamRefusedError)
        .and.include({ retryable: false });
      for (const error of [{ code: "server_error", message: "out of memory" }, null]) {
        upstream.answer = upstream.job([{ status: "failed", error }]);
        expect(await fault(upstream.videos(), clip))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ status: 502, retryable: true });
      }
    });

    it("throws UpstreamCutError when the job is gone while it is looked at", async () => {
      upstream.answer = upstream.job([{ status: "in_progress" }, json({ error: { message: "not found" } }, 404)]);
      expect(await fault(upstream.videos(), clip))
        .to.be.instanceOf(UpstreamCutError)
        .and.include({ retryable: true });
    });

    it("looks again when a look fails, but not for ever", async () => {
      const down = json({ error: "busy" }, 503);
      upstream.answer = upstream.job([down, down, json("", 429, { "retry-after": "0" }), done]);
      expect(await upstream.videos().make(clip, context())).to.have.length(upstream.mp4.length);
      upstream.answer = upstream.job([down]);
      upstream.seen = [];
      expect(await fault(upstream.videos(), clip))
        .to.be.instanceOf(UpstreamStatusError)
        .and.include({ status: 503 });
      expect(upstream.seen.filter(({ method }) => method === "GET")).to.have.length(5);
      upstream.answer = upstream.job([json({ error: "who are you" }, 401)]);
      expect(await fault(upstream.videos(), clip))
        .to.be.instanceOf(UpstreamStatusError)
        .and.include({ status: 401 });
    });

    it("ends a job that never ends with the signal's reason, and has the upstream delete it", async () => {
      const controller = new AbortController();
      const reason = new Error("took too long");
      const deleted = new Promise<void>((resolve) => {
        upstream.answer = upstream.job([{ status: "in_progress", progress: 5 }], undefined, resolve);
      });
      const onProgress = (part: number) => {
        if (part === 0.05) controller.abort(reason);
      };
      expect(await fault(upstream.videos(), clip, { signal: controller.signal, onProgress })).to.equal(reason);
      await deleted;
    });

    it("refuses a job without an id, a content that is none, and one that breaks off", async () => {
      upstream.answer = json({ status: "queued" });
      expect(await fault(upstream.videos(), clip)).to.be.instanceOf(UpstreamMalformedError);
      upstream.answer = json({ id: "a/../../b", status: "completed" });
      await fault(upstream.videos(), clip);
      expect(upstream.seen.map(({ url }) => url)).to.include("/v1/videos/a%2F..%2F..%2Fb/content");
      upstream.answer = upstream.job([done], file("<html></html>", "video/mp4"));
      expect(await fault(upstream.videos(), clip)).to.be.instanceOf(UpstreamMalformedError);
      upstream.answer = upstream.job([done], file(upstream.mp4.subarray(0, upstream.mp4.length - 50), "video/mp4"));
      expect(await fault(upstream.videos(), clip)).to.be.instanceOf(UpstreamCutError);
    });
  });
});
