import type { StelaiClient } from "../client.ts";

/** Where content is read from, and for how long each is waited for. */
export type GatewayOptions = {
  /** Base URLs that have `/ipfs/<cid>`, in the order in which they are asked; the client's relayer when absent. */
  gateways?: readonly string[] | undefined;
  /** Milliseconds that a gateway may be silent before the next one is asked; 10,000 when absent. */
  patience?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** What a gateway gave, or why it was passed over. */
export type GatewayAnswer =
  | { gateway: string; bytes: Uint8Array; why?: never }
  | { gateway: string; bytes?: never; why: string };

/** Longest that one gateway is read from altogether, in times of its patience: it may not drip for ever. */
const WHOLE = 30;

/**
 * Asks gateway after gateway for what stands under a CID: whoever reads on wants another one's. Each has its time, and
 * may send `limit` bytes.
 */
export async function* askGateways(
  client: StelaiClient,
  cid: string,
  { gateways, patience = 10_000, limit, signal }: GatewayOptions & { limit: number },
): AsyncGenerator<GatewayAnswer, void, undefined> {
  for (const gateway of gateways ?? [client.relayerUrl ?? ""]) {
    const ended = new AbortController();
    const give = () => ended.abort(new DOMException("it took too long", "TimeoutError"));
    const whole = setTimeout(give, WHOLE * patience);
    let silence = setTimeout(give, patience);
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(give, patience);
    };
    try {
      const url = `${gateway.replace(/\/$/, "")}/ipfs/${cid}`;
      const either = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
      const response = await client.fetch(url, { signal: either });
      const why = response.ok ? undefined : `it answered ${response.status}`;
      const bytes = why === undefined ? await readUpTo(response, limit, heard) : undefined;
      yield bytes ? { gateway, bytes } : { gateway, why: why ?? `it sent more than ${limit} bytes` };
    } catch (error) {
      if (signal?.aborted) throw error;
      yield { gateway, why: ended.signal.aborted ? "it took too long" : "it cannot be reached" };
    } finally {
      clearTimeout(silence);
      clearTimeout(whole);
    }
  }
}

/** A body's bytes; undefined when there are more than `limit`. */
async function readUpTo(response: Response, limit: number, heard: () => void): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    heard();
    length += part.value.length;
    if (length > limit) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
