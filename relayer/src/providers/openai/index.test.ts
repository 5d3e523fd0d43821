import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import {
  ProviderError,
  UpstreamCutError,
  UpstreamMalformedError,
  UpstreamRefusedError,
  UpstreamStatusError,
  UpstreamTimeoutError,
  UpstreamUnreachableError,
} from "../errors.ts";
import type { ChatEvent, ChatRequest } from "../provider.ts";
import { countMessages, countTokens, loadTokenizer, upperBoundMessages } from "../tokens.ts";
import { OpenAIProvider, type OpenAIProviderOptions } from "./index.ts";

type Seen = { body: Record<string, unknown>; headers: IncomingMessage["headers"]; url: string | undefined };
type Answer = (response: ServerResponse, seen: Seen) => void;

const KEY = "sk-very-secret";
const chunk = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
const usage = (prompt: number, completion: number): string =>
  `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion } })}\n\n`;
const DONE = "data: [DONE]\n\n";

describe("the OpenAI-compatible provider", () => {
  let server: Server;
  let answer: Answer;
  let seen: Seen;

  before(function () {
    this.timeout(20_000);
    loadTokenizer();
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (part: Buffer) => {
        text += part.toString();
      });
      request.on("end", () => {
        seen = { body: JSON.parse(text) as Seen["body"], headers: request.headers, url: request.url };
        answer(response, seen);
      });
    });
    return new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
  });

  after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => {
      server.close(resolve);
    });
  });

  const provider = (options: Partial<OpenAIProviderOptions> = {}): OpenAIProvider =>
    new OpenAIProvider({
      name: "upstream",
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`,
      model: "test-model",
      apiKey: KEY,
      ...options,
    });
  const request = (changes: Partial<ChatRequest> = {}): ChatRequest => ({
    persona: undefined,
    messages: [{ role: "user", content: "Hello, who is there?" }],
    maxTokens: 50,
    signal: new AbortController().signal,
    ...changes,
  });
  const streams =
    (...parts: string[]): Answer =>
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(parts.join(""));
    };
  const fails =
    (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
    (response) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };

  async function collect(
    from = provider(),
    changes?: Partial<ChatRequest>,
  ): Promise<{ text: string; events: ChatEvent[] }> {
    const events: ChatEvent[] = [];
    for await (const event of from.chat(request(changes))) events.push(event);
    return { events, text: events.map((event) => (event.type === "delta" ? event.text : "")).join("") };
  }

  async function failure(from = provider(), changes?: Partial<ChatRequest>): Promise<{ error: unknown; text: string }> {
    let text = "";
    try {
      for await (const event of from.chat(request(changes))) text += event.type === "delta" ? event.text : "";
    } catch (error) {
      return { error, text };
    }
    return expect.fail("the provider must throw");
  }

  it("streams the deltas, the reason and the upstream's usage", async () => {
    answer = streams(chunk("It is "), ": keep-alive\n\n", chunk("the wind."), chunk("", "stop"), usage(11, 5), DONE);
    const { events } = await collect();
    expect(events).to.deep.equal([
      { type: "delta", text: "It is " },
      { type: "delta", text: "the wind." },
      { type: "done", finishReason: "stop", usage: { promptTokens: 11, completionTokens: 5, counted: "upstream" } },
    ]);
  });

  it("sends what was asked for, and asks for usage", async () => {
    answer = streams(chunk("ok", "stop"), DONE);
    await collect(provider(), { temperature: 0.5, seed: 7, stop: ["END"], user: "person-1" });
    expect(seen.url).to.equal("/v1/chat/completions");
    expect(seen.headers.authorization).to.equal(`Bearer ${KEY}`);
    expect(seen.body).to.deep.equal({
      model: "test-model",
      messages: [{ role: "user", content: "Hello, who is there?" }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 50,
      temperature: 0.5,
      seed: 7,
      stop: ["END"],
      user: "person-1",
    });
  });

  it("passes deltas on before the upstream has finished", async () => {
    let end: () => void = () => expect.fail("the upstream was not asked");
    answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("first"));
      end = () => response.end(chunk(" last", "stop") + DONE);
    };
    const events = provider().chat(request());
    expect((await events.next()).value).to.deep.equal({ type: "delta", text: "first" });
    end();
    expect((await events.next()).value).to.deep.equal({ type: "delta", text: " last" });
    expect((await events.next()).value).to.include({ type: "done", finishReason: "stop" });
  });

  it("counts by the tokenizer when the upstream sends no usage", async () => {
    answer = streams(chunk("The lamp is lit."), chunk("", "length"), DONE);
    const { events, text } = await collect();
    expect(events[events.length - 1]).to.deep.equal({
      type: "done",
      finishReason: "length",
      usage: {
        promptTokens: countMessages(request().messages),
        completionTokens: countTokens(text),
        counted: "tokenizer",
      },
    });
  });

  it("puts the persona and the lore that matters before the messages, and charges neither", async () => {
    answer = streams(chunk("ok", "stop"), usage(400, 1), DONE);
    const lore = [
      { title: "the storm", text: "A cod came over the rail.", keywords: ["storm"] },
      { title: "the cat", text: "Bosun came in a hatbox.", keywords: ["cat"] },
    ];
    const persona = { name: "Isbel", systemPrompt: "You are Isbel.", traits: ["wry"], lore };
    const messages = [{ role: "user" as const, content: "What about the storm?" }];
    const { events } = await collect(provider(), { persona, messages });
    const sent = seen.body.messages as { role: string; content: string }[];
    expect(sent[0]?.role).to.equal("system");
    expect(sent[0]?.content).to.include("You are Isbel.").and.include("A cod came").and.not.include("Bosun");
    expect(sent[1]).to.deep.equal(messages[0]);
    const done = events[events.length - 1];
    const prompt = done?.type === "done" ? done.usage?.promptTokens : undefined;
    expect(prompt).to.be.greaterThan(0).and.at.most(upperBoundMessages(messages));
  });

  it("never reports more than a quote could promise, whatever the upstream counts", async () => {
    answer = streams(chunk("ok", "stop"), usage(1_000_000, 1_000_000), DONE);
    const { events } = await collect();
    const done = events[events.length - 1];
    expect(done?.type === "done" && done.usage).to.deep.equal({
      promptTokens: upperBoundMessages(request().messages),
      completionTokens: 50,
      counted: "upstream",
    });
  });

  it("takes a whole answer from an upstream that does not stream", async () => {
    const choices = [{ message: { role: "assistant", content: "All at once." }, finish_reason: "stop" }];
    answer = fails(200, { choices, usage: { prompt_tokens: 9, completion_tokens: 4 } });
    expect((await collect()).events).to.deep.equal([
      { type: "delta", text: "All at once." },
      { type: "done", finishReason: "stop", usage: { promptTokens: 9, completionTokens: 4, counted: "upstream" } },
    ]);
  });

  it("reports a filtered answer as such", async () => {
    answer = streams(chunk("I", "content_filter"), DONE);
    const { events } = await collect();
    expect(events[events.length - 1]).to.include({ finishReason: "content_filter" });
  });

  it("throws UpstreamUnreachableError when nothing listens", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { error } = await failure(provider({ baseUrl: `http://127.0.0.1:${port}/v1` }));
    expect(error).to.be.instanceOf(UpstreamUnreachableError).and.include({ retryable: true, detail: "ECONNREFUSED" });
  });

  it("throws UpstreamTimeoutError when the upstream does not begin, and when it goes quiet", async () => {
    answer = () => {};
    const late = await failure(provider({ connectTimeoutMs: 30 }));
    expect(late.error).to.be.instanceOf(UpstreamTimeoutError).and.include({ phase: "connect", retryable: true });
    answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("half"));
    };
    const quiet = await failure(provider({ idleTimeoutMs: 30 }));
    expect(quiet.error).to.be.instanceOf(UpstreamTimeoutError).and.include({ phase: "idle" });
    expect(quiet.text).to.equal("half");
  });

  it("throws UpstreamStatusError with the upstream's wish on 429, and says what may be retried", async () => {
    answer = fails(429, { error: { message: "slow down", type: "rate_limit" } }, { "retry-after": "7" });
    const busy = (await failure()).error;
    expect(busy)
      .to.be.instanceOf(UpstreamStatusError)
      .and.include({ status: 429, retryAfterSeconds: 7, retryable: true });
    answer = fails(500, "<html>oops</html>");
    expect((await failure()).error)
      .to.be.instanceOf(UpstreamStatusError)
      .and.include({ status: 500, retryable: true });
    answer = fails(404, { error: "model not found" });
    const missing = (await failure()).error;
    expect(missing)
      .to.be.instanceOf(UpstreamStatusError)
      .and.include({ status: 404, retryable: false, detail: "model not found" });
    answer = fails(302, "", { location: "http://127.0.0.1:1/" });
    expect((await failure()).error)
      .to.be.instanceOf(UpstreamStatusError)
      .and.include({ status: 302 });
  });

  it("throws UpstreamRefusedError when a policy is the reason, in a status or in the stream", async () => {
    answer = fails(400, { error: { message: "no", code: "content_policy_violation" } });
    expect((await failure()).error)
      .to.be.instanceOf(UpstreamRefusedError)
      .and.include({ retryable: false });
    answer = streams(chunk("I"), `data: ${JSON.stringify({ error: { message: "no", type: "content_filter" } })}\n\n`);
    expect((await failure()).error).to.be.instanceOf(UpstreamRefusedError);
  });

  it("throws UpstreamCutError when the stream ends without [DONE] or the socket breaks; what arrived stands", async () => {
    answer = streams(chunk("half an "));
    const ended = await failure();
    expect(ended.error).to.be.instanceOf(UpstreamCutError).and.include({ retryable: true });
    expect(ended.text).to.equal("half an ");
    answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("half an "), () => response.destroy());
    };
    const broken = await failure();
    expect(broken.error).to.be.instanceOf(UpstreamCutError);
    expect(broken.text).to.equal("half an ");
  });

  it("throws UpstreamMalformedError for an event that is no JSON or no chunk", async () => {
    for (const data of ["data: {oops\n\n", 'data: {"choices":"x"}\n\n', "data: 7\n\n"]) {
      answer = streams(chunk("a"), data, DONE);
      expect((await failure()).error, data)
        .to.be.instanceOf(UpstreamMalformedError)
        .and.include({ retryable: false });
    }
  });

  it("throws UpstreamStatusError for an error inside the stream", async () => {
    answer = streams(chunk("a"), `data: ${JSON.stringify({ error: { message: "out of memory", code: 503 } })}\n\n`);
    expect((await failure()).error)
      .to.be.instanceOf(UpstreamStatusError)
      .and.include({ status: 503 });
  });

  it("keeps the key out of every message and detail", async () => {
    for (const status of [401, 500]) {
      answer = fails(status, { error: { message: `Incorrect API key provided: ${KEY}` } });
      const { error } = await failure();
      expect(error).to.be.instanceOf(ProviderError);
      expect(JSON.stringify({ ...(error as ProviderError), text: String(error) })).to.not.include(KEY);
    }
    answer = streams(`data: ${JSON.stringify({ error: { message: `bad ${KEY}` } })}\n\n`);
    expect(((await failure()).error as ProviderError).detail).to.equal("bad [key]");
  });

  it("ends with the signal's reason when aborted, and hangs up", async () => {
    let hungUp: Promise<unknown> = Promise.resolve();
    answer = (response) => {
      hungUp = new Promise((resolve) => response.on("close", resolve));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("half"));
    };
    const controller = new AbortController();
    const reason = new Error("the person left");
    const events = provider().chat(request({ signal: controller.signal }));
    await events.next();
    controller.abort(reason);
    await events.next().then(
      () => expect.fail("an aborted stream must not go on"),
      (error: unknown) => expect(error).to.equal(reason),
    );
    await hungUp;
  });

  it("hangs up when the reader stops reading", async () => {
    let hungUp: Promise<unknown> = Promise.resolve();
    answer = (response) => {
      hungUp = new Promise((resolve) => response.on("close", resolve));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("half"));
    };
    for await (const event of provider().chat(request())) {
      expect(event).to.include({ type: "delta" });
      break;
    }
    await hungUp;
  });

  it("refuses a base URL that is none", () => {
    expect(() => provider({ baseUrl: "ftp://x" })).to.throw(TypeError);
    expect(() => provider({ baseUrl: "nowhere" })).to.throw(TypeError);
  });
});
