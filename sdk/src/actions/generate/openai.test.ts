/** OpenAI's published client, with nothing but a base URL and our fetch. */
import { expect } from "chai";
import OpenAI, { APIError, toFile } from "openai";
import { keccak256 } from "viem";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import {
  type Charge,
  type CreateFetchParameters,
  FileDiffersError,
  memoryStorage,
  ReceiptRefusedError,
  SESSION_HEADER,
  type Stelai,
  type TabSession,
} from "../../index.ts";

describe("OpenAI's client with a fetch that pays", () => {
  let relayer: TestRelayer;
  let stelai: Stelai;
  let session: TabSession;
  let charges: Charge[];
  let errors: unknown[];
  let openai: OpenAI;
  /** Requests as they left, for what a test must see of them. */
  let sent: { url: string; type: string | null; body: string; auth: string | null; session: boolean }[];
  /** How many of the next requests are lost after they were served. */
  let losses = 0;
  const models = { Image: "", Video: "", Voice: "", Music: "" };

  const book = () => relayer.book(session.tabId);
  const openaiWith = (parameters: CreateFetchParameters) =>
    new OpenAI({ baseURL: `${relayer.url}/v1`, apiKey: "none", fetch: stelai.fetch(parameters), maxRetries: 2 });

  before(async () => {
    for (const modality of ["Image", "Video", "Voice", "Music"] as const) {
      const { characterId } = await withCharacter({ perInference: 100_000n, perUnit: 50_000n }, modality);
      models[modality] = `stelai-${characterId}`;
    }
  });

  beforeEach(async () => {
    relayer = await startTestRelayer();
    sent = [];
    losses = 0;
    const watched: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const { url, headers } = request;
      const body = await request.clone().text();
      sent.push({
        url,
        type: headers.get("content-type"),
        body,
        auth: headers.get("authorization"),
        session: headers.has(SESSION_HEADER),
      });
      const response = await fetch(request);
      if (losses === 0 || request.method !== "POST" || url.includes("/tabs/")) return response;
      losses--;
      throw new TypeError("fetch failed");
    };
    const person = await withCredits({ eth: 0n });
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: memoryStorage(), fetch: watched });
    ({ session } = await (await stelai.tab.openSession({ cap: 20_000_000n })).wait());
    charges = [];
    errors = [];
    openai = openaiWith({
      session,
      onCharge: (charge) => charges.push(charge),
      onError: (error) => errors.push(error),
    });
  });
  afterEach(() => relayer.stop());

  it("makes an image that its receipt is of, and pays for its size and quality", async () => {
    const { data } = await openai.images.generate({ model: models.Image, prompt: "Fog", size: "64x32", quality: "hd" });
    const bytes = Buffer.from(data?.[0]?.b64_json ?? "", "base64");
    expect(bytes.subarray(1, 4).toString("latin1")).to.equal("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).to.deep.equal([64, 32]);
    expect(charges.map(({ cost }) => cost)).to.deep.equal([100_300n + 12n]);
    expect(charges[0]?.receipt.response).to.equal(keccak256(bytes));
    expect(book().signed).to.equal(100_312n);
    expect(errors).to.deep.equal([]);
  });

  it("takes what is left open as the tool has it first, and auto as Standard", async () => {
    await openai.images.generate({ model: models.Image, prompt: "Fog" });
    await openai.images.generate({ model: models.Image, prompt: "Fog", size: "auto", quality: "auto" });
    // 32 × 32 pixels are 2 milliunits; the tool has Draft first.
    expect(charges.map(({ cost }) => cost)).to.deep.equal([100_050n + 2n, 100_100n + 4n]);
  });

  it("makes an image behind an address, and pays for it without fetching it", async () => {
    const image = { model: models.Image, prompt: "Fog", response_format: "url" } as const;
    const { data } = await openai.images.generate(image);
    expect(data?.[0]?.url).to.match(/^\/v1\/files\//);
    expect(charges).to.have.length(1);
  });

  it("speaks, and pays once the file went by", async () => {
    const speech = { model: models.Voice, voice: "ada", input: "Hello 🦜", response_format: "wav" } as const;
    const answer = await openai.audio.speech.create(speech);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 4).toString("latin1")).to.equal("RIFF");
    expect(charges.map(({ receipt }) => [receipt.milliunits, receipt.response])).to.deep.equal([
      [7n, keccak256(bytes)],
    ]);
    expect(book().signed).to.equal(session.snapshot.served);
  });

  it("makes a video from a form that is sent as JSON, and pays when it is there, once", async () => {
    relayer.studio.control.hold = true;
    const video = await openai.videos.create({ model: models.Video as "sora-2", prompt: "Waves" });
    expect(video.status).to.equal("queued");
    const { type, body } = sent.find(({ url }) => url.endsWith("/videos")) ?? expect.fail("nothing was sent");
    expect(type).to.equal("application/json");
    expect(JSON.parse(body)).to.deep.equal({ model: models.Video, prompt: "Waves" });
    expect((await openai.videos.retrieve(video.id)).status).to.equal("queued");
    expect(charges).to.deep.equal([]);
    await relayer.studio.work(video.id);
    for (let looks = 0; looks < 2; looks++)
      expect((await openai.videos.retrieve(video.id)).status).to.equal("completed");
    expect(charges.map(({ cost }) => cost)).to.deep.equal([100_000n + 25_000n + 1_000n]);
    const bytes = Buffer.from(await (await openai.videos.downloadContent(video.id)).arrayBuffer());
    expect(bytes.subarray(4, 8).toString("latin1")).to.equal("ftyp");
    expect(charges[0]?.receipt.response).to.equal(keccak256(bytes));
    expect(book().signed).to.equal(126_000n);
    expect((await openai.videos.delete(video.id)).deleted).to.equal(true);
    expect(errors).to.deep.equal([]);
    expect(sent.every(({ auth }) => auth === null)).to.equal(true);
  });

  it("makes music in the same style", async () => {
    const post = { body: { model: models.Music, prompt: "A waltz", seconds: 3 } };
    const { id } = await openai.post<{ id: string }>("/music", post);
    const job = await openai.get<{ status: string }>(`/music/${id}`, {});
    expect(job.status).to.equal("completed");
    expect(charges.map(({ cost }) => cost)).to.deep.equal([100_000n + 75_000n + 3_000n]);
  });

  for (const [what, ask] of [
    ["an image", () => openai.images.generate({ model: models.Image, prompt: "Fog" })],
    ["speech", () => openai.audio.speech.create({ model: models.Voice, voice: "ada", input: "Hi" }).then(whole)],
    ["a video", () => openai.videos.create({ model: models.Video as "sora-2", prompt: "Waves" })],
  ] as const) {
    it(`is charged once for ${what} that it asks for again by itself, since its answer was lost`, async () => {
      losses = 1;
      await ask();
      await session.sync();
      await session.acknowledge();
      expect(session.snapshot.sequence).to.equal(1n);
      expect(book().signed).to.equal(session.snapshot.served);
      const asked = sent.filter(({ url }) => /images|speech|videos$/.test(url));
      expect(asked).to.have.length(2);
      expect(asked[0]?.body).to.equal(asked[1]?.body);
    });
  }

  it("tells of a file that is not its receipt's, and signs nothing for it", async () => {
    relayer.studio.control.swap = (bytes) => bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte));
    await openai.images.generate({ model: models.Image, prompt: "Fog" });
    expect(errors[0]).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", "response");
    expect(book().signed).to.equal(0n);
  });

  it("tells of a video's file that is not its receipt's", async () => {
    const { id } = await openai.videos.create({ model: models.Video as "sora-2", prompt: "Waves" });
    await openai.videos.retrieve(id);
    relayer.studio.control.swap = (bytes) => bytes.slice(1);
    await (await openai.videos.downloadContent(id)).arrayBuffer();
    expect(errors[0]).to.be.instanceOf(FileDiffersError);
  });

  it("shows what is refused as OpenAI's own refusals, and charges nothing", async () => {
    const refused = async (work: Promise<unknown>) => {
      const error = await work.then(() => expect.fail("it was not refused")).catch((thrown: unknown) => thrown);
      return error instanceof APIError ? [error.status, error.code] : error;
    };
    const { Image, Video, Voice } = models;
    const image = { model: Image, prompt: "Fog" };
    expect(await refused(openai.images.generate({ ...image, size: "1x1" }))).to.deep.equal([400, "invalid_request"]);
    expect(await refused(openai.images.generate({ ...image, model: Voice }))).to.deep.equal([400, "invalid_request"]);
    const picture = await toFile(new Uint8Array([1, 2, 3]), "a.png", { type: "image/png" });
    const video = { model: Video as "sora-2", prompt: "Waves", input_reference: picture };
    expect(await refused(openai.videos.create(video))).to.deep.equal([400, "invalid_request"]);
    const thrifty = openaiWith({ session, maxCost: 1n });
    expect(await refused(thrifty.images.generate(image))).to.deep.equal([402, "max_cost_exceeded"]);
    expect(session.snapshot.served).to.equal(0n);
  });

  it("asks as the account that is signed in where there is no tab, and lets others' requests alone", async () => {
    Object.assign(stelai.client.signIn, { token: "t0ken" });
    await openaiWith({}).videos.list();
    expect(relayer.studio.control.viewers).to.deep.equal(["account"]);
    sent.length = 0;
    await stelai
      .fetch({ session })(`${relayer.url.replace("127.0.0.1", "localhost")}/v1/videos`)
      .catch(() => undefined);
    expect(sent.map((request) => request.session)).to.deep.equal([false]);
  });
});

async function whole(answer: Response): Promise<ArrayBuffer> {
  return answer.arrayBuffer();
}
