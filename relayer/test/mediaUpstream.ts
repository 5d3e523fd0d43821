import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Style } from "@stelai/sdk/wire";
import { expect } from "chai";
import { probe } from "../src/media/probe.ts";
import type { MediaContext, MediaProvider, MediaRequest } from "../src/providers/media.ts";
import { OpenAIImages } from "../src/providers/openai/images.ts";
import type { OpenAIMediaOptions } from "../src/providers/openai/mediaUpstream.ts";
import { OpenAISpeech } from "../src/providers/openai/speech.ts";
import { OpenAIVideos } from "../src/providers/openai/videos.ts";
import { picture, video } from "./media.ts";

type Seen = { method: string; url: string; headers: IncomingMessage["headers"]; body: Buffer };
/** What the upstream does with a request. */
export type Answer = (response: ServerResponse, seen: Seen) => void | Promise<void>;

export const KEY = "sk-very-secret";
export const STYLE: Style = {
  kind: "style",
  name: "Woodcut",
  instructions: "As a woodcut, two colours.",
  speech: { pitch: 1, pace: 1.5 },
};

const base = { prompt: "A lighthouse at night", style: undefined, quality: "Standard", seed: 7 } as const;
export const image: MediaRequest & { modality: "Image" } = {
  ...base,
  modality: "Image",
  width: 1_024,
  height: 1_024,
  format: "png",
};
export const voice: MediaRequest & { modality: "Voice" } = {
  ...base,
  modality: "Voice",
  voice: "coral",
  speed: 1,
  format: "mp3",
};
export const clip: MediaRequest & { modality: "Video" } = {
  ...base,
  modality: "Video",
  width: 1_280,
  height: 720,
  seconds: 4,
  format: "mp4",
};

/** An upstream of images, speech and videos over HTTP whose behaviour a test chooses, for the suite that it is in. */
export function mediaUpstream() {
  const options = (changes: Partial<OpenAIMediaOptions> = {}) => ({
    name: "upstream",
    baseUrl: `${upstream.origin()}/v1/`,
    model: "test-model",
    apiKey: KEY,
    bytesLimit: 1_000_000,
    pollMs: 1,
    ...changes,
  });
  const upstream = {
    answer: (() => {}) as Answer,
    seen: [] as Seen[],
    png: new Uint8Array() as Uint8Array,
    mp4: new Uint8Array() as Uint8Array,
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    images: (changes?: Partial<OpenAIMediaOptions>) => new OpenAIImages(options(changes)),
    speech: (changes?: Partial<OpenAIMediaOptions>) => new OpenAISpeech(options(changes)),
    videos: (changes?: Partial<OpenAIMediaOptions>) => new OpenAIVideos(options(changes)),
    /** A job: what each look at it says, and what its content and its deletion answer. */
    job(looks: readonly (object | Answer)[], content?: Answer, onDelete = () => {}): Answer {
      let look = 0;
      const state = { id: "video_1", object: "video", progress: 0, error: null };
      return (response, one) => {
        if (one.method === "POST") return json({ ...state, status: "queued" })(response, one);
        if (one.method === "DELETE") {
          onDelete();
          return json({ id: "video_1", object: "video.deleted", deleted: true })(response, one);
        }
        if (one.url.endsWith("/content")) return (content ?? file(upstream.mp4, "video/mp4"))(response, one);
        const said = looks[Math.min(look, looks.length - 1)] ?? {};
        look += 1;
        return typeof said === "function"
          ? (said as Answer)(response, one)
          : json({ ...state, ...said })(response, one);
      };
    },
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = "", url = "", headers } = request;
    const one = { method, url, headers, body: Buffer.concat(parts) };
    upstream.seen.push(one);
    await upstream.answer(response, one);
  });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    upstream.png = await picture("png", 64, 48);
    upstream.mp4 = await video(96, 64, 1);
  });
  beforeEach(() => {
    upstream.seen = [];
  });
  after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return upstream;
}

export const context = (changes: Partial<MediaContext> = {}): MediaContext => ({
  signal: new AbortController().signal,
  onProgress: () => {},
  ...changes,
});

/** What making something, and looking at what was made, throws. */
export function fault(
  provider: MediaProvider,
  request: MediaRequest,
  changes?: Partial<MediaContext>,
): Promise<unknown> {
  return provider
    .make(request, context(changes))
    .then((bytes) => probe(bytes, request.modality))
    .then(
      (probed) => expect.fail(`made ${probed.mediaType}`),
      (error: unknown) => error,
    );
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

export const file =
  (bytes: Uint8Array | string, type = "application/octet-stream"): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": type });
    response.end(bytes);
  };
