import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One call of JSON-RPC, as it comes. */
export type RpcCall = { id: number; method: string; params?: unknown[] };
/** What a lying node says instead; undefined: the truth. */
export type Lie = (call: RpcCall) => { result: unknown } | { error: { code: number; message: string } } | undefined;

/** A node between a relayer and the chain, which can lag, lie, break or say nothing. */
export type FaultyNode = {
  readonly url: string;
  /** What it says instead of the truth. */
  lie: Lie;
  /** Answers every request with this status and text instead. */
  broken: { status: number; text: string } | undefined;
  /** Answers nothing until it is told to. */
  silent: boolean;
  stop(): Promise<void>;
};

/** Starts one on a free port before a real node. */
export async function startFaultyNode(rpcUrl: string): Promise<FaultyNode> {
  const held: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (node.silent) await new Promise<void>((resolve) => held.push(resolve));
    if (node.broken !== undefined) {
      response.writeHead(node.broken.status, { "Content-Type": "application/json" });
      response.end(node.broken.text);
      return;
    }
    const body = JSON.parse(Buffer.concat(parts).toString()) as RpcCall | RpcCall[];
    const answers = await Promise.all(
      [body].flat().map(async (call) => {
        const lie = node.lie(call);
        if (lie !== undefined) return { jsonrpc: "2.0", id: call.id, ...lie };
        const asked = await fetch(rpcUrl, {
          ...{ method: "POST", headers: { "Content-Type": "application/json" } },
          body: JSON.stringify({ jsonrpc: "2.0", ...call }),
        });
        return (await asked.json()) as unknown;
      }),
    );
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(Array.isArray(body) ? answers : answers[0]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let isSilent = false;
  const node: FaultyNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lie: () => undefined,
    broken: undefined,
    get silent() {
      return isSilent;
    },
    set silent(value) {
      isSilent = value;
      if (!value) for (const go of held.splice(0)) go();
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return node;
}
