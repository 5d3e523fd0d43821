import { expect } from "chai";
import { clip, fault, image, json, KEY, mediaUpstream, voice } from "../../../test/mediaUpstream.ts";
import {
  ProviderError,
  UpstreamCutError,
  UpstreamRefusedError,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from "../errors.ts";
import type { MediaProvider, MediaRequest } from "../media.ts";
import type { OpenAIMediaOptions } from "./mediaUpstream.ts";

describe("faults of an OpenAI-compatible upstream of media", () => {
  const upstream = mediaUpstream();

  describe("every fault is the right one", () => {
    const all: [string, (changes?: Partial<OpenAIMediaOptions>) => MediaProvider, MediaRequest][] = [
      ["images", upstream.images, image],
      ["speech", upstream.speech, voice],
      ["videos", upstream.videos, clip],
    ];
    for (const [name, make, request] of all) {
      it(`of ${name}`, async () => {
        for (const error of [
          { code: "content_policy_violation", message: "no" },
          { code: "moderation_blocked", type: "image_generation_user_error", message: "no" },
        ]) {
          upstream.answer = json({ error }, 400);
          expect(await fault(make(), request))
            .to.be.instanceOf(UpstreamRefusedError)
            .and.include({ retryable: false });
        }
        upstream.answer = json({ error: { message: "slow down" } }, 429, { "retry-after": "7" });
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ status: 429, retryAfterSeconds: 7, retryable: true });
        upstream.answer = json("<html>oops</html>", 500);
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ retryable: true });
        upstream.answer = json({ error: { message: "size must be one of …" } }, 400);
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ retryable: false });
        upstream.answer = (response) => {
          response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
        };
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamStatusError)
          .and.include({ status: 302 });

        upstream.answer = () => {};
        const hasty = make({ makeTimeoutMs: 30, connectTimeoutMs: 30 });
        expect(await fault(hasty, request))
          .to.be.instanceOf(UpstreamTimeoutError)
          .and.include({ phase: "connect" });
        upstream.answer = (response) => {
          response.writeHead(200, { "content-length": 5_000 });
          response.write("half", () => response.destroy());
        };
        expect(await fault(make(), request))
          .to.be.instanceOf(UpstreamCutError)
          .and.include({ retryable: true });
        upstream.answer = (response) => {
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
          upstream.answer = json(body, status);
          const error = await fault(make(), request);
          expect(error).to.be.instanceOf(ProviderError);
          expect(JSON.stringify({ ...(error as ProviderError), text: String(error) })).to.not.include(KEY);
        }
      });

      it(`of ${name}, or the signal's reason when aborted while it waits`, async () => {
        const controller = new AbortController();
        const reason = new Error("the person left");
        upstream.answer = () => controller.abort(reason);
        expect(await fault(make(), request, { signal: controller.signal })).to.equal(reason);
      });

      it(`of ${name}, at once when the base URL is none`, () => {
        expect(() => make({ baseUrl: "ftp://x" })).to.throw(TypeError);
      });
    }
  });
});
