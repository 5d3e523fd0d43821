import type { Quality } from "@stelai/sdk";
import { z } from "zod";
import { UpstreamMalformedError } from "../errors.ts";
import type { MediaAbilities, MediaContext, MediaProvider, MediaRequest } from "../media.ts";
import { MediaUpstream, type OpenAIMediaOptions, styledPrompt } from "./mediaUpstream.ts";

/** The upstream's words. It has none for Ultra, which is not offered: a quality must make a difference. */
const QUALITY: Partial<Record<Quality, string>> = { Draft: "low", Standard: "medium", High: "high" };
const SECONDS: Partial<Record<Quality, number>> = { Draft: 10, Standard: 25, High: 60 };

/** JSON around a file in base64. */
const WRAPPING_BYTES = 65_536;

const answerSchema = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })).min(1),
});

/** Images by `POST /images/generations` of an OpenAI-compatible upstream. Seeds are not sent: it promises nothing. */
export class OpenAIImages implements MediaProvider {
  readonly name: string;
  readonly label: string;
  readonly abilities: MediaAbilities = {
    sizes: ["1024x1024", "1536x1024", "1024x1536"],
    seconds: null,
    qualities: ["Standard", "Draft", "High"],
    voices: [],
    formats: ["png", "jpeg", "webp"],
    maxPrompt: 32_000,
  };
  readonly #upstream: MediaUpstream;
  readonly #options: OpenAIMediaOptions;

  /** @throws TypeError when `baseUrl` is no http(s) URL. */
  constructor(options: OpenAIMediaOptions) {
    this.#options = options;
    this.#upstream = new MediaUpstream(options);
    this.name = this.#upstream.name;
    this.label = options.label ?? `${options.model} - image model`;
  }

  estimate({ quality }: MediaRequest): number {
    return SECONDS[quality] ?? 60;
  }

  async make(request: MediaRequest, { signal, user }: MediaContext): Promise<Uint8Array> {
    if (request.modality !== "Image") throw new RangeError(`images are made here, not ${request.modality}`);
    const { model, bytesLimit } = this.#options;
    const body = {
      model,
      prompt: styledPrompt(request.style, request.prompt),
      n: 1,
      size: `${request.width}x${request.height}`,
      quality: QUALITY[request.quality],
      output_format: request.format,
      user,
    };
    const call = { path: "/images/generations", body, signal, isMaking: true };
    const limit = Math.ceil((bytesLimit * 4) / 3) + WRAPPING_BYTES;
    const said = await this.#upstream.json(call, limit);
    const [image] = answerSchema.safeParse(said).data?.data ?? [];
    if (image?.b64_json) return this.#decode(image.b64_json);
    if (image?.url) return this.#upstream.download(image.url, signal);
    throw this.#upstream.fault(said, "an answer without an image");
  }

  #decode(base64: string): Uint8Array {
    const bytes = Buffer.from(base64, "base64");
    const { bytesLimit } = this.#options;
    if (bytes.length > bytesLimit) throw new UpstreamMalformedError(this.name, `more than ${bytesLimit} bytes`);
    return bytes;
  }
}
