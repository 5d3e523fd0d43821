import {
  errorSchema,
  type Generation,
  generationListSchema,
  generationSchema,
  madeSchema,
  meteredSchema,
  passUseSchema,
  provenanceSchema,
} from "@stelai/sdk/wire";
import { expect } from "chai";
import { strFromU8, unzipSync } from "fflate";
import { keccak256, stringToBytes } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { TabClient } from "../../test/client.ts";
import { gated, modalityNumber, pictureOf, TestProvider } from "../../test/generations.ts";
import { signInAt } from "../../test/signIn.ts";
import { randomId, type ServedRelayer, serveRelayer, startWorld, type World } from "../../test/world.ts";
import { Waiting } from "../inference/waiting.ts";
import { UpstreamRefusedError } from "../providers/errors.ts";

/** 512 by 512 pixels are 263 milliunits: 10,000 + 263 × 100. */
const PRICES = { perInference: 10_000n, perUnit: 100_000n };
const COST = 36_300n;
const CREDIT = 1_000_000n;
const IMAGES = "/v1/images/generations";
const ASYNC = { Prefer: "respond-async" };

type Sent = Record<string, string>;

describe("Tools over HTTP", () => {
  let world: World;
  let relayer: ServedRelayer;
  let provider: TestProvider;
  let tool: bigint;
  let free: bigint;
  let client: TabClient;
  let people = 0;

  before(async () => {
    world = await startWorld();
    provider = new TestProvider();
    relayer = await serveRelayer(
      world,
      {
        ...{
          RATE_FREE_PER_MINUTE: "1000",
          RATE_WRITES_PER_MINUTE: "1000",
          GENERATION_ATTEMPTS: "1",
          GENERATIONS_PER_ACCOUNT: "2",
        },
        ...{ EXPOSURE_INITIAL: "100000", GENERATIONS_WAITING_PER_ACCOUNT: "3", PASS_DAILY_REQUESTS: "5" },
      },
      { media: { Image: provider } },
    );
    tool = await publish("Image", PRICES);
    free = await publish("Image", {});
  });
  after(async () => {
    await relayer.stop();
    await world.stop();
  });
  beforeEach(async () => {
    provider.behave = async (request) => pictureOf(request);
    client = relayer.client(await world.openTab(5n * CREDIT));
  });

  async function publish(modality: "Image" | "Video" | "Voice" | "Music", prices: object, fields: object = {}) {
    const id = await world.publish(prices, { modality: modalityNumber(modality), ...fields });
    await relayer.watcher.look();
    return id;
  }

  /** Somebody who is signed in. */
  async function newcomer() {
    people += 1;
    const account = world.account(people);
    return { account, headers: await signInAt(relayer, account) };
  }

  const imageBody = (id: bigint, more: object = {}) =>
    JSON.stringify({ model: `stelai-${id}`, prompt: "A pine", size: "512x512", ...more });
  const get = (path: string, headers: Sent = {}) => fetch(`${relayer.url}${path}`, { headers });
  const send = (path: string, body?: string | FormData, headers: Sent = {}, method = "POST") =>
    fetch(`${relayer.url}${path}`, {
      ...{ method, headers: typeof body === "string" ? { "Content-Type": "application/json", ...headers } : headers },
      ...(body === undefined ? {} : { body }),
    });
  const read = async (response: Response): Promise<Generation> => generationSchema.parse(await response.json());
  const codeOf = async (response: Response) => {
    const { error } = errorSchema.parse(await response.json());
    return [response.status, error.code];
  };
  const errorOf = async (response: Response) => errorSchema.parse(await response.json()).error;
  const nothingHeld = async () =>
    expect(await client.status()).to.include({ cumulative: 0n, reserved: 0n, sequence: 0n });

  /** A generation as it is when it has ended. */
  async function ended(id: string, headers: Sent): Promise<Generation> {
    for (let looks = 0; looks < 200; looks += 1) {
      const generation = await read(await get(`/v1/generations/${id}?wait=20`, headers));
      if (generation.completed_at !== null) return generation;
    }
    throw new Error("it does not end");
  }

  /** One that was paid and is done. */
  async function made(more: object = {}): Promise<Generation> {
    const response = await client.make(IMAGES, tool, imageBody(tool, more), { headers: ASYNC });
    return ended((await read(response)).id, await client.session());
  }

  describe("that are paid", () => {
    it("answer with the file, and a receipt that names it at the price that was quoted", async () => {
      const quote = (await (await send("/v1/quotes", imageBody(tool))).json()) as { total: string };
      expect(quote.total).to.equal(COST.toString());
      const response = await client.make(IMAGES, tool, imageBody(tool), { maxCost: COST });
      const answer = (await response.json()) as { data: { b64_json: string }[]; stelai: unknown };
      const bytes = Buffer.from(answer.data[0]?.b64_json ?? "", "base64");
      const { generation, receipt, base } = madeSchema.parse(answer.stelai);
      expect(receipt?.receipt).to.include({ amount: COST, fee: 0n, quality: 1, milliunits: 263n });
      expect(receipt?.receipt.response).to.equal(keccak256(bytes));
      expect(receipt?.receipt.characterId).to.equal(tool);
      expect(base).to.equal(0n);
      const seen = await read(await get(`/v1/generations/${generation}`, await client.session()));
      expect(seen).to.include({ status: "completed", progress: 100, waitsFor: null, ahead: null, prompt: "A pine" });
      expect(seen.metered?.receipt).to.deep.equal(receipt);
      expect(seen.quote.total).to.equal(COST);
      expect(seen.file).to.include({ mediaType: "image/png", width: 512, height: 512, contentHash: keccak256(bytes) });
    });

    it("speak: the file itself, what belongs to it in headers", async () => {
      const voice = await publish("Voice", { perUnit: CREDIT });
      const body = JSON.stringify({ model: `stelai-${voice}`, input: "Good evening.", voice: "nova", speed: 1.5 });
      const response = await client.make("/v1/audio/speech", voice, body);
      expect(response.headers.get("Content-Type")).to.equal("audio/wav");
      expect(response.headers.get("Content-Disposition")).to.match(
        /^inline; filename="stelai-voice-\d+-[\w.-]+\.wav"$/,
      );
      const bytes = new Uint8Array(await response.arrayBuffer());
      const header = response.headers.get("Stelai-Metered") ?? "";
      const { receipt } = meteredSchema.parse(JSON.parse(Buffer.from(header, "base64url").toString()));
      expect(receipt.receipt).to.include({ response: keccak256(bytes), amount: 13_000n, milliunits: 13n });
      const id = response.headers.get("Stelai-Generation");
      const seen = await read(await get(`/v1/generations/${id}`, await client.session()));
      expect(seen.settings).to.include({ voice: "lively", speed: 1.5, format: "wav" });
      expect(seen.file?.peaks?.some((peak) => peak > 10)).to.equal(true);
    });

    it("queue what takes long, by JSON or by a form whose very bytes were paid for", async () => {
      const composer = await publish("Music", { perUnit: 1_000n });
      const boundary = "a-form-that-a-client-made";
      const fields = { model: `stelai-${composer}`, prompt: "Rain", seconds: "5", quality: "low", seed: "11" };
      const parts = Object.entries(fields).map(
        ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      );
      const body = `${parts.join("")}--${boundary}--\r\n`;
      const headers = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
      const response = await client.make("/v1/music", composer, body, { headers });
      const job = (await response.json()) as { id: string; seconds: string; stelai: unknown };
      expect(job).to.include({ object: "music", model: `stelai-${composer}`, seconds: "5", error: null });
      const queued = generationSchema.parse(job.stelai);
      expect(queued.settings).to.deep.equal({ quality: "Draft", seconds: 5, format: "wav", seed: 11 });
      expect(queued).to.include({ metered: null, file: null, urls: null });
      const session = await client.session();
      const done = await ended(job.id, session);
      expect(done).to.include({ status: "completed", error: null });
      const file = await get(`/v1/music/${job.id}/content`, session);
      const bytes = new Uint8Array(await file.arrayBuffer());
      expect(done.metered?.receipt.receipt).to.include({ response: keccak256(bytes), amount: 2_500n });
      expect((await get(`/v1/videos/${job.id}`, session)).status).to.equal(404);
      const gone = await send(`/v1/music/${job.id}`, undefined, session, "DELETE");
      expect(await gone.json()).to.deep.equal({ id: job.id, object: "music.deleted", deleted: true });
    });

    it("answer at once, with the generation, when the client prefers that", async () => {
      const work = gated();
      provider.behave = work.behave;
      const response = await client.make(IMAGES, tool, imageBody(tool, { seed: 3 }), { headers: ASYNC });
      expect(response.status).to.equal(202);
      expect(response.headers.get("Preference-Applied")).to.equal("respond-async");
      const queued = await read(response);
      expect(response.headers.get("Location")).to.equal(`/v1/generations/${queued.id}`);
      expect(queued).to.include({ object: "generation", modality: "Image", file: null });
      expect(queued.settings.seed).to.equal(3);
      await work.begun();
      const session = await client.session();
      const early = await get(`/v1/generations/${queued.id}/content`, session);
      expect(await codeOf(early)).to.deep.equal([409, "generation_not_finished"]);
      // Asked while it is worked on, answered by its end.
      const waiting = ended(queued.id, session);
      work.open();
      expect((await waiting).status).to.equal("completed");
    });

    it("hold nothing and make nothing of a tab that is too small, or for less than they cost", async () => {
      const before = provider.asked.length;
      client = relayer.client(await world.openTab(20_000n));
      const small = await client.make(IMAGES, tool, imageBody(tool));
      const error = await errorOf(small);
      expect([small.status, error.code, error.stelai]).to.deep.equal([
        ...[402, "tab_exhausted"],
        { available: "20000", needed: String(COST) },
      ]);
      const cheap = await client.make(IMAGES, tool, imageBody(tool), { maxCost: COST - 1n });
      expect(await codeOf(cheap)).to.deep.equal([409, "max_cost_too_low"]);
      const unsigned = await client.make(IMAGES, tool, imageBody(tool), { signedBody: "{}" });
      expect(await codeOf(unsigned)).to.deep.equal(
        [404, "model_not_found"].length === 0 ? [] : [401, "invalid_payment"],
      );
      expect(await codeOf(await send(IMAGES, imageBody(tool)))).to.deep.equal([402, "payment_required"]);
      await nothingHeld();
      expect(provider.asked).to.have.length(before);
    });

    it("are one generation and one charge when the same request comes twice, one after the other or at once", async () => {
      const id = randomId();
      const body = imageBody(tool);
      const [one, two] = await Promise.all([0, 1].map(() => client.make(IMAGES, tool, body, { id, headers: ASYNC })));
      const codes = [one?.status, two?.status].sort();
      // The second may come before the first is in the queue.
      expect(codes[0]).to.equal(202);
      expect([202, 409]).to.include(codes[1]);
      const again = await client.make(IMAGES, tool, body, { id });
      const answer = madeSchema.parse(((await again.json()) as { stelai: unknown }).stelai);
      const later = await client.make(IMAGES, tool, body, { id });
      expect(madeSchema.parse(((await later.json()) as { stelai: unknown }).stelai)).to.deep.equal(answer);
      expect(await client.status()).to.include({ cumulative: COST, reserved: 0n, sequence: 1n });
      const other = await client.make(IMAGES, tool, imageBody(tool, { seed: 1 }), { id });
      expect(await codeOf(other)).to.deep.equal([409, "request_differs"]);
      const elsewhere = await client.make("/v1/videos", tool, body, { id });
      expect(await codeOf(elsewhere)).to.deep.equal([409, "request_differs"]);
    });

    it("cost nothing when they fail, say why, and may be asked for again under the same id", async () => {
      provider.behave = async () => {
        throw new UpstreamRefusedError("test", "The upstream refused this prompt.");
      };
      const id = randomId();
      const failed = await client.make(IMAGES, tool, imageBody(tool), { id });
      expect(await codeOf(failed)).to.deep.equal([502, "upstream_refused"]);
      await nothingHeld();
      const { data } = generationListSchema.parse(
        await (await get("/v1/generations?status=failed", await client.session())).json(),
      );
      expect(data[0]).to.include({ status: "failed", file: null, metered: null });
      expect(data[0]?.error?.code).to.equal("upstream_refused");
      provider.behave = async (request) => pictureOf(request);
      expect((await client.make(IMAGES, tool, imageBody(tool), { id })).status).to.equal(200);
      expect(await client.status()).to.include({ cumulative: COST, sequence: 1n });
    });

    it("go on when what was served is signed for; who waits for an answer is asked to sign first", async () => {
      for (const seed of [1, 2]) expect((await made({ seed })).status).to.equal("completed");
      const queued = await read(await client.make(IMAGES, tool, imageBody(tool), { headers: ASYNC }));
      const id = randomId();
      const refused = await client.make(IMAGES, tool, imageBody(tool), { id });
      const error = await errorOf(refused);
      expect([refused.status, error.code]).to.deep.equal([402, "voucher_required"]);
      expect(error.stelai).to.include({ cumulative: String(2n * COST) });
      const session = await client.session();
      expect(await read(await get(`/v1/generations/${queued.id}`, session))).to.include({ waitsFor: "voucher" });
      const statement = await client.statement();
      for (const { receipt } of statement.entries) {
        if (receipt !== null) client.take({ receipt: receipt.receipt } as Parameters<TabClient["take"]>[0]);
      }
      expect((await client.acknowledge()).status).to.equal(204);
      expect((await ended(queued.id, session)).status).to.equal("completed");
      expect((await client.make(IMAGES, tool, imageBody(tool), { id })).status).to.equal(200);
    });
  });

  describe("that are asked wrongly", () => {
    it("say which field is wrong, and hold nothing", async () => {
      const [video, voice] = [await publish("Video", PRICES), await publish("Voice", PRICES)];
      const cases: [string, bigint, object, string][] = [
        [IMAGES, tool, { prompt: "" }, "prompt"],
        [IMAGES, tool, { prompt: "   \n" }, "prompt"],
        [IMAGES, tool, { prompt: "x".repeat(4_001) }, "prompt"],
        [IMAGES, tool, { prompt: "null \u0000 byte" }, "prompt"],
        [IMAGES, tool, { prompt: "escape \u001b[31m" }, "prompt"],
        [IMAGES, tool, { prompt: "half \ud83d" }, "prompt"],
        [IMAGES, tool, { prompt: ["A", "pine"] }, "prompt"],
        [IMAGES, tool, { prompt: undefined }, "prompt"],
        [IMAGES, tool, { size: "513x512" }, "size"],
        [IMAGES, tool, { size: "99999x99999" }, "size"],
        [IMAGES, tool, { quality: "best" }, "quality"],
        [IMAGES, tool, { n: 2 }, "n"],
        [IMAGES, tool, { seed: -1 }, "seed"],
        [IMAGES, tool, { seed: 2 ** 32 }, "seed"],
        [IMAGES, tool, { output_format: "svg" }, "output_format"],
        [IMAGES, tool, { response_format: "html" }, "response_format"],
        [IMAGES, tool, { stream: true }, "stream"],
        [IMAGES, video, {}, "model"],
        ["/v1/videos", tool, {}, "model"],
        ["/v1/chat/completions", tool, { messages: [{ role: "user", content: "Hi" }] }, "model"],
        ["/v1/videos", video, { size: "640x360", seconds: "0" }, "seconds"],
        ["/v1/videos", video, { size: "640x360", seconds: 1.5 }, "seconds"],
        ["/v1/videos", video, { size: "640x360", seconds: "21" }, "seconds"],
        ["/v1/videos", video, { size: "640x360", seconds: "four" }, "seconds"],
        [
          "/v1/videos",
          video,
          { size: "640x360", input_reference: { image_url: "http://127.0.0.1/" } },
          "input_reference",
        ],
        ["/v1/audio/speech", voice, { input: "" }, "input"],
        ["/v1/audio/speech", voice, { input: "Hi", voice: "nobody" }, "voice"],
        ["/v1/audio/speech", voice, { input: "Hi", speed: 9 }, "speed"],
        ["/v1/audio/speech", voice, { input: "Hi", response_format: "mp3" }, "response_format"],
      ];
      for (const [path, id, fields, param] of cases) {
        for (const paid of [true, false]) {
          const body = imageBody(id, fields);
          const response = paid ? await client.make(path, id, body) : await send("/v1/quotes", body);
          // A quote is asked for by the model's own endpoint, and knows of no other.
          if (!paid && param === "model") continue;
          const error = await errorOf(response);
          expect([response.status, error.code, error.param], `${body} ${error.message}`).to.deep.equal([
            ...[400, "invalid_request", param],
          ]);
        }
      }
      expect(await codeOf(await client.make(IMAGES, tool, "{"))).to.deep.equal([400, "invalid_json"]);
      const form = { headers: { "Content-Type": "multipart/form-data; boundary=x" } };
      expect(await codeOf(await client.make("/v1/videos", video, "no form", form))).to.deep.equal([
        400,
        "invalid_request",
      ]);
      await nothingHeld();
      const { data } = generationListSchema.parse(await (await get("/v1/generations", await client.session())).json());
      expect(data).to.deep.equal([]);
    });

    it("name the endpoint that a tool is asked at", async () => {
      const { message } = await errorOf(await client.make("/v1/music", tool, imageBody(tool, { seconds: 5 })));
      expect(message).to.equal(`stelai-${tool} makes images: ask it at POST ${IMAGES}.`);
    });

    it("take markup, scripts and directions of writing for the words that they are", async () => {
      const prompts = [
        '<script>alert("x")</script><img src=x onerror=alert(1)>',
        "'; drop table relayer.generations; --",
        "$(env) {{7*7}} <%= 7 %> %s %n ../../etc/passwd",
        "\u202egnirts\u202c שלום 你好 👩‍🚀\n\ttabbed",
        "__proto__",
      ];
      for (const prompt of prompts) {
        const response = await send(IMAGES, imageBody(free, { prompt }), ASYNC);
        const done = await ended((await read(response)).id, {});
        expect(done).to.include({ status: "completed", prompt });
        const file = await get(`/v1/generations/${done.id}/content`);
        expect(file.headers.get("Content-Type")).to.equal("image/png");
        expect(file.headers.get("Content-Disposition")).to.match(/^inline; filename="[a-z0-9.-]+"$/);
        expect(provider.asked).to.include(prompt);
        const record = provenanceSchema.parse(await (await get(`/v1/generations/${done.id}/record`)).json());
        expect(record.promptHash).to.equal(keccak256(stringToBytes(prompt)));
      }
    });
  });

  describe("that are free, or under a pass", () => {
    it("belong to who is signed in; of nobody known, to who has the id", async () => {
      const { account, headers } = await newcomer();
      const own = await ended((await read(await send(IMAGES, imageBody(free), { ...headers, ...ASYNC }))).id, headers);
      expect(own).to.include({ metered: null, requestId: null, pass: null });
      expect(await codeOf(await get(`/v1/generations/${own.id}`))).to.deep.equal([404, "generation_not_found"]);
      const answer = await send(IMAGES, imageBody(free));
      const { stelai } = (await answer.json()) as { stelai: { generation: string } };
      expect(madeSchema.parse(stelai)).to.deep.equal({ generation: stelai.generation });
      expect(await read(await get(`/v1/generations/${stelai.generation}`))).to.include({ status: "completed" });
      const exported = (await (await get("/v1/account/export", headers)).json()) as { generations: { id: string }[] };
      expect(exported.generations).to.have.length(1);
      expect(exported.generations[0]).to.include({ id: own.id, prompt: "A pine", model: `stelai-${free}` });
      const url = local(own.urls?.content);
      expect((await fetch(url)).status).to.equal(200);
      expect((await send("/v1/account", undefined, headers, "DELETE")).status).to.equal(204);
      expect((await fetch(url)).status).to.equal(404);
      expect(await relayer.services.generations.ofAccount(account.address)).to.deep.equal([]);
    });

    it("are the same generation under the same Idempotency-Key of the same account", async () => {
      const [one, other] = [await newcomer(), await newcomer()];
      const ask = async (headers: Sent, body = imageBody(free)) =>
        send(IMAGES, body, { ...headers, ...ASYNC, "Idempotency-Key": "the-same" });
      const { id } = await read(await ask(one.headers));
      expect((await read(await ask(one.headers))).id).to.equal(id);
      expect((await read(await ask(other.headers))).id).not.to.equal(id);
      const different = await ask(one.headers, imageBody(free, { seed: 5 }));
      expect(await codeOf(different)).to.deep.equal([409, "request_differs"]);
      const wrong = await send(IMAGES, imageBody(free), { "Idempotency-Key": "x".repeat(256) });
      expect((await errorOf(wrong)).param).to.equal("Idempotency-Key");
    });

    it("count against a pass's day; what could not be made, or was not taken, does not", async () => {
      const [monthly, until] = [1, CREDIT];
      const offered = await publish("Image", { ...PRICES, monthly: until });
      const { account, headers } = await newcomer();
      await world.give(account, 20n);
      await world.write(account, "CharacterAccess", "subscribe", [offered, monthly, until, false, "0x"]);
      await relayer.watcher.look();
      const first = await send(IMAGES, imageBody(offered), headers);
      const { stelai } = (await first.json()) as { stelai: { pass: unknown; generation: string } };
      const use = passUseSchema.parse(stelai.pass);
      expect(use).to.include({ limit: 5, remaining: 4 });
      expect(first.headers.get("Stelai-Pass-Remaining")).to.equal("4");
      provider.behave = async () => {
        throw new UpstreamRefusedError("test");
      };
      expect(await codeOf(await send(IMAGES, imageBody(offered), headers))).to.deep.equal([502, "upstream_refused"]);
      expect((await send(IMAGES, imageBody(offered, { size: "1x1" }), headers)).status).to.equal(400);
      const work = gated();
      provider.behave = work.behave;
      const ids: string[] = [];
      // Two are worked on, three wait; the sixth has no room, and the day's five are not used up by asking.
      for (let count = 0; count < 4; count += 1) {
        ids.push((await read(await send(IMAGES, imageBody(offered), { ...headers, ...ASYNC }))).id);
      }
      const used = await send(IMAGES, imageBody(offered), { ...headers, ...ASYNC });
      expect((await codeOf(used))[1]).to.equal("pass_quota_exhausted");
      const cancelled = await send(`/v1/generations/${ids.at(-1)}/cancel`, undefined, headers);
      expect(await read(cancelled)).to.include({
        status: "cancelled",
        completed_at: (await ended(ids.at(-1) ?? "", headers)).completed_at,
      });
      ids[3] = (await read(await send(IMAGES, imageBody(offered), { ...headers, ...ASYNC }))).id;
      work.open();
      for (const id of ids) expect((await ended(id, headers)).pass?.limit).to.equal(5);
    });

    it("wait in a limited number for each network when nobody pays, whoever is signed in", async () => {
      const work = gated();
      provider.behave = work.behave;
      const { headers } = await newcomer();
      const statuses: (number | string)[][] = [];
      for (let count = 0; count < 6; count += 1) {
        const response = await send(IMAGES, imageBody(free), { ...headers, ...ASYNC });
        statuses.push(response.ok ? [response.status] : await codeOf(response));
        if (count === 0) await work.begun();
      }
      expect(statuses.at(-1)).to.deep.equal([429, "too_many_generations"]);
      // Accounts cost nothing: what nobody pays is counted by where it comes from.
      const other = await send(IMAGES, imageBody(free), { ...(await newcomer()).headers, ...ASYNC });
      expect(await codeOf(other)).to.deep.equal([429, "too_many_generations"]);
      work.open();
    });
  });

  describe("and the clients that wait for them", () => {
    it("do not end what somebody else waits for, too, by going away", async () => {
      const work = gated();
      provider.behave = work.behave;
      const { id } = await read(await client.make(IMAGES, tool, imageBody(tool), { headers: ASYNC }));
      const row = await relayer.services.generations.find(id);
      if (row === undefined) throw new Error("it is not there");
      const waiting = new Waiting(relayer.services);
      const leave: (() => void)[] = [];
      const [one, other] = [0, 1].map(() => waiting.until(row, (callback) => leave.push(callback)));
      leave[0]?.();
      expect(await one).to.equal(undefined);
      work.open();
      expect(await other).to.include({ status: "completed" });
    });

    it("end what they asked for by going away", async () => {
      const body = imageBody(tool);
      const alone = gated();
      provider.behave = alone.behave;
      const other = relayer.client(await world.openTab(CREDIT));
      const left = new AbortController();
      const lonely = other.make(IMAGES, tool, body, { signal: left.signal }).catch((error: unknown) => error);
      await alone.begun();
      left.abort();
      await lonely;
      const theirs = await other.session();
      const { data } = generationListSchema.parse(await (await get("/v1/generations", theirs)).json());
      expect((await ended(data[0]?.id ?? "", theirs)).status).to.equal("cancelled");
      alone.open();
      expect(await other.status()).to.include({ cumulative: 0n, reserved: 0n });
    });
  });

  describe("that were asked", () => {
    it("are there for who paid, by the tab's key or signed in, and for nobody else", async () => {
      const { id } = await made();
      const stranger = await newcomer();
      const thief = relayer.client(await world.openTab(CREDIT));
      const others = [{}, stranger.headers, await thief.session(), { Authorization: "Bearer sk-none" }];
      const paths = ["", "/content", "/preview", "/record", "/export"].map((part) => [
        "GET",
        `/v1/generations/${id}${part}`,
      ]);
      const acts = ["/cancel", "/publish"].map((part) => ["POST", `/v1/generations/${id}${part}`]);
      for (const [method = "", path = ""] of [...paths, ...acts, ["DELETE", `/v1/generations/${id}`]]) {
        for (const headers of others) {
          const response = await send(path, undefined, headers, method);
          expect(await codeOf(response), `${method} ${path}`).to.deep.equal([404, "generation_not_found"]);
        }
      }
      const forged = relayer.client({ ...client.tab, key: privateKeyToAccount(generatePrivateKey()) });
      expect(await codeOf(await get(`/v1/generations/${id}`, await forged.session()))).to.deep.equal([
        401,
        "invalid_session",
      ]);
      for (const headers of [await client.session(), await signInAt(relayer, world.payer)]) {
        for (const [, path = ""] of paths) expect((await get(path, headers)).status, path).to.equal(200);
      }
      expect(await codeOf(await get("/v1/generations"))).to.deep.equal([401, "not_signed_in"]);
    });

    it("are listed newest first, by what they are, a page at a time", async () => {
      const ids: string[] = [];
      for (const seed of [1, 2]) ids.unshift((await made({ seed })).id);
      const session = await client.session();
      const list = async (query: string) =>
        generationListSchema.parse(await (await get(`/v1/generations${query}`, session)).json());
      expect((await list("")).data.map(({ id }) => id)).to.deep.equal(ids);
      const page = await list("?limit=1");
      expect([page.data[0]?.id, page.next]).to.deep.equal([ids[0], ids[0]]);
      expect((await list(`?limit=1&before=${page.next}`)).data[0]?.id).to.equal(ids[1]);
      expect((await list("?modality=Video")).data).to.deep.equal([]);
      expect((await list(`?modality=Image&status=completed&model=stelai-${tool}`)).data).to.have.length(2);
      expect((await list("?model=stelai-x")).data).to.deep.equal([]);
      expect(await codeOf(await get("/v1/generations?modality=Chat", session))).to.deep.equal([400, "invalid_request"]);
    });

    it("carry their record, alone and beside the original in a ZIP, and are published when their owner wants that", async () => {
      const { id, metered, file } = await made({ seed: 42, quality: "low" });
      const session = await client.session();
      const record = provenanceSchema.parse(await (await get(`/v1/generations/${id}/record`, session)).json());
      expect(record).to.deep.include({
        characterId: tool,
        seed: 42,
        quality: "Draft",
        modality: "Image",
        termsVersion: 1n,
      });
      expect(record.receipt).to.deep.equal(metered?.receipt);
      expect(record.contentHash).to.equal(metered?.receipt.receipt.response);
      expect(record.promptHash).to.equal(keccak256(stringToBytes("A pine")));
      const zip = await get(`/v1/generations/${id}/export`, session);
      expect(zip.headers.get("Content-Type")).to.equal("application/zip");
      const entries = unzipSync(new Uint8Array(await zip.arrayBuffer()));
      const [name = "", other] = Object.keys(entries).sort().reverse();
      expect([other, name.endsWith(".png")]).to.deep.equal(["record.json", true]);
      expect(keccak256(entries[name] ?? new Uint8Array())).to.equal(record.contentHash);
      expect(provenanceSchema.parse(JSON.parse(strFromU8(entries["record.json"] ?? new Uint8Array())))).to.deep.equal(
        record,
      );

      expect(file?.publicCid).to.equal(null);
      const published = await read(await send(`/v1/generations/${id}/publish`, undefined, session));
      const bytes = new Uint8Array(await (await get(`/ipfs/${published.file?.publicCid}`)).arrayBuffer());
      expect(keccak256(bytes)).to.equal(record.contentHash);
      const stored = await (await get(`/ipfs/${published.file?.cid}`)).arrayBuffer();
      expect(Buffer.from(stored).includes(Buffer.from(bytes.subarray(0, 32)))).to.equal(false);
    });

    it("cannot be cancelled once they are finished; cancelled twice they are cancelled", async () => {
      const { id } = await made();
      const session = await client.session();
      const late = await send(`/v1/generations/${id}/cancel`, undefined, session);
      expect(await codeOf(late)).to.deep.equal([409, "generation_ended"]);
      const work = gated();
      provider.behave = work.behave;
      const { id: other } = await read(await client.make(IMAGES, tool, imageBody(tool), { headers: ASYNC }));
      await work.begun();
      for (let twice = 0; twice < 2; twice += 1) {
        const answer = await read(await send(`/v1/generations/${other}/cancel`, undefined, session));
        expect(answer).to.include({ status: "cancelled", file: null, error: null });
      }
      work.open();
      expect(await client.status()).to.include({ cumulative: COST, reserved: 0n });
      expect((await send(`/v1/generations/${id}`, undefined, session, "DELETE")).status).to.equal(204);
      expect((await get(`/v1/generations/${id}`, session)).status).to.equal(404);
      const entries = (await client.statement()).entries.map(
        ({ receipt, error }) => receipt?.receipt.amount ?? error?.code,
      );
      expect(entries).to.have.members([COST, "cancelled"]);
    });
  });

  describe("that are private, suspended or refused here", () => {
    it("are no model to strangers, whatever is asked; and are made for who may use them", async () => {
      const hidden = await publish("Image", PRICES, { visibility: 2 });
      for (const path of [IMAGES, "/v1/videos", "/v1/quotes", "/v1/chat/completions"]) {
        const messages = [{ role: "user", content: "Hi" }];
        for (const headers of [{}, (await newcomer()).headers]) {
          const response = await send(path, imageBody(hidden, { messages }), headers);
          expect(await codeOf(response), path).to.deep.equal([404, "model_not_found"]);
        }
      }
      expect(await codeOf(await client.make(IMAGES, hidden, imageBody(hidden)))).to.deep.equal([
        404,
        "model_not_found",
      ]);
      await nothingHeld();
      await world.write(world.creator, "Characters", "setAllowed", [hidden, [world.payer.address], true]);
      await relayer.watcher.look();
      expect((await client.make(IMAGES, hidden, imageBody(hidden))).status).to.equal(200);
    });

    it("make nothing while they are suspended or blocked", async () => {
      const other = await publish("Image", {});
      await world.setSuspended(other, true);
      await relayer.watcher.look();
      expect(await codeOf(await send(IMAGES, imageBody(other)))).to.deep.equal([423, "character_suspended"]);
      await world.setSuspended(other, false);
      await relayer.watcher.look();
      await relayer.services.people.blocklist.blockCharacter(other, "test");
      expect(await codeOf(await send(IMAGES, imageBody(other)))).to.deep.equal([403, "blocked"]);
    });
  });

  /** An address of the relayer, wherever it listens in a test. */
  function local(address: string | undefined): string {
    const { pathname, search } = new URL(address ?? "");
    return `${relayer.url}${pathname}${search}`;
  }
});
