import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A round-robin proxy before relayers, as an operator's balancer is: it knows nothing of what it passes on. */
export type Balancer = {
  readonly url: string;
  /** Who answers; one that refuses the connection, or says that it stops, is passed over for that request. */
  backends: string[];
  /** Requests passed on so far, by backend. */
  readonly passed: ReadonlyMap<string, number>;
  stop(): Promise<void>;
};

/** Starts one on a free port. */
export async function startProxy(backends: readonly string[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const passed = new Map<string, number>();
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    try {
      for await (const part of incoming) parts.push(part as Buffer);
    } catch {
      return;
    }
    turn += 1;
    const order = proxy.backends.map((_, index) => proxy.backends[(turn + index) % proxy.backends.length] ?? "");
    pass(incoming, Buffer.concat(parts), outgoing, order);
  });

  const pass = (incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse, [backend, ...others]: string[]) => {
    if (backend === undefined) {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end("no relayer answers");
      return;
    }
    const { host: _, ...headers } = incoming.headers;
    const upstream = request(`${backend}${incoming.url}`, { agent, method: incoming.method, headers });
    upstream.once("response", (answer) => {
      if (answer.statusCode === 503 && others.length > 0) {
        answer.resume();
        return pass(incoming, body, outgoing, others);
      }
      passed.set(backend, (passed.get(backend) ?? 0) + 1);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      // What a relayer that dies had not sent yet nobody gets: the client sees a connection that broke.
      answer.once("error", () => outgoing.destroy());
      answer.once("aborted", () => outgoing.destroy());
    });
    upstream.once("error", (error: NodeJS.ErrnoException) => {
      // Never reached it: the next one may be asked. Whatever was reached may have served it.
      if (error.code === "ECONNREFUSED") pass(incoming, body, outgoing, others);
      else outgoing.destroy();
    });
    outgoing.once("close", () => upstream.destroy());
    upstream.end(body);
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const proxy: Balancer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    backends: [...backends],
    passed,
    stop: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return proxy;
}
