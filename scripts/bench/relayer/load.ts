import { Agent, request } from "node:http";

/** One request that is ready to be sent. */
export type Prepared = { body: string; headers: Record<string, string> };

/** How long one request took, in milliseconds: to the first bytes of the body, and to its end. */
export type Timing = { firstByte: number; total: number };

/** Sends all of them over kept-alive connections, so many at a time; throws on any answer but 200. */
export async function send(
  url: string,
  prepared: readonly Prepared[],
  concurrency: number,
): Promise<{ timings: Timing[]; seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const timings: Timing[] = [];
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (;;) {
        const one = prepared[next];
        next += 1;
        if (one === undefined) return;
        timings.push(await post(url, one, agent));
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  agent.destroy();
  return { timings, seconds };
}

function post(url: string, { body, headers }: Prepared, agent: Agent): Promise<Timing> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const length = Buffer.byteLength(body);
    const outgoing = request(
      url,
      { method: "POST", agent, headers: { ...headers, "Content-Length": length } },
      (incoming) => {
        let firstByte: number | undefined;
        let text = "";
        incoming.on("data", (chunk: Buffer) => {
          firstByte ??= performance.now() - begin;
          if (incoming.statusCode !== 200) text += chunk.toString();
        });
        incoming.once("end", () => {
          if (incoming.statusCode !== 200) reject(new Error(`${incoming.statusCode}: ${text}`));
          else resolve({ firstByte: firstByte ?? 0, total: performance.now() - begin });
        });
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
