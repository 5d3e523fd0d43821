import { generationListSchema, generationSchema, madeSchema, meteredSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { keccak256 } from "viem";
import type { TabClient } from "../../test/client.ts";
import { gated, pictureOf } from "../../test/generations.ts";
import {
  ASYNC,
  asking,
  COST,
  CREDIT,
  freshClient,
  IMAGES,
  startTools,
  stopTools,
  type Tools,
} from "../../test/tools.ts";
import { randomId } from "../../test/world.ts";
import { Waiting } from "../inference/waiting.ts";
import { UpstreamRefusedError } from "../providers/errors.ts";

describe("Tools over HTTP", () => {
  let tools: Tools;
  let world: Tools["world"];
  let relayer: Tools["relayer"];
  let provider: Tools["provider"];
  let tool: Tools["tool"];
  let client: TabClient;
  const { get, send, read, codeOf, errorOf, ended, nothingHeld, publish, imageBody, made } = asking(() => tools);

  before(async () => {
    tools = await startTools();
    ({ world, relayer, provider, tool } = tools);
  });
  after(() => stopTools(tools));
  beforeEach(async () => {
    client = await freshClient(tools);
  });

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
      await nothingHeld(client);
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
      await nothingHeld(client);
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
      for (const seed of [1, 2]) expect((await made(client, imageBody(tool, { seed }))).status).to.equal("completed");
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
});
