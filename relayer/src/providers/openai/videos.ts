import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ProviderError, UpstreamCutError, UpstreamStatusError } from "../errors.ts";
import type { MediaAbilities, MediaContext, MediaProvider, MediaRequest } from "../media.ts";
import { MediaUpstream, type OpenAIMediaOptions, styledPrompt } from "./mediaUpstream.ts";

export type OpenAIVideosOptions = OpenAIMediaOptions & {
  /** Between two looks at a job. Default 2 s. */
  pollMs?: number;
};

const POLL_MS = 2_000;
/** A look that fails says nothing of the job; so many in a row do. */
const MAX_BLIND_LOOKS = 5;
const MAX_WAIT_MS = 30_000;
/** How long the upstream may take to forget a job. */
const FORGET_MS = 10_000;

/** What a job can end as, besides completed, by the words of different upstreams; any other word goes on. */
const ENDED: ReadonlySet<string> = new Set(["failed", "error", "cancelled", "canceled", "expired", "incomplete"]);

const jobSchema = z.object({
  id: z.string().min(1).max(200),
  status: z.string(),
  progress: z.number().nullish().catch(undefined),
  error: z.unknown().optional(),
});
type Job = z.output<typeof jobSchema>;

/** Videos by the jobs of `/videos` of an OpenAI-compatible upstream. It knows one quality and no seeds. */
export class OpenAIVideos implements MediaProvider {
  readonly name: string;
  readonly label: string;
  readonly abilities: MediaAbilities = {
    sizes: ["1280x720", "720x1280"],
    seconds: { min: 4, max: 12, step: 4, default: 4 },
    qualities: ["Standard"],
    voices: [],
    formats: ["mp4"],
  };
  readonly #upstream: MediaUpstream;
  readonly #options: OpenAIVideosOptions;

  /** @throws TypeError when `baseUrl` is no http(s) URL. */
  constructor(options: OpenAIVideosOptions) {
    this.#options = options;
    this.#upstream = new MediaUpstream(options);
    this.name = this.#upstream.name;
    this.label = options.label ?? `${options.model} - video model`;
  }

  estimate(request: MediaRequest): number {
    return request.modality === "Video" ? 30 + request.seconds * 15 : 60;
  }

  async make(request: MediaRequest, { signal, onProgress }: MediaContext): Promise<Uint8Array> {
    if (request.modality !== "Video") throw new RangeError(`videos are made here, not ${request.modality}`);
    const form = new FormData();
    form.set("model", this.#options.model);
    form.set("prompt", styledPrompt(request.style, request.prompt));
    form.set("size", `${request.width}x${request.height}`);
    form.set("seconds", String(request.seconds));
    const created = this.#job(await this.#upstream.json({ path: "/videos", body: form, signal }));
    try {
      await this.#finish(created, signal, onProgress);
      return await this.#upstream.file({ method: "GET", path: `${pathOf(created)}/content`, signal });
    } finally {
      // Whatever became of it: the upstream works on it no more, and keeps no copy.
      void this.#forget(created);
    }
  }

  /** Looks at a job until it is completed. */
  async #finish(created: Job, signal: AbortSignal, onProgress: MediaContext["onProgress"]): Promise<void> {
    let job = created;
    let blind = 0;
    let waitMs = this.#options.pollMs ?? POLL_MS;
    for (;;) {
      if (job.status === "completed") return;
      if (ENDED.has(job.status)) throw this.#failure(job);
      onProgress(Math.min(1, Math.max(0, (job.progress ?? 0) / 100)));
      await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      waitMs = this.#options.pollMs ?? POLL_MS;
      try {
        job = this.#job(await this.#upstream.json({ method: "GET", path: pathOf(created), signal }));
        blind = 0;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof UpstreamStatusError && error.status === 404) {
          throw new UpstreamCutError(this.name, "the job is gone", { cause: error });
        }
        blind += 1;
        if (!(error instanceof ProviderError) || !error.retryable || blind === MAX_BLIND_LOOKS) throw error;
        const wish = error instanceof UpstreamStatusError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
        waitMs = Math.min(MAX_WAIT_MS, Math.max(waitMs, wish));
      }
    }
  }

  #job(value: unknown): Job {
    const job = jobSchema.safeParse(value);
    if (!job.success) throw this.#upstream.fault(value, "an answer without a job");
    return job.data;
  }

  /** Why a job came to nothing; one that does not say may be asked for again. */
  #failure(job: Job): ProviderError {
    const error = job.error ?? { message: `the job is ${job.status}` };
    return this.#upstream.fault({ error }, `a job that is ${job.status}`);
  }

  async #forget(job: Job): Promise<void> {
    const signal = AbortSignal.timeout(FORGET_MS);
    await this.#upstream.json({ method: "DELETE", path: pathOf(job), signal }).catch(() => {
      // An upstream that cannot delete keeps what it has; nothing here depends on it.
    });
  }
}

function pathOf({ id }: Job): string {
  return `/videos/${encodeURIComponent(id)}`;
}
