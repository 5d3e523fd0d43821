/**
 * OpenAI's published client against the whole stack: its base URL and our `fetch` are all it is told. What it makes is
 * decoded, charged once, signed for, and audited against the chain; and the many jobs of some do not hold up another's one.
 */
import { createStelai, type Generation, memoryStorage, type Stelai, type TabSession } from "@stelai/sdk";
import { expect } from "chai";
import OpenAI from "openai";
import { keccak256 } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { probe } from "../../relayer/src/media/probe.ts";
import { world } from "./world.ts";

/** Tools of the demo content, with what they and the operator ask in microcredits: each, per 1,000 milliunits, for compute. */
const IMAGE = { id: 12n, perInference: 20_000n, perUnit: 1_000_000n, feePerUnit: 50_000n };
const VIDEO = { id: 10n, perInference: 50_000n, perUnit: 500_000n, feePerUnit: 40_000n };
const VOICE = { id: 11n, perInference: 10_000n, perUnit: 500_000n, feePerUnit: 30_000n };
/** What 512 × 512 pixels count, rounded up. */
const SMALL = 263n;
const CAP = 20_000_000n;
const MANY = 20;
const SOME = 8;

const up = (perUnit: bigint, milliunits: bigint, half = 1n) =>
  (perUnit * milliunits + 1_000n * half - 1n) / (1_000n * half);
/** By the rule in docs/PROTOCOL.md, not by the code under test. `half`: 2 for a draft. */
const priceOf = (tool: Omit<typeof IMAGE, "id">, milliunits: bigint, half = 1n) =>
  tool.perInference + up(tool.perUnit, milliunits, half) + up(tool.feePerUnit, milliunits, half);

/** A fresh account with credits and an open tab. */
async function payer(): Promise<{ stelai: Stelai; session: TabSession }> {
  const { chain, transport, walletOf, deployment, urls, fund } = await world();
  const walletClient = walletOf(generatePrivateKey());
  await fund(walletClient.account.address, 100_000_000n);
  const config = { chain, transport, walletClient, deployment, relayerUrl: urls.relayer, storage: memoryStorage() };
  const stelai = createStelai(config as never);
  const [first] = await stelai.credits.getPackages();
  if (!first) throw new Error("the store sells no package");
  await (await stelai.credits.buySponsored({ packageId: first.packageId })).wait();
  const { session } = await (await stelai.tab.openSession({ cap: CAP })).wait();
  return { stelai, session };
}

/** The whole bill, recomputed from its receipts and held against the chain. */
async function expectBill({ stelai, session }: Awaited<ReturnType<typeof payer>>, costs: readonly bigint[]) {
  const { operator, tabId, account: sessionKey } = session;
  const statement = await stelai.statement.getFullStatement({ operator, tabId, sessionKey });
  const terms = statement.entries.flatMap(({ receipt }) => (receipt ? [receipt.receipt] : []));
  const chain = await stelai.statement.readBill({ operator, tabId, terms });
  const { findings, entries, totals } = await stelai.statement.auditBill({ statement, chain });
  expect(findings).to.deep.equal([]);
  expect(entries.map(({ verdict }) => verdict)).to.deep.equal(costs.map(() => "charged"));
  const total = costs.reduce((sum, cost) => sum + cost, 0n);
  expect(totals.charged).to.equal(total);
  const status = await stelai.tab.getStatus({ operator, tabId, sessionKey });
  expect(status).to.include({ cumulative: total, signed: total, reserved: 0n, sequence: BigInt(costs.length) });
}

