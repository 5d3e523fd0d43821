import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import { type Charge, memoryStorage, ReceiptRefusedError, type Stelai, type TabSession } from "../../index.ts";

describe("A fetch that pays", () => {
  let relayer: TestRelayer;
  let stelai: Stelai;
  let session: TabSession;
  let characterId: bigint;
  let charges: Charge[];
  let errors: unknown[];
  let paying: typeof fetch;

  before(async () => {
    ({ characterId } = await withCharacter());
  });

  beforeEach(async () => {
    relayer = await startTestRelayer();
    stelai = await stelaiOf(await withCredits({ eth: 0n }), { relayerUrl: relayer.url, storage: memoryStorage() });
    ({ session } = await (await stelai.tab.openSession({ cap: 20_000_000n })).wait());
    charges = [];
    errors = [];
    paying = stelai.fetch({
      session,
      onCharge: (charge) => charges.push(charge),
      onError: (error) => errors.push(error),
    });
  });
  afterEach(() => relayer.stop());

  const ask = (content: string, more: object = {}, headers: Record<string, string> = {}) =>
    paying(`${relayer.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer none", ...headers },
      body: JSON.stringify({
        model: `stelai-${characterId}`,
        messages: [{ role: "user", content }],
        max_tokens: 50,
        ...more,
      }),
    });

  it("makes any OpenAI client's whole answer paid and signed for", async () => {
    const answer = (await (await ask("hello")).json()) as { choices: { message: { content: string } }[] };
    expect(answer.choices[0]?.message.content).to.equal("You said: hello");
    expect(charges.map(({ cost }) => cost)).to.deep.equal([100_156n]);
    expect(relayer.book(session.tabId).signed).to.equal(100_156n);
  });

  it("passes a stream through unchanged and unbuffered, and signs for it", async () => {
    const response = await ask("hello", { stream: true });
    expect(response.headers.get("content-type")).to.equal("text/event-stream");
    const text = await response.text();
    expect(text)
      .to.contain('"content":"hello"')
      .and.match(/data: \[DONE\]\n\n$/);
    expect(charges).to.have.length(1);
    expect(session.snapshot).to.include({ signed: 100_156n, inFlight: 0 });
  });

  it("gives the first words before the last ones are there", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = await stelaiOf(undefined, {
      relayerUrl: relayer.url,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (!response.headers.get("content-type")?.includes("event-stream")) return response;
        const bytes = new Uint8Array(await response.arrayBuffer());
        let at = 0;
        const body = new ReadableStream<Uint8Array>({
          async pull(controller) {
            if (at > 0) await held;
            const end = at === 0 ? 100 : bytes.length;
            if (at >= bytes.length) return controller.close();
            controller.enqueue(bytes.subarray(at, end));
            at = end;
          },
        });
        return new Response(body, { headers: response.headers });
      },
    });
    paying = slow.fetch({ session });
    const reader = (await ask("hello", { stream: true })).body?.getReader();
    const first = await reader?.read();
    expect(first?.value).to.have.length(100);
    release();
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read());
    expect(session.snapshot.signed).to.equal(100_156n);
  });

  it("is charged once for a client's own retry", async () => {
    relayer.mischief.loseAnswer = true;
    await ask("hello").catch(() => undefined);
    relayer.mischief.loseAnswer = false;
    const again = await ask("hello", {}, { "x-stainless-retry-count": "1" });
    expect(again.status).to.equal(200);
    expect(relayer.book(session.tabId).state.sequence).to.equal(1n);
    await ask("hello", {}, { "idempotency-key": "k" }).then((response) => response.text());
    await ask("hello", {}, { "idempotency-key": "k" }).then((response) => response.text());
    expect(relayer.book(session.tabId).state.sequence).to.equal(2n);
  });

  it("pays two equal requests that are no retry twice", async () => {
    await (await ask("hello")).text();
    await (await ask("hello")).text();
    expect(relayer.book(session.tabId).state.sequence).to.equal(2n);
  });

  it("shows a refusal as OpenAI's clients read it, and does not ask for a retry", async () => {
    const poor = await stelai.tab.openSession({ cap: 1_000_000n });
    ({ session } = await poor.wait());
    paying = stelai.fetch({ session });
    const response = await ask("hello", { max_tokens: 50_000_000 });
    expect(response.status).to.equal(402);
    expect(response.headers.get("x-should-retry")).to.equal("false");
    const { error } = (await response.json()) as { error: { code: string; stelai: { available: string } } };
    expect(error.code).to.equal("tab_exhausted");
    expect(error.stelai.available).to.equal("1000000");
  });

  it("tells of a receipt that it did not sign for", async () => {
    relayer.mischief.tamper = (receipt) => ({ ...receipt, amount: receipt.amount + 1n });
    await (await ask("hello", { stream: true })).text();
    expect(errors[0]).to.be.instanceOf(ReceiptRefusedError);
    expect(relayer.book(session.tabId).signed).to.equal(0n);
  });

  it("leaves everything else alone", async () => {
    const response = await paying(`${relayer.url}/v1/operator`);
    expect(response.status).to.equal(200);
    const other = await ask("hello", { model: "gpt-4" });
    expect(await other.text()).to.contain("Freely: hello");
    expect(charges).to.deep.equal([]);
  });

  it("fetches the receipt of an answer that its caller left", async () => {
    const response = await ask("one two three", { stream: true });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await session.acknowledge();
    expect(session.snapshot.sequence).to.equal(1n);
    expect(relayer.book(session.tabId).signed).to.equal(session.snapshot.served);
  });
});

describe("A free character", () => {
  it("answers without a tab, and costs nothing with one", async () => {
    const relayer = await startTestRelayer();
    try {
      const { characterId } = await withCharacter({});
      const messages = [{ role: "user" as const, content: "hi" }];
      const nobody = await stelaiOf(undefined, { relayerUrl: relayer.url });
      const free = await nobody.generate.chat({ characterId, messages });
      expect(free).to.include({ text: "Freely: hi", charge: undefined });
      const stelai = await stelaiOf(await withCredits({ eth: 0n }), { relayerUrl: relayer.url });
      const { session } = await (await stelai.tab.openSession({ cap: 5_000_000n })).wait();
      const paid = await stelai.generate.chat({ session, characterId, messages });
      expect(paid).to.include({ text: "Freely: hi", charge: undefined });
      expect(session.snapshot.served).to.equal(0n);
    } finally {
      await relayer.stop();
    }
  });
});
