import { type Provenance, toWire } from "@stelai/sdk/wire";
import { ContentStoreError } from "../content/index.ts";
import type { GenerationRow } from "../generations/types.ts";
import type { RateLimiter, RateLimits } from "../limits.ts";
import type { Services } from "../services.ts";
import type { FilePart } from "./fileAddresses.ts";
import { type AskedFile, type Described, fileAnswer } from "./fileAnswer.ts";
import { streamOf, zipOf } from "./fileStreams.ts";
import { FilesBusyError, FileUnavailableError, GenerationNotFinishedError } from "./generationErrors.ts";
import { fileNameOf } from "./generationView.ts";

type Needs = {
  limits: Pick<RateLimits, "perMinute">;
  config: Pick<Services["config"], "FILES_IN_FLIGHT_BYTES" | "RATE_FILES_PER_MINUTE">;
  generations: Pick<Services["generations"], "open">;
  people: { quotas: Pick<Services["people"]["quotas"], "addressKey"> };
};

/** Who asks for a file. */
export type Asking = AskedFile & {
  ip: string;
  /** Calls back when the client goes away before it has the whole answer. */
  onDisconnect: (callback: () => void) => void;
};

/** Files on their way to their owners: so many bytes of them at a time, so many requests of a network. */
export class FileServing {
  readonly #services: Needs;
  readonly #rate: RateLimiter;
  /** What is open, by how many: one file is in memory once, however many take it. */
  readonly #open = new Map<string, { bytes: number; users: number }>();
  #bytes = 0;

  constructor(services: Needs) {
    this.#services = services;
    this.#rate = services.limits.perMinute("fileServing.rate", services.config.RATE_FILES_PER_MINUTE);
  }

  /** Bytes of files that are on their way. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * One more request of a network.
   * @throws RateLimitedError
   */
  count({ ip }: Pick<Asking, "ip">): void {
    this.#rate.take(this.#services.people.quotas.addressKey(ip));
  }

  /**
   * The file of a generation, or its preview.
   * @throws GenerationNotFinishedError when there is none, FilesBusyError, FileUnavailableError.
   */
  answer(row: GenerationRow, part: FilePart, asking: Asking, how: Parameters<typeof fileAnswer>[2]): Promise<Response> {
    return fileAnswer(described(row, part), asking, how, async (first, last) => {
      const { bytes, release } = await this.#take(row, part, asking);
      return streamOf(bytes.subarray(first, last + 1), release);
    });
  }

  /** The file and its record as a ZIP, and what that is called. @throws those of {@link answer}. */
  async zip(row: GenerationRow, record: Provenance, asking: Asking) {
    const { name } = described(row, "content");
    const { bytes, release } = await this.#take(row, "content", asking);
    const said = { name: "record.json", bytes: new TextEncoder().encode(toWire(record)) };
    const stream = zipOf({ name, bytes }, said, row.endedAt ?? row.createdAt, release);
    return { stream, name: `${name.replace(/\.[^.]*$/, "")}.zip` };
  }

  /** The whole file in base64. @throws those of {@link answer}. */
  async base64(row: GenerationRow, asking: Asking): Promise<string> {
    const { bytes, release } = await this.#take(row, "content", asking);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
    release();
    return text;
  }

  async #take(row: GenerationRow, part: FilePart, { onDisconnect }: Asking) {
    const { size } = described(row, part);
    const release = this.#hold(row.id, part, size);
    onDisconnect(release);
    try {
      const { bytes } = await this.#services.generations.open(row, part === "content" ? "file" : "preview");
      return { bytes, release };
    } catch (cause) {
      release();
      if (cause instanceof ContentStoreError) throw new FileUnavailableError(row.id, { cause });
      throw cause;
    }
  }

  /** One is let through however large it is; then what fits. @returns lets go, once. */
  #hold(id: string, part: FilePart, size: number): () => void {
    const key = `${id}/${part}`;
    const held = this.#open.get(key) ?? { bytes: size, users: 0 };
    if (held.users === 0) {
      const isOver = this.#bytes + size > this.#services.config.FILES_IN_FLIGHT_BYTES;
      if (isOver && this.#bytes > 0) throw new FilesBusyError(id);
      this.#open.set(key, held);
      this.#bytes += size;
    }
    held.users += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      held.users -= 1;
      if (held.users > 0) return;
      this.#open.delete(key);
      this.#bytes -= held.bytes;
    };
  }
}

function described(row: GenerationRow, part: FilePart): Described {
  const { file, preview } = row;
  if (row.status !== "completed" || file === null || preview === null) throw new GenerationNotFinishedError(row);
  const { mediaType, bytes: size } = part === "content" ? file : preview;
  const name = fileNameOf(row, mediaType);
  return {
    ...{ size, mediaType },
    name: part === "content" ? name : name.replace(/(?=\.[^.]*$)/, "-preview"),
    etag: `"${part === "content" ? file.contentHash : `${file.contentHash}-preview`}"`,
  };
}
