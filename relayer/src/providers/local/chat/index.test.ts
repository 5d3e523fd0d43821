import { expect } from "chai";
import type { ChatEvent, ChatRequest } from "../../provider.ts";
import { countMessages, countTokens, loadTokenizer } from "../../tokens.ts";
import { LocalProvider } from "./index.ts";

const provider = new LocalProvider({ delayMs: 0 });
const request = (changes: Partial<ChatRequest> = {}): ChatRequest => ({
  persona: { name: "Mira", systemPrompt: "You are Mira, a botanist from Lisbon." },
  messages: [{ role: "user", content: "Who are you, and what do you do all day?" }],
  maxTokens: 500,
  seed: 5,
  signal: new AbortController().signal,
  ...changes,
});

async function collect(
  changes?: Partial<ChatRequest>,
  from = provider,
): Promise<{ text: string; events: ChatEvent[] }> {
  const events: ChatEvent[] = [];
  for await (const event of from.chat(request(changes))) events.push(event);
  return { events, text: events.map((event) => (event.type === "delta" ? event.text : "")).join("") };
}

describe("the local provider", () => {
  before(function () {
    this.timeout(20_000);
    loadTokenizer();
  });

  it("says what it is", () => {
    expect(provider.isLanguageModel).to.equal(false);
    expect(provider.label)
      .to.match(/scripted responder/i)
      .and.match(/not a language model/);
  });

  it("streams word by word and ends with its usage", async () => {
    const { text, events } = await collect();
    const done = events[events.length - 1];
    expect(events.length).to.equal(text.trim().split(/\s+/).length + 1);
    expect(done).to.deep.equal({
      type: "done",
      finishReason: "stop",
      usage: {
        promptTokens: countMessages(request().messages),
        completionTokens: countTokens(text),
        counted: "tokenizer",
      },
    });
  });

  it("streams the same with and without the pause", async () => {
    const slow = new LocalProvider({ delayMs: 1 });
    expect((await collect({}, slow)).text).to.equal((await collect()).text);
  });

  it("repeats itself for a seed or at temperature 0, and not otherwise", async () => {
    expect((await collect()).text).to.equal((await collect()).text);
    const { seed: _, ...unseeded } = request({ temperature: 0 });
    const cold = async (): Promise<string> => {
      let text = "";
      for await (const event of provider.chat(unseeded)) text += event.type === "delta" ? event.text : "";
      return text;
    };
    expect(await cold()).to.equal(await cold());
  });

  it("stops at the token limit and says so", async () => {
    for (const maxTokens of [0, 1, 5, 12]) {
      const { text, events } = await collect({ maxTokens });
      const done = events[events.length - 1];
      expect(countTokens(text)).to.be.at.most(maxTokens);
      expect(done).to.include({ type: "done", finishReason: "length" });
      expect(done?.type === "done" && done.usage?.completionTokens).to.be.at.most(maxTokens);
    }
  });

  it("ends before a stop text, which is not part of the answer", async () => {
    const whole = (await collect()).text;
    const stop = whole.slice(10, 14);
    expect((await collect({ stop: [stop] })).text).to.equal(whole.slice(0, whole.indexOf(stop)));
  });

  it("ends with the signal's reason when aborted, before the first word and between two", async () => {
    const reason = new Error("the person left");
    await collect({ signal: AbortSignal.abort(reason) }).then(
      () => expect.fail("an aborted request must not answer"),
      (error: unknown) => expect(error).to.equal(reason),
    );
    const controller = new AbortController();
    const slow = new LocalProvider({ delayMs: 60_000 });
    const words = new LocalProvider({ delayMs: 1 }).chat(request({ signal: controller.signal }));
    expect((await words.next()).value).to.include({ type: "delta" });
    controller.abort(reason);
    await words.next().then(
      () => expect.fail("an aborted stream must not go on"),
      (error: unknown) => expect(error).to.equal(reason),
    );
    const pausing = new AbortController();
    const waiting = slow.chat(request({ signal: pausing.signal })).next();
    setImmediate(() => pausing.abort(reason));
    await waiting.then(
      () => expect.fail("a pause must end with the abort"),
      (error: unknown) => expect(error).to.equal(reason),
    );
  });
});