describe("OpenAI's client through the whole stack", () => {
  it("makes an image, a voiceover and a video, each of its kind, charged once and signed for", async () => {
    const { urls } = await world();
    const person = await payer();
    const { stelai, session } = person;
    const charges: { cost: bigint; response: string }[] = [];
    const errors: unknown[] = [];
    const openai = new OpenAI({
      ...{ baseURL: `${urls.relayer}/v1`, apiKey: "none" },
      fetch: stelai.fetch({
        session,
        onCharge: ({ cost, receipt }) => charges.push({ cost, response: receipt.response }),
        onError: (error) => errors.push(error),
      }),
    });
    const files: Uint8Array[] = [];

    const { data } = await openai.images.generate({
      ...{ model: `stelai-${IMAGE.id}`, prompt: "A lighthouse in fog", size: "512x512", quality: "low" },
    });
    const image = Buffer.from(data?.[0]?.b64_json ?? "", "base64");
    files.push(image);
    expect(await probe(image, "Image")).to.include({ mediaType: "image/png", width: 512, height: 512 });

    const input = "The last ferry leaves in ten minutes. 🦜";
    const said = await openai.audio.speech.create({
      ...{ model: `stelai-${VOICE.id}`, input, voice: "alloy", response_format: "wav" },
    });
    const speech = new Uint8Array(await said.arrayBuffer());
    files.push(speech);
    const heard = await probe(speech, "Voice");
    expect(heard).to.include({ mediaType: "audio/wav", sampleRate: 16_000, channels: 1 });
    expect(heard.seconds).to.be.within(1, 6);

    let video = await openai.videos.create({
      ...{ model: `stelai-${VIDEO.id}` as "sora-2", prompt: "Waves at night", seconds: "1" as "4" },
    });
    while (video.status === "queued" || video.status === "in_progress") {
      // Answers as soon as there is something new.
      await stelai.generate.getGeneration({ id: video.id, session, wait: 10 });
      video = await openai.videos.retrieve(video.id);
    }
    expect(video).to.include({ status: "completed", progress: 100 });
    const film = new Uint8Array(await (await openai.videos.downloadContent(video.id)).arrayBuffer());
    files.push(film);
    const seen = await probe(film, "Video");
    expect(seen).to.include({ mediaType: "video/mp4", width: 640, height: 360 });
    expect(seen.seconds).to.be.within(0.9, 1.1);

    const costs = [priceOf(IMAGE, SMALL, 2n), priceOf(VOICE, BigInt([...input].length)), priceOf(VIDEO, 1_000n)];
    expect(errors).to.deep.equal([]);
    expect(charges).to.deep.equal(files.map((file, at) => ({ cost: costs[at], response: keccak256(file) })));
    await session.acknowledge();
    await expectBill(person, costs);
  });

  it("serves an account's single job in its turn, while twenty of one and eight of another are in the queue", async () => {
    // Two accounts, one for each place: whose turn it is decides, and not that an account has one place at most.
    const [many, busy, single] = [await payer(), await payer(), await payer()];
    const ask = ({ stelai, session }: typeof many, prompt: string) =>
      stelai.generate.image({ session, characterId: IMAGE.id, prompt, size: "512x512", quality: "Draft" });
    const end = async ({ stelai, session }: typeof many, id: string): Promise<Generation> => {
      let last: Generation | undefined;
      for await (const { generation, unsettled } of stelai.generate.waitForGeneration({ id, session })) {
        expect(unsettled).to.equal(undefined);
        last = generation;
      }
      if (!last) throw new Error(`${id} ended without a word`);
      return last;
    };

    const queue = async (person: typeof many, count: number) => {
      const ids: string[] = [];
      for (let at = 1; at <= count; at++) ids.push((await ask(person, `Hill number ${at}`)).id);
      return ids.map((id) => end(person, id));
    };
    const ends = Promise.all([...(await queue(many, MANY)), ...(await queue(busy, SOME))]);
    const { id } = await ask(single, "One valley");
    // Whatever of the many has not begun by now comes after it, though it was asked for before.
    const listed = await Promise.all(
      [many, busy].map(({ stelai, session }) => stelai.generate.listGenerations({ session, status: "queued" })),
    );
    const waiting = new Set(listed.flatMap(({ data }) => data.map((one) => one.id)));
    expect(waiting.size, "the many were made before the one was asked for").to.be.greaterThan(SOME);

    const one = await end(single, id);
    const all = await ends;
    expect([one, ...all].map(({ status }) => status)).to.deep.equal(Array(MANY + SOME + 1).fill("completed"));
    const later = all.filter((generation) => waiting.has(generation.id));
    for (const { started_at } of later) expect(started_at).to.be.at.least(one.started_at ?? Number.POSITIVE_INFINITY);
    const last = Math.max(...all.map(({ completed_at }) => completed_at ?? 0));
    expect(one.completed_at).to.be.at.most(last);

    const cost = priceOf(IMAGE, SMALL, 2n);
    for (const person of [many, busy, single]) await person.session.acknowledge();
    await expectBill(many, Array(MANY).fill(cost));
    await expectBill(busy, Array(SOME).fill(cost));
    await expectBill(single, [cost]);
  });
});
