/** A server on this machine that gives prepared answers by method and path, and keeps what it was asked. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type PreparedAnswer = { status?: number; body?: unknown };
export type Asked = { call: string; headers: Record<string, string | string[] | undefined>; body: string };

export async function startPrepared(answers: Record<string, PreparedAnswer | ((body: string) => PreparedAnswer)>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part as Uint8Array);
    const body = Buffer.concat(parts).toString("utf8");
    const call = `${request.method} ${request.url}`;
    asked.push({ call, headers: request.headers, body });
    const known = answers[call];
    const answer = typeof known === "function" ? known(body) : known;
    const { status = 200, body: said } = answer ?? {
      status: 404,
      body: { error: { code: "not_found", message: "No." } },
    };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(said === undefined ? undefined : JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
