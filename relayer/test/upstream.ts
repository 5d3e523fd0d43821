import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What an upstream does with one request. */
export type Behaviour = (response: ServerResponse, body: { messages: { content: string }[] }) => void | Promise<void>;

/** A real OpenAI-compatible HTTP server whose behaviour a test chooses. */
export type Upstream = {
  readonly url: string;
  behave: Behaviour;
  /** Requests that came so far. */
  readonly count: () => number;
  stop(): Promise<void>;
};

/** Starts one on a free port; it answers "Hello there" until told otherwise. */
export async function startUpstream(): Promise<Upstream> {
  let count = 0;
  const server = createServer(async (request, response) => {
    count += 1;
    const body = JSON.parse(await textOf(request)) as { messages: { content: string }[] };
    try {
      await upstream.behave(response, body);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const upstream: Upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    behave: answer(["Hello", " there"]),
    count: () => count,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return upstream;
}

/** Words as a stream, with usage at the end if given. */
export function answer(
  words: readonly string[],
  usage?: { prompt_tokens: number; completion_tokens: number },
): Behaviour {
  return (response) => {
    begin(response);
    for (const word of words) say(response, word);
    end(response, usage);
  };
}

/** Words, then the connection breaks. */
export function cutAfter(words: readonly string[]): Behaviour {
  return async (response) => {
    begin(response);
    for (const word of words) say(response, word);
    await new Promise((resolve) => response.write(": \n\n", resolve));
    response.destroy();
  };
}

/** Words, then silence until the other side goes away. */
export function stallAfter(words: readonly string[], gone: () => void = () => {}): Behaviour {
  return (response) => {
    response.once("close", gone);
    begin(response);
    for (const word of words) say(response, word);
  };
}

/** An error status. */
export function fail(status: number): Behaviour {
  return (response) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ error: { message: "inside", type: "server_error", code: null } }));
  };
}

export function begin(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
}

export function say(response: ServerResponse, content: string): void {
  response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`);
}

export function end(response: ServerResponse, usage?: { prompt_tokens: number; completion_tokens: number }): void {
  response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\n`);
  if (usage !== undefined) response.write(`data: ${JSON.stringify({ choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
