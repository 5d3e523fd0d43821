import type { StelaiClient } from "../../client.ts";
import { IndexerError, IndexerUrlMissingError } from "../../errors/client.ts";
import { toJson } from "../../internal/json.ts";

export type GraphqlParameters = {
  query: string;
  variables?: Record<string, unknown> | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Asks the index. Integers beyond 32 bits come as decimal strings. The chain is truth: before money moves, read
 * amounts from it and not from here.
 * @throws IndexerUrlMissingError, IndexerError.
 *
 * @example
 * ```ts
 * const { characters } = await stelai.indexer.graphql<{ characters: { items: { id: string }[] } }>({
 *   query: "query ($limit: Int) { characters(limit: $limit) { items { id } } }",
 *   variables: { limit: 20 },
 * });
 * ```
 */
export async function graphql<data = unknown>(client: StelaiClient, parameters: GraphqlParameters): Promise<data> {
  if (client.indexerUrl === undefined) throw new IndexerUrlMissingError();
  const { query, variables = {}, signal } = parameters;
  let response: Response;
  try {
    response = await client.fetch(`${client.indexerUrl.replace(/\/$/, "")}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: toJson({ query, variables }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new IndexerError("it cannot be reached", cause);
  }
  const body = (await response.json().catch(() => null)) as { data?: data; errors?: { message: string }[] } | null;
  if (body?.errors?.[0]) throw new IndexerError(body.errors[0].message);
  if (!response.ok || body?.data === undefined) throw new IndexerError(`status ${response.status}`);
  return body.data;
}
