import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { type Person, passTime, stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import {
  FileDiffersError,
  GenerationEndedError,
  GenerationNotFinishedError,
  GenerationNotFoundError,
  type GenerationState,
  MaxCostExceededError,
  memoryStorage,
  NotAToolError,
  PaymentRequiredError,
  type QueuedGeneration,
  ReceiptRefusedError,
  RelayerProtocolError,
  type Stelai,
  type TabSession,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

/** The last state of a generation. */
async function end(states: AsyncGenerator<GenerationState>): Promise<GenerationState> {
  let last: GenerationState | undefined;
  for await (const state of states) last = state;
  return last ?? expect.fail("it had no state");
}

describe("A generation", () => {
  let relayer: TestRelayer;
  let person: Person;
  let stelai: Stelai;
  let session: TabSession;
  let store = memoryStorage();
  const tools = { Image: 0n, Video: 0n, Voice: 0n, Music: 0n };
  let chatId: bigint;

  const signed = () => relayer.book(session.tabId).signed;
  const paint = (more: object = {}) =>
    stelai.generate.image({ session, characterId: tools.Image, prompt: "A lighthouse", size: "64x32", ...more });
  const wait = (queued: Pick<QueuedGeneration, "id">) => end(stelai.generate.waitForGeneration({ session, ...queued }));
  const chat = () =>
    stelai.generate.chat({ session, characterId: chatId, messages: [{ role: "user", content: "hi" }], maxTokens: 50 });
  /** Another window, or this one after a reload: what is stored is all that it has. */
  const elsewhere = async () => {
    const other = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    const { operator } = relayer;
    return { stelai: other, session: await other.tab.resumeSession({ operator, tabId: session.tabId }) };
  };
  const reload = async () => {
    ({ stelai, session } = await elsewhere());
  };

  before(async () => {
    ({ characterId: chatId } = await withCharacter());
    for (const modality of ["Image", "Video", "Voice", "Music"] as const) {
      ({ characterId: tools[modality] } = await withCharacter({ perInference: 100_000n, perUnit: 50_000n }, modality));
    }
  });

  beforeEach(async () => {
    relayer = await startTestRelayer();
    person = await withCredits({ eth: 0n });
    store = memoryStorage();
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    ({ session } = await (await stelai.tab.openSession({ cap: 20_000_000n })).wait());
  });

  afterEach(() => relayer.stop());

  it("is queued, followed to its end and paid to the microcredit, by its size and quality", async () => {
    relayer.studio.control.hold = true;
    const queued = await paint({ quality: "High" });
    expect(queued.generation).to.include({ status: "queued", waitsFor: "turn", metered: null });
    const states: GenerationState[] = [];
    const changes = [() => relayer.studio.progress(queued.id, 40), () => relayer.studio.work(queued.id)];
    for (const waited = stelai.generate.waitForGeneration(queued); ; ) {
      const next = waited.next();
      // The first answer comes at once, the others when something changed.
      if (states.length > 0) {
        await relayer.studio.whenWaited();
        await changes[states.length - 1]?.();
      }
      const { value, done } = await next;
      if (done || !value) break;
      states.push(value);
      if (value.generation.status === "completed") break;
    }
    expect(states.map(({ generation: { status, progress } }) => `${status} ${progress}`)).to.deep.equal([
      "queued 0",
      "in_progress 40",
      "completed 100",
    ]);
    // 64 × 32 pixels are 3 milliunits: 100,000 + 3 × 50 × 2 for the tool, 3 × 2 × 2 for the operator.
    expect(states.at(-1)?.charge?.cost).to.equal(100_300n + 12n);
    expect(session.snapshot).to.include({ served: 100_312n, signed: 100_312n, inFlight: 0 });
    expect(signed()).to.equal(100_312n);
  });

  it("is a video, speech or music for what its seconds or characters cost", async () => {
    const { Video, Voice, Music } = tools;
    const queued = [
      await stelai.generate.video({ session, characterId: Video, prompt: "Waves", seconds: 1 }),
      await stelai.generate.speech({ session, characterId: Voice, text: "Hello 🦜", quality: "Standard" }),
      await stelai.generate.music({ session, characterId: Music, prompt: "A waltz" }),
    ];
    const costs: (bigint | undefined)[] = [];
    for (const one of queued) costs.push((await wait(one)).charge?.cost);
    // Draft is what these tools have first: half the unit price. A second, 7 characters at Standard, two seconds.
    expect(costs).to.deep.equal([100_000n + 25_000n + 1_000n, 100_000n + 350n + 14n, 100_000n + 50_000n + 2_000n]);
    expect(signed()).to.equal(costs.reduce<bigint>((sum, cost) => sum + (cost ?? 0n), 0n));
  });

  it("is quoted exactly what the operator quotes and charges", async () => {
    const asked = [
      { modality: "Image", size: "64x32", quality: "High" },
      { modality: "Image" },
      { modality: "Video", seconds: 1, quality: "Standard" },
      { modality: "Voice", text: "Hello 🦜", quality: "High" },
      { modality: "Music", seconds: 3 },
    ] as const;
    for (const { modality, ...settings } of asked) {
      const characterId = tools[modality];
      const quote = await stelai.generate.getMediaQuote({ characterId, modality, ...settings });
      const body = {
        model: `stelai-${characterId}`,
        ...settings,
        input: "text" in settings ? settings.text : undefined,
      };
      const answer = await fetch(`${relayer.url}/v1/quotes`, { method: "POST", body: JSON.stringify(body) });
      const { amount, fee, total, milliunits, quality } = (await answer.json()) as Record<string, string>;
      const mine = [quote.amount, quote.fee, quote.total, quote.milliunits, quote.quality].map(String);
      expect(mine).to.deep.equal([amount, fee, total, milliunits, quality]);
    }
    expect(await failure(stelai.generate.getMediaQuote({ characterId: chatId, modality: "Image" }))).to.be.instanceOf(
      NotAToolError,
    );
    expect(await failure(paint({ maxCost: 100n }))).to.be.instanceOf(MaxCostExceededError);
  });

  it("is charged once when its asking is repeated under the same id", async () => {
    const id = `0x${"ab".repeat(32)}` as const;
    relayer.mischief.loseAnswer = true;
    await failure(paint({ id }));
    relayer.mischief.loseAnswer = false;
    await reload();
    const again = await paint({ id });
    expect((await wait(again)).charge?.cost).to.equal(100_078n);
    expect(session.snapshot).to.include({ sequence: 1n, signed: 100_078n });
  });

  it("costs nothing when it fails, or is cancelled before it is made", async () => {
    relayer.mischief.fail = true;
    const failed = await wait(await paint());
    expect(failed).to.include({ charge: undefined, unsettled: undefined });
    expect(failed.generation.error?.code).to.equal("upstream_failed");
    relayer.mischief.fail = false;
    relayer.studio.control.hold = true;
    const { id } = await paint();
    expect((await stelai.generate.cancelGeneration({ id, session })).status).to.equal("cancelled");
    expect(await failure(stelai.generate.cancelGeneration({ id, session }))).to.be.instanceOf(GenerationEndedError);
    for (const charged of relayer.book(session.tabId).entries) expect(charged.receipt).to.equal(null);
  });

  for (const [what, come] of [
    ["failed", (id: string) => relayer.studio.end(id, "failed")],
    ["was cancelled", (id: string) => stelai.generate.cancelGeneration({ id, session })],
  ] as const) {
    it(`is not signed for once it ${what}, whatever receipt the operator shows later`, async () => {
      relayer.studio.control.hold = true;
      const queued = await paint();
      await come(queued.id);
      await wait(queued);
      await relayer.studio.chargeAgain(queued.id);
      expect(await failure(session.sync()))
        .to.be.instanceOf(ReceiptRefusedError)
        .and.to.have.property("field", "request");
      expect(session.snapshot.served).to.equal(0n);
    });
  }

  it("is not signed for once it failed, whichever of the signatures that asked for it the receipt names", async () => {
    const id = `0x${"ef".repeat(32)}` as const;
    relayer.studio.control.hold = true;
    relayer.mischief.loseAnswer = true;
    await failure(paint({ id }));
    relayer.mischief.loseAnswer = false;
    await passTime(61);
    await reload();
    const queued = await paint({ id });
    relayer.studio.end(queued.id, "failed");
    await wait(queued);
    // It names the first signature, whose answer was lost.
    await relayer.studio.chargeAgain(queued.id);
    expect(await failure(session.sync()))
      .to.be.instanceOf(ReceiptRefusedError)
      .and.to.have.property("field", "request");
    expect(session.snapshot.served).to.equal(0n);
  });

  it("is charged when it failed, was asked for again under its id and then made", async () => {
    const id = `0x${"ef".repeat(32)}` as const;
    relayer.studio.control.hold = true;
    const failed = await paint({ id });
    relayer.studio.end(failed.id, "failed");
    await wait(failed);
    await passTime(61);
    const made = await paint({ id });
    await wait(failed);
    await relayer.studio.work(made.id);
    expect((await wait(made)).charge?.cost).to.equal(100_078n);
    expect(signed()).to.equal(100_078n);
  });

  it("is not signed for before it is completed and has a file", async () => {
    const queued = await paint();
    const { alter } = relayer.studio;
    const { file } = queued.generation;
    alter(queued.id, { status: "in_progress" });
    const states = stelai.generate.waitForGeneration(queued);
    expect((await states.next()).value).to.include({ charge: undefined, unsettled: undefined });
    await states.return();
    alter(queued.id, { status: "completed", file: null });
    expect((await wait(queued)).unsettled).to.be.instanceOf(RelayerProtocolError);
    expect(session.snapshot.served).to.equal(0n);
    alter(queued.id, { file });
    expect((await wait(queued)).charge?.cost).to.equal(100_078n);
  });

  for (const [what, sides] of [
    ["fewer pixels", { width: 32, height: 32 }],
    ["nine pixels by one", { width: 9, height: 1 }],
  ] as const) {
    it(`is not signed for when its file has ${what} than are charged, then or later`, async () => {
      const queued = await paint();
      const { file } = queued.generation;
      if (!file) return expect.fail("it has no file");
      relayer.studio.alter(queued.id, { file: { ...file, ...sides } });
      const { charge, unsettled } = await wait(queued);
      expect(charge).to.equal(undefined);
      expect(unsettled).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", "extent");
      expect(await failure(session.sync()))
        .to.be.instanceOf(ReceiptRefusedError)
        .and.to.have.property("field", "extent");
      expect(signed()).to.equal(0n);
    });
  }

  it("is not signed for when nothing says how large its file is", async () => {
    const queued = await paint();
    const { file } = queued.generation;
    if (!file) return expect.fail("it has no file");
    relayer.studio.alter(queued.id, { file: { ...file, width: undefined } });
    expect((await wait(queued)).unsettled).to.be.instanceOf(RelayerProtocolError);
    expect(signed()).to.equal(0n);
  });

  it("is shown as it stands at once when the line was down while it changed", async () => {
    relayer.studio.control.hold = true;
    const { id } = await paint();
    let asked = 0;
    const other = await stelaiOf(person, {
      relayerUrl: relayer.url,
      storage: store,
      fetch: async (input, init) => {
        if (/[?]wait=/.test(String(input)) && asked++ === 0) {
          relayer.studio.progress(id, 40);
          throw new TypeError("the line is down");
        }
        return fetch(input, init);
      },
    });
    const states = other.generate.waitForGeneration({ id, session });
    await states.next();
    // A wait for a change would not end: there is none any more.
    expect((await states.next()).value?.generation.progress).to.equal(40);
    await states.return();
  });

  it("is settled when its receipt comes after others were", async () => {
    relayer.studio.control.hold = true;
    const first = await paint();
    const second = await paint({ prompt: "Another" });
    await chat();
    await relayer.studio.work(second.id);
    await chat();
    await relayer.studio.work(first.id);
    await chat();
    for (const one of [first, second]) expect((await wait(one)).charge?.cost).to.equal(100_078n);
    expect(session.snapshot).to.include({ sequence: 5n, signed: session.snapshot.served });
    expect(signed()).to.equal(session.snapshot.served);
  });

  it("is settled once, however many windows wait for it", async () => {
    relayer.studio.control.hold = true;
    const { id } = await paint();
    const others = [await elsewhere(), await elsewhere()];
    const ends = [
      wait({ id }),
      ...others.map((other) => end(other.stelai.generate.waitForGeneration({ ...other, id }))),
    ];
    await relayer.studio.work(id);
    for (const state of await Promise.all(ends)) expect(state).to.include({ unsettled: undefined });
    await session.sync();
    expect(session.snapshot).to.include({ sequence: 1n, served: 100_078n, signed: 100_078n });
    const audit = await stelai.statement.auditTab({ ...session.snapshot, sessionKey: session.account });
    expect(audit.findings).to.deep.equal([]);
  });

  it("is found and settled after a reload, without asking for the whole statement", async () => {
    relayer.studio.control.hold = true;
    const { id, generation } = await paint();
    await reload();
    const { data } = await stelai.generate.listGenerations({ session, status: "queued" });
    expect(data.map((one) => [one.id, one.requestId])).to.deep.equal([[id, generation.requestId]]);
    await relayer.studio.work(id);
    relayer.requests.length = 0;
    expect((await wait({ id })).charge?.cost).to.equal(100_078n);
    expect(signed()).to.equal(100_078n);
    expect(relayer.requests.filter((one) => one.endsWith("/statement"))).to.deep.equal([]);
  });

  it("is settled by the next request when its page was closed before it was made", async () => {
    relayer.studio.control.hold = true;
    const { id } = await paint({ quality: "High" });
    await reload();
    await relayer.studio.work(id);
    await chat();
    expect(session.snapshot).to.include({ sequence: 2n });
    expect(signed()).to.equal(session.snapshot.served);
    const { charge, unsettled } = await wait({ id });
    expect(charge?.receipt.sequence).to.equal(1n);
    expect(unsettled).to.equal(undefined);
  });

  it("gets the voucher that it waits for", async () => {
    relayer.mischief.loseVouchers = true;
    await chat();
    relayer.mischief.loseVouchers = false;
    relayer.studio.control.hold = true;
    const queued = await paint({ id: `0x${"cd".repeat(32)}` });
    relayer.studio.waitForVoucher(queued.id);
    const states = stelai.generate.waitForGeneration(queued);
    await states.next();
    expect(signed()).to.equal(100_156n);
    await states.return();
  });

  for (const [what, field, tamper] of [
    ["another quality", "quality", { quality: 2 }],
    ["a larger extent", "extent", { milliunits: 4n }],
    ["another file", "response", { response: `0x${"11".repeat(32)}` }],
    ["another amount", "amount", { amount: 100_151n }],
  ] as const) {
    it(`is not signed for when its receipt is of ${what}: when it comes, and when it is fetched later`, async () => {
      relayer.mischief.tamper = (receipt) => ({ ...receipt, ...tamper });
      const { charge, unsettled } = await wait(await paint({ quality: "Standard" }));
      expect(charge).to.equal(undefined);
      expect(unsettled).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", field);
      expect(await failure(session.sync()))
        .to.be.instanceOf(ReceiptRefusedError)
        .and.to.have.property("field", field);
      expect(session.snapshot.served).to.equal(0n);
      expect(signed()).to.equal(0n);
    });
  }

  it("is not paid for with the receipt of another one", async () => {
    relayer.studio.control.hold = true;
    const cheap = await paint();
    const dear = await stelai.generate.video({ session, characterId: tools.Video, prompt: "Waves", quality: "High" });
    await relayer.studio.work(dear.id);
    const { metered } = await stelai.generate.getGeneration({ ...dear });
    if (!metered) return expect.fail("it has no receipt");
    const error = await failure(session.settle(cheap.id, metered));
    expect(error).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", "request");
    expect(session.snapshot.served).to.equal(0n);
  });

  it("is shown, published, recorded and deleted for the session that paid, or for the account signed in", async () => {
    const queued = await paint();
    const { generation } = await wait(queued);
    const { id } = generation;
    const { bytes, mediaType } = await stelai.generate.getFile({ generation, session });
    expect(mediaType).to.equal("image/png");
    expect(bytes.length).to.equal(generation.file?.bytes);
    relayer.studio.control.swap = (made) => made.slice(1);
    expect(await failure(stelai.generate.getFile({ generation, session }))).to.be.instanceOf(FileDiffersError);
    relayer.studio.control.viewers.length = 0;
    expect((await stelai.generate.getRecord({ id, session })).characterId).to.equal(tools.Image);
    Object.assign(stelai.client.signIn, { token: "t0ken", address: person.address });
    const { file } = await stelai.generate.publishGeneration({ id, session });
    expect(file?.publicCid).to.equal("bafypublic");
    await stelai.generate.listGenerations({ modality: "Image", characterId: tools.Image, limit: 1 });
    expect(relayer.studio.control.viewers).to.deep.equal([session.tabId, "account", "account"]);
    Object.assign(stelai.client.signIn, { address: relayer.operator });
    await stelai.generate.deleteGeneration({ id, session });
    expect(relayer.studio.control.viewers.at(-1), "a tab of another account").to.equal(session.tabId);
    expect(await failure(stelai.generate.getGeneration({ id, session }))).to.be.instanceOf(GenerationNotFoundError);
  });

  it("has no record before it is made, and is not made without a payment", async () => {
    relayer.studio.control.hold = true;
    const { id } = await paint();
    expect(await failure(stelai.generate.getRecord({ id, session }))).to.be.instanceOf(GenerationNotFinishedError);
    expect(await failure(paint({ session: undefined }))).to.be.instanceOf(PaymentRequiredError);
  });

  it("is free where the tool is, with and without a tab", async () => {
    const { characterId } = await withCharacter({}, "Image");
    relayer.mischief.feePerUnit = 0n;
    const nobody = await stelaiOf(undefined, { relayerUrl: relayer.url });
    const queued = await nobody.generate.image({ characterId, prompt: "A lighthouse" });
    const { generation, charge } = await end(nobody.generate.waitForGeneration(queued));
    expect([generation.status, charge]).to.deep.equal(["completed", undefined]);
    expect((await wait(await paint({ characterId }))).charge).to.equal(undefined);
    expect(session.snapshot.served).to.equal(0n);
  });

  it("goes on being followed when the relayer is out of reach for a moment", async () => {
    relayer.studio.control.hold = true;
    let isAway = false;
    const shaky = await stelaiOf(person, {
      ...{ relayerUrl: relayer.url, storage: store },
      fetch: async (input, init) => {
        if (!isAway || !String(input).includes("/v1/generations/")) return fetch(input, init);
        isAway = false;
        throw new TypeError("fetch failed");
      },
    });
    const queued = await paint();
    const states = shaky.generate.waitForGeneration({ ...queued, session });
    await states.next();
    isAway = true;
    const next = states.next();
    await relayer.studio.work(queued.id);
    expect((await next).value).to.have.nested.property("generation.status", "completed");
  });
});
