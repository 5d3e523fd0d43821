import { request as httpRequest } from "node:http";
import { errorSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { keccak256, stringToBytes } from "viem";
import type { Answer, TabClient } from "../../test/client.ts";
import { answer, cutAfter, fail, stallAfter } from "../../test/upstream.ts";
import { type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";

const PRICES = { perInference: 10_000n, perUnit: 50_000n };
const JSON_TYPE = { "Content-Type": "application/json" };

describe("Faults", () => {
  let world: World;
  let relayer: ServedRelayer;
  let character: bigint;
  let free: bigint;

  before(async () => {
    world = await startWorld();
    character = await world.publish(PRICES);
    free = await world.publish({});
    relayer = await serveRelayer(world, {
      BODY_LIMIT: "4096",
      UPSTREAM_CONNECT_TIMEOUT_MS: "1500",
      UPSTREAM_IDLE_TIMEOUT_MS: "1500",
      RATE_FREE_PER_MINUTE: "3",
    });
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(() => {
    world.upstream.behave = answer(["Hello", " there"]);
  });

  const newClient = async (): Promise<TabClient> => relayer.client(await world.openTab(5_000_000n));
  const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
    fetch(`${relayer.url}/v1/chat/completions`, { method: "POST", body, headers });
  const bodyFor = (id: bigint, more: object = {}) =>
    JSON.stringify({ model: `stelai-${id}`, messages: [{ role: "user", content: "Hi" }], ...more });
  const refusal = (one: Answer) => [one.status, one.error?.code];

  /** Nothing was charged, nothing is held, and the statement says why. */
  const expectUncharged = async (client: TabClient, code: string) => {
    expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n, sequence: 0n });
    const [entry] = (await client.statement()).entries;
    expect(entry?.receipt).to.equal(null);
    expect(entry?.error?.code).to.equal(code);
  };

  describe("in a request", () => {
    it("a body above the limit is refused with 413 before it is parsed", async () => {
      const response = await post("{".repeat(5_000));
      expect(response.status).to.equal(413);
      const { error } = errorSchema.parse(await response.json());
      expect(error).to.include({ code: "body_too_large" });
      expect(error.stelai).to.deep.equal({ limit: 4096 });
    });

    it("a body above the limit is refused although no length was announced", async () => {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const outgoing = httpRequest(`${relayer.url}/v1/chat/completions`, { method: "POST", headers: JSON_TYPE });
        outgoing.once("response", (incoming) => {
          resolve(incoming.statusCode);
          outgoing.destroy();
        });
        outgoing.once("error", reject);
        outgoing.write("[".repeat(3_000));
        outgoing.write("[".repeat(3_000));
      });
      expect(status).to.equal(413);
    });

    it("malformed JSON is refused with 400 in OpenAI's shape", async () => {
      const response = await post('{"model": ');
      expect(response.status).to.equal(400);
      const { error } = errorSchema.parse(await response.json());
      expect(error).to.include({ code: "invalid_json", type: "invalid_request_error", param: null });
    });

    it("a wrong field is named", async () => {
      const response = await post(JSON.stringify({ model: `stelai-${character}`, messages: "Hi" }));
      const { error } = errorSchema.parse(await response.json());
      expect([response.status, error.code, error.param]).to.deep.equal([400, "invalid_request", "messages"]);
    });

    it("more tokens than the operator gives are refused", async () => {
      const response = await post(bodyFor(character, { max_tokens: 1_000_000 }));
      const { error } = errorSchema.parse(await response.json());
      expect([response.status, error.param]).to.deep.equal([400, "max_tokens"]);
    });

    it("a character that does not exist, or does not list this operator, is 404", async () => {
      const unlisted = await world.publish(PRICES, { operators: [] });
      for (const model of ["stelai-999999", `stelai-${unlisted}`, "gpt-4o", "stelai-0", "stelai-99999999999999999"]) {
        const response = await post(JSON.stringify({ model, messages: [{ role: "user", content: "Hi" }] }));
        const { error } = errorSchema.parse(await response.json());
        expect([response.status, error.code], model).to.deep.equal([404, "model_not_found"]);
      }
    });

    it("a suspended character is 423, and answers again when it is restored", async () => {
      const one = await world.publish({});
      expect((await post(bodyFor(one))).status).to.equal(200);
      await world.setSuspended(one, true);
      await relayer.watcher.look();
      expect((await post(bodyFor(one))).status).to.equal(423);
      await world.setSuspended(one, false);
      await relayer.watcher.look();
    });

    it("an unknown path is 404 in the same shape", async () => {
      const response = await fetch(`${relayer.url}/v1/nothing`);
      expect(errorSchema.parse(await response.json()).error.code).to.equal("not_found");
    });
  });

  describe("a free character", () => {
    it("answers without payment and receipt, and is limited by address", async () => {
      const codes: number[] = [];
      for (let asked = 0; asked < 5; asked += 1) {
        const response = await post(bodyFor(free));
        codes.push(response.status);
        if (response.status === 200) expect(((await response.json()) as { stelai: unknown }).stelai).to.equal(null);
        else expect(Number(response.headers.get("Retry-After"))).to.be.greaterThan(0);
      }
      expect(codes.at(-1)).to.equal(429);
    });
  });

  describe("of an upstream", () => {
    it("that is not there end in 502, and nothing is charged", async () => {
      const lonely = await serveRelayer(world, { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" });
      try {
        const client = lonely.client(await world.openTab(5_000_000n));
        for (const stream of [false, true]) {
          expect(refusal(await client.ask(character, { stream }))).to.deep.equal([502, "upstream_failed"]);
        }
        await expectUncharged(client, "upstream_failed");
      } finally {
        await lonely.stop();
      }
    });

    it("that answers 500 end in 502, nothing is charged, and the same id may be tried again", async () => {
      const client = await newClient();
      const id = keccak256(stringToBytes("again"));
      world.upstream.behave = fail(500);
      expect(refusal(await client.ask(character, { id }))).to.deep.equal([502, "upstream_failed"]);
      await expectUncharged(client, "upstream_failed");
      world.upstream.behave = answer(["Now"]);
      expect((await client.ask(character, { id })).text).to.equal("Now");
      expect((await client.status()).sequence).to.equal(1n);
    });

    it("that does not begin in time end in 504, and nothing is charged", async () => {
      const client = await newClient();
      world.upstream.behave = () => {};
      expect(refusal(await client.ask(character))).to.deep.equal([504, "upstream_timeout"]);
      await expectUncharged(client, "upstream_timeout");
    });

    it("that breaks off a stream charge what was delivered, with an error and the receipt", async () => {
      const client = await newClient();
      world.upstream.behave = cutAfter(["One", " two", " three"]);
      const cut = await client.ask(character, { stream: true });
      expect(cut.status).to.equal(200);
      expect(cut.text).to.equal("One two three");
      expect(cut.error?.code).to.equal("upstream_cut");
      // The frame of one message and the reply, "Hi", and three words.
      expect(cut.receipt).to.include({ milliunits: 11n, response: keccak256(stringToBytes("One two three")) });
      client.take(cut);
      expect(await client.status()).to.include({ cumulative: client.state.cumulative, reserved: 0n });
      expect((await client.acknowledge()).status).to.equal(204);
    });

    it("that breaks off an answer in one piece end in 502, and nothing is charged", async () => {
      const client = await newClient();
      world.upstream.behave = cutAfter(["One", " two"]);
      expect(refusal(await client.ask(character))).to.deep.equal([502, "upstream_cut"]);
      await expectUncharged(client, "upstream_cut");
    });

    it("that goes quiet in a stream charge what was delivered", async () => {
      const client = await newClient();
      world.upstream.behave = stallAfter(["One", " two"]);
      const quiet = await client.ask(character, { stream: true });
      expect(quiet.text).to.equal("One two");
      expect(quiet.error?.code).to.equal("upstream_timeout");
      expect(quiet.receipt?.sequence).to.equal(1n);
    });

    it("that claims more than it may are charged no more than the answer has bytes", async () => {
      const client = await newClient();
      world.upstream.behave = answer(["Hi"], { prompt_tokens: 1_000_000, completion_tokens: 1_000_000 });
      const { receipt } = await client.ask(character, { maxTokens: 16 });
      // The quoted prompt, which is the frame of the message, its word and the reply, and two bytes of answer.
      expect(receipt?.milliunits).to.equal(11n);
    });
  });

  describe("of a client", () => {
    it("that goes away stop the upstream, and are charged what was delivered", async () => {
      const client = await newClient();
      const gone = new Promise<void>((resolve) => {
        world.upstream.behave = stallAfter(["One", " two"], resolve);
      });
      const { body, headers } = await client.request(character, { stream: true });
      const controller = new AbortController();
      const response = await fetch(`${relayer.url}/v1/chat/completions`, {
        ...{ method: "POST", body, headers },
        signal: controller.signal,
      });
      const reader = response.body?.getReader();
      let seen = "";
      while (!seen.includes("two")) seen += new TextDecoder().decode((await reader?.read())?.value);
      controller.abort();
      await gone;
      while (relayer.services.runs.size > 0) await new Promise((next) => setTimeout(next, 10));
      const { entries } = await client.statement();
      expect(entries).to.have.length(1);
      expect(entries[0]?.receipt?.receipt.response).to.equal(keccak256(stringToBytes("One two")));
      expect(entries[0]?.error?.code).to.equal("stopped");
      expect((await client.status()).reserved).to.equal(0n);
    });
  });
});
