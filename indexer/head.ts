/** Where the index stands against the chain. Ponder's `/ready` does not say: it is content with an unknown chain. */

/** One JSON-RPC call. @throws Error with the node's message. */
export async function chainRequest(url: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    signal: AbortSignal.timeout(10_000),
  });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

/** A block as both sides know it. */
export type Head = { number: number; timestamp: number };

/** A block of the chain, by default its newest; null when the chain has none of that number. */
export async function chainBlock(rpcUrl: string, number?: number): Promise<Head | null> {
  const which = number === undefined ? "latest" : `0x${number.toString(16)}`;
  const block = (await chainRequest(rpcUrl, "eth_getBlockByNumber", [which, false])) as {
    number: string;
    timestamp: string;
  } | null;
  return block && { number: Number(block.number), timestamp: Number(block.timestamp) };
}

/** The newest block that the index holds; null before its first. @throws Error when it does not answer. */
export async function indexHead(indexerUrl: string): Promise<Head | null> {
  const response = await fetch(`${indexerUrl}/status`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`The index answers ${response.status}.`);
  const status = (await response.json()) as { stelai?: { block: Head } };
  return status.stelai?.block ?? null;
}

/**
 * Waits until the index holds all that the chain holds now, and nothing that a reorganisation took back.
 * Returns the index's head. @throws Error when it does not within `seconds`.
 */
export async function untilIndexed(
  indexerUrl: string,
  rpcUrl: string,
  { seconds = 60, pauseMs = 20 }: { seconds?: number; pauseMs?: number } = {},
): Promise<Head> {
  const wanted = await chainBlock(rpcUrl);
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const head = await indexHead(indexerUrl).catch(() => null);
    if (head && wanted && head.number >= wanted.number) {
      const same = await chainBlock(rpcUrl, head.number);
      if (same?.timestamp === head.timestamp) return head;
    }
    if (Date.now() > end) {
      throw new Error(`After ${seconds} s the index is at block ${head?.number}, the chain at ${wanted?.number}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
