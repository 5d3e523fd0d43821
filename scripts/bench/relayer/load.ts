import { Pool } from "undici";

/** One request that is ready to be sent. */
export type Prepared = { body: string; headers: Record<string, string> };

/**
 * Sends all of them over kept-alive connections, so many at a time: how long the first bytes of each body took, in
 * milliseconds, and all of it in seconds. Throws on any answer but 200. By undici's dispatch, the least that a client can
 * cost: it shares the machine with what it measures.
 */
export async function send(
  url: string,
  prepared: readonly Prepared[],
  concurrency: number,
): Promise<{ firstBytes: number[]; seconds: number }> {
  const { origin, pathname: path } = new URL(url);
  // One more: a connection is free again in the next turn of the event loop.
  const pool = new Pool(origin, { connections: concurrency + 1, headersTimeout: 0, bodyTimeout: 0 });
  const firstBytes: number[] = [];
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (;;) {
        const one = prepared[next];
        next += 1;
        if (one === undefined) return;
        firstBytes.push(await post(pool, path, one));
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  await pool.close();
  return { firstBytes, seconds };
}

function post(pool: Pool, path: string, { body, headers }: Prepared): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    let status = 0;
    let firstByte: number | undefined;
    let text = "";
    pool.dispatch(
      { path, method: "POST", headers, body },
      {
        onRequestStart: () => {},
        onResponseStart: (_controller, code) => {
          status = code;
        },
        onResponseData: (_controller, chunk) => {
          firstByte ??= performance.now() - begin;
          if (status !== 200) text += chunk.toString();
        },
        onResponseEnd: () => {
          if (status !== 200) reject(new Error(`${status}: ${text}`));
          else resolve(firstByte ?? Number.NaN);
        },
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
