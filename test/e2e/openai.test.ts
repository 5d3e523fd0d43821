/**
 * OpenAI's published client against the whole stack: its base URL and our `fetch`, or a key, are all it is told, and so of
 * Vercel's AI SDK. What it makes is
 * decoded, charged once, signed for, and audited against the chain; and the many jobs of some do not hold up another's one.
 */
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { createStelai, type Generation, memoryStorage, type Stelai, type TabSession } from "@stelai/sdk";
import { openAIOptions } from "@stelai/sdk/openai";
import { generateImage, generateText, streamText } from "ai";
import { expect } from "chai";
import OpenAI, { AuthenticationError } from "openai";
import { keccak256 } from "viem";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { probe } from "../../relayer/src/media/probe.ts";
import { buyThousand, confirmSheet, connect, creditsOf, dialog, signIn } from "./acts.ts";
import { expectAccessible } from "./harness/axe.ts";
import { screenshot, screenshotViews } from "./harness/screenshots.ts";
import { stopAfterFailure, until, visitWithWallet, type WalletVisit, world } from "./world.ts";

/** Tools of the demo content, with what they and the operator ask in microcredits: each, per 1,000 milliunits, for compute. */
const IMAGE = { id: 12n, perInference: 20_000n, perUnit: 1_000_000n, feePerUnit: 50_000n };
const VIDEO = { id: 10n, perInference: 50_000n, perUnit: 500_000n, feePerUnit: 40_000n };
const VOICE = { id: 11n, perInference: 10_000n, perUnit: 500_000n, feePerUnit: 30_000n };
/** A priced character that chats. */
const CHAT = "stelai-2";
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

  it("pays from a session in Vercel's AI SDK, set up by one line", async () => {
    const person = await payer();
    const { stelai, session } = person;
    const charges: bigint[] = [];
    const provider = createOpenAICompatible({
      ...{ name: "stelai", ...openAIOptions(stelai, { session, onCharge: ({ cost }) => charges.push(cost) }) },
    });
    const { text } = await generateText({ model: provider(CHAT), prompt: "Good evening" });
    expect(text).not.to.equal("");
    let streamed = "";
    for await (const delta of streamText({ model: provider(CHAT), prompt: "Good evening" }).textStream)
      streamed += delta;
    expect(streamed).not.to.equal("");
    const { image } = await generateImage({
      ...{ model: provider.imageModel(`stelai-${IMAGE.id}`), prompt: "A lighthouse in fog", size: "512x512" },
      providerOptions: { stelai: { quality: "low" } },
    });
    expect(await probe(image.uint8Array, "Image")).to.include({ width: 512, height: 512 });
    await session.acknowledge();
    expect(charges)
      .to.have.length(3)
      .and.to.include(priceOf(IMAGE, SMALL, 2n));
    await expectBill(person, charges);
  });

  it("pays by an API key that the SDK made with one signature, until it is revoked: then the rest comes back", async () => {
    const { stelai } = await payer();
    await stelai.relayer.signIn();
    const balance = async () => (await stelai.credits.getBalance()).stelai;
    const before = await balance();
    const cap = 3_000_000n;
    const { id, key, wait } = await stelai.budgetKeys.create({ name: "A bot", cap });
    const { tabId, operator, budgetKey } = await wait();
    expect(budgetKey).to.include({ id, name: "A bot", state: "active" });
    const held = before - (await balance());
    expect(held >= cap * 10n ** 12n, "the cap has left the wallet").to.equal(true);

    const openai = new OpenAI(openAIOptions(stelai, { key }));
    const messages = [{ role: "user" as const, content: "Good evening" }];
    const whole = await openai.chat.completions.create({ model: CHAT, messages });
    expect(whole.choices[0]?.message.content).not.to.equal("");
    await openai.images.generate({ model: `stelai-${IMAGE.id}`, prompt: "A pine", size: "512x512", quality: "low" });
    const usage = await stelai.budgetKeys.getUsage({ id });
    expect(usage.requests).to.equal(2);
    expect(usage.characters.find(({ characterId }) => characterId === IMAGE.id)?.amount).to.equal(
      priceOf(IMAGE, SMALL, 2n),
    );

    const statement = await stelai.statement.getFullStatement({ operator, tabId });
    const terms = statement.entries.flatMap(({ receipt }) => (receipt ? [receipt.receipt] : []));
    const chain = await stelai.statement.readBill({ operator, tabId, terms });
    const { findings, totals } = await stelai.statement.auditBill({ statement, chain });
    expect([findings, totals.charged]).to.deep.equal([[], usage.amount]);

    const named = await stelai.budgetKeys.rename({ id, name: "007" });
    expect(named.name).to.equal("007");
    expect((await stelai.budgetKeys.revoke({ id })).state).to.equal("revoked");
    const refused = await openai.chat.completions.create({ model: CHAT, messages }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(AuthenticationError).and.include({ code: "invalid_api_key" });
    let [now] = await stelai.budgetKeys.list();
    while (now?.tab?.closed === false) [now] = await stelai.budgetKeys.list();
    expect(now?.tab).to.include({ closed: true, spent: usage.amount });
    expect(await balance()).to.equal(before - held + (cap - usage.amount) * 10n ** 12n);
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

describe("an API key made in the dApp", () => {
  beforeEach(stopAfterFailure);
  let visitor: WalletVisit;
  let openai: OpenAI;
  let key: string;
  const NAME = "Evening bot";
  const messages = [{ role: "user" as const, content: "Good evening" }];
  const row = () => visitor.page.getByRole("listitem", { name: NAME });
  const credits = async () => creditsOf(privateKeyToAddress(visitor.privateKey));

  before(async () => {
    visitor = await visitWithWallet();
    const { page } = visitor;
    const { fund } = await world();
    await fund(privateKeyToAddress(visitor.privateKey), 100_000_000n);
    await page.goto("/credits");
    await connect(page, "Test Wallet");
    await buyThousand(page);
  });
  after(() => visitor.close());

  it("is made with one signature and shown once, with what a program needs", async () => {
    const { page, wallet } = visitor;
    await page.goto("/keys");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await signIn(page);
    await page.getByRole("heading", { name: "No API key yet" }).waitFor();
    await screenshotViews(page, "keys-01-none");
    const prompts = wallet.prompts.length;
    await page.getByRole("button", { name: "New API key" }).click();
    const sheet = dialog(page, "New API key");
    await sheet.getByRole("button", { name: / · / }).click();
    await sheet.getByText("Give it a name of 1 to 60 characters.").waitFor();
    await sheet.getByRole("textbox", { name: "Name" }).fill(NAME);
    await sheet.getByRole("button", { name: "Another amount" }).click();
    await sheet.getByRole("textbox", { name: "Another amount" }).fill("3");
    await screenshotViews(page, "keys-02-new");
    await sheet.getByRole("button", { name: / · / }).click();
    const made = dialog(page, "Copy your key now");
    key = (await made.getByTestId("api-key").textContent()) ?? "";
    expect(key).to.match(/^sk-stelai-[\w-]{43}$/);
    expect(wallet.prompts.length - prompts).to.equal(1);
    await screenshotViews(page, "keys-03-made");
    // What is copied runs as it is.
    await made.getByRole("tab", { name: "Environment" }).click();
    const code = (await made.getByRole("tabpanel").locator("pre").textContent()) ?? "";
    const environment = new Map(code.split("\n").map((line) => line.split("=", 2) as [string, string]));
    openai = new OpenAI({
      baseURL: environment.get("OPENAI_BASE_URL") ?? "",
      apiKey: environment.get("OPENAI_API_KEY") ?? "",
    });
    await page.keyboard.press("Escape");
    expect(await made.isVisible(), "closed by its own button alone").to.equal(true);
    await made.getByRole("button", { name: "I have copied it" }).click();
    await row().getByText("pays", { exact: true }).waitFor();
    await page.reload();
    await row().getByText("Not used yet").waitFor();
    expect(await page.content()).not.to.include(key);
  });

  it("pays for OpenAI's client, which the page shows", async () => {
    const { page } = visitor;
    const answer = await openai.chat.completions.create({ model: CHAT, messages });
    expect(answer.choices[0]?.message.content).not.to.equal("");
    await openai.images.generate({ model: `stelai-${IMAGE.id}`, prompt: "A pine", size: "512x512", quality: "low" });
    await row()
      .getByText(/Last used/)
      .waitFor();
    await row()
      .getByRole("button", { name: `Usage of ${NAME}` })
      .click();
    const usage = dialog(page, `Usage of ${NAME}`);
    await usage.getByText(/^2 requests/).waitFor();
    await expectAccessible(page);
    await screenshotViews(page, "keys-04-usage");
    await usage.getByRole("button", { name: "Close" }).click();
    await screenshotViews(page, "keys-05-list");
    await expectAccessible(page);
  });

  it("has credits added to it with one signature", async () => {
    const { page } = visitor;
    await row().getByRole("button", { name: "Add credits" }).click();
    await confirmSheet(page, "Add credits to your tab");
    await row().getByText(/of 8$/).first().waitFor();
  });

  it("is revoked after a question: refused at once, and the rest comes back", async () => {
    const { page } = visitor;
    const before = await credits();
    await row()
      .getByRole("button", { name: `Revoke ${NAME}` })
      .click();
    const question = dialog(page, `Revoke ${NAME}?`);
    await question.getByText(/cannot be undone/).waitFor();
    await screenshot(page, "keys-06-revoke");
    await question.getByRole("button", { name: "Revoke for good" }).click();
    await row().getByText("revoked", { exact: true }).waitFor();
    const refused = await openai.chat.completions.create({ model: CHAT, messages }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(AuthenticationError).and.include({ code: "invalid_api_key" });
    await row()
      .getByText(/What was left is back in your wallet/)
      .waitFor();
    await until("the rest in the wallet", async () => (await credits()) > before + 7n * 10n ** 18n);
    await screenshotViews(page, "keys-07-ended");
    expect(visitor.problems).to.deep.equal([]);
  });
});
