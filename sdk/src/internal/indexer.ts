import type { StelaiClient } from "../client.ts";
import { IndexerError, IndexerUrlMissingError } from "../errors/client.ts";

/** Where a list goes on, and how much of it is asked for. */
export type PageParameters = {
  /** Go on after this `next` of the page before. */
  after?: string | undefined;
  limit?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** A query string of what is given. */
export function queryOf(fields: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) query.set(key, String(value));
  return query.size === 0 ? "" : `?${query}`;
}

/**
 * Reads one of the index's own routes. Fields named in `integers` (by default money and times) become bigint; they
 * travel as decimal strings or, where they are small, as numbers.
 * @throws IndexerUrlMissingError, IndexerError.
 */
export async function indexerRequest<T>(
  client: StelaiClient,
  { path, integers, signal }: { path: string; integers: string; signal?: AbortSignal | undefined },
): Promise<T> {
  if (client.indexerUrl === undefined) throw new IndexerUrlMissingError();
  let response: Response;
  try {
    response = await client.fetch(`${client.indexerUrl.replace(/\/$/, "")}${path}`, signal ? { signal } : {});
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new IndexerError("it cannot be reached", cause);
  }
  const text = await response.text();
  if (!response.ok) throw new IndexerError(`status ${response.status}`);
  const names = new Set(integers.split(" "));
  try {
    return JSON.parse(text, (key, value) =>
      names.has(key) && value !== null && typeof value !== "object" ? BigInt(value) : value,
    ) as T;
  } catch (cause) {
    throw new IndexerError("its answer cannot be read", cause);
  }
}
