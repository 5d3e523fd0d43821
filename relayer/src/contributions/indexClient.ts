import { toWire } from "@stelai/sdk/wire";
import type { Address } from "viem";
import * as z from "zod";
import { UnavailableError } from "../errors.ts";

const ANSWER_MS = 5_000;
const MAX_BYTES = 1_048_576;
/** Of an account's reviews so many are looked at, the newest. */
const MOST_REVIEWS = 100;

const amount = z
  .string()
  .regex(/^[0-9]{1,30}$/)
  .transform(BigInt);
const seconds = z
  .string()
  .regex(/^[0-9]{1,15}$/)
  .transform(Number);

/** `GET /accounts/:address/reviews` of the index (indexer/README.md). */
const reviewsSchema = z.object({
  reviews: z.array(
    z.object({
      characterId: amount.nullable(),
      workId: amount.nullable(),
      licenceId: amount.nullable(),
      paid: amount,
      kept: amount,
      keptAt: seconds.nullable(),
      isOwn: z.boolean(),
      at: seconds,
    }),
  ),
});

/** A review that the index knows, and what its author paid for what it is of; microcredits. */
export type IndexedReview = z.output<typeof reviewsSchema>["reviews"][number];

/** What the index says of accounts; the operator's own, whose word it takes. */
export class IndexClient {
  readonly #base: string;

  /** @param url Where the index is served. */
  constructor(url: string) {
    this.#base = url.replace(/\/$/, "");
  }

  /** An account's reviews, the newest first. @throws UnavailableError */
  async reviewsOf(account: Address): Promise<IndexedReview[]> {
    const path = `/accounts/${account.toLowerCase()}/reviews?limit=${MOST_REVIEWS}`;
    try {
      const parsed = reviewsSchema.safeParse(JSON.parse(await this.#read(path)));
      if (parsed.success) return parsed.data.reviews;
      throw new Error(`not what the index answers: ${toWire(parsed.error.issues)}`);
    } catch (cause) {
      const message = "The index cannot be reached right now, so nothing can be checked. Try again in a moment.";
      throw new UnavailableError(message, { cause });
    }
  }

  async #read(path: string): Promise<string> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await fetch(this.#base + path, { signal, redirect: "error" });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`the index answered ${response.status}`);
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      size += part.byteLength;
      if (size > MAX_BYTES) throw new Error("the index answered more than it may");
      parts.push(part);
    }
    return Buffer.concat(parts).toString("utf8");
  }
}
