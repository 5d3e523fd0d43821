import { expect } from "chai";
import { waitForTransactionReceipt } from "viem/actions";
import { startTestRelayer, type TestRelayer } from "../../test/relayer.ts";
import { type Person, passTime, people, stelaiOf, withCharacter, withCredits } from "../../test/world.ts";
import {
  type ChatStreamEvent,
  MaxCostExceededError,
  memoryStorage,
  OperatorNotServingError,
  ReceiptRefusedError,
  RelayerUnreachableError,
  SealRefusedError,
  SessionKeyMissingError,
  type Stelai,
  type TabSession,
  TermsChangedError,
  UpstreamCutError,
  UpstreamFailedError,
} from "../index.ts";

const messages = (content: string) => [{ role: "user" as const, content }];

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("A tab session", () => {
  let relayer: TestRelayer;
  let person: Person;
  let stelai: Stelai;
  let session: TabSession;
  let characterId: bigint;
  let creator: Person;
  let store = memoryStorage();

  const ask = (content: string, more: object = {}) =>
    stelai.generate.chat({ session, characterId, messages: messages(content), maxTokens: 50, ...more });

  before(async () => {
    ({ characterId, creator } = await withCharacter());
  });

  beforeEach(async () => {
    relayer = await startTestRelayer();
    person = await withCredits({ eth: 0n });
    store = memoryStorage();
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    const { wait } = await stelai.tab.openSession({ cap: 20_000_000n });
    ({ session } = await wait());
  });

  afterEach(() => relayer.stop());

  it("opens with one signature from a wallet without ETH, and pays a message to the microcredit", async () => {
    const { text, charge } = await ask("hello there");
    expect(text).to.equal("You said: hello there");
    // 4 words: 100,000 + 4 × 50,000 / 1,000 for the character, 4 × 2,000 / 1,000 for the operator.
    expect(charge?.cost).to.equal(100_200n + 8n);
    expect(session.snapshot).to.include({ served: 100_208n, signed: 100_208n, sequence: 1n });
    expect(relayer.book(session.tabId).signed).to.equal(100_208n);
  });

  it("gives a streamed answer as it comes, then its receipt", async () => {
    const events: ChatStreamEvent[] = [];
    const stream = stelai.generate.streamChat({ session, characterId, messages: messages("a b"), maxTokens: 9 });
    for await (const event of stream) events.push(event);
    expect(events.map(({ type }) => type)).to.deep.equal([...Array(4).fill("delta"), "finish", "receipt"]);
    expect(events.map((event) => (event.type === "delta" ? event.text : "")).join("")).to.equal("You said: a b");
    expect(session.snapshot.signed).to.equal(100_208n);
  });

  it("keeps what was delivered when a stream breaks off, and pays for just that", async () => {
    relayer.mischief.cut = true;
    const events: ChatStreamEvent[] = [];
    const stream = stelai.generate.streamChat({ session, characterId, messages: messages("a b"), maxTokens: 9 });
    for await (const event of stream) events.push(event);
    expect(events.map(({ type }) => type)).to.deep.equal(["delta", "error", "receipt"]);
    expect(events[1]).to.have.property("error").instanceOf(UpstreamCutError);
    expect(session.snapshot.signed).to.equal(100_000n + 50n + 2n);
  });

  it("charges nothing when the upstream fails", async () => {
    relayer.mischief.fail = true;
    expect(await failure(ask("hello"))).to.be.instanceOf(UpstreamFailedError);
    expect(session.snapshot.served).to.equal(0n);
  });

  it("fetches the receipt of an answer that was lost, before it signs the next", async () => {
    relayer.mischief.loseAnswer = true;
    await failure(ask("lost"));
    relayer.mischief.loseAnswer = false;
    await ask("found");
    expect(session.snapshot.sequence).to.equal(2n);
    expect(relayer.book(session.tabId).signed).to.equal(session.snapshot.served);
  });

  it("pays a repeated request once when it has the same id", async () => {
    const id = `0x${"ab".repeat(32)}` as const;
    const first = await ask("again", { id });
    // Another window, later: the same request has another deadline.
    await passTime(61);
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    session = await stelai.tab.resumeSession({ operator: relayer.operator, tabId: session.tabId });
    const second = await ask("again", { id });
    expect(second).to.have.property("text", first.text);
    expect(session.snapshot).to.include({ sequence: 1n, served: 100_156n, signed: 100_156n });
  });

  it("takes the answer of a request that was served before the connection broke, and pays it once", async () => {
    const id = `0x${"ab".repeat(32)}` as const;
    relayer.mischief.loseAnswer = true;
    await failure(ask("again", { id }));
    relayer.mischief.loseAnswer = false;
    const { text } = await ask("again", { id });
    expect(text).to.equal("You said: again");
    expect(session.snapshot).to.include({ sequence: 1n, served: 100_156n, signed: 100_156n });
  });

  it("pays many requests at once, in whatever order their answers come", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => ask(`number ${index}`)));
    await session.acknowledge();
    expect(session.snapshot.sequence).to.equal(12n);
    expect(session.snapshot.signed).to.equal(12n * 100_208n);
    expect(relayer.book(session.tabId).signed).to.equal(12n * 100_208n);
  });

  it("signs the voucher that is asked for and repeats the request once", async () => {
    relayer.mischief.loseVouchers = true;
    const { charge } = await ask("one");
    expect(charge?.unacknowledged).to.have.property("name", "RelayerUnreachableError");
    relayer.mischief.loseVouchers = false;
    relayer.mischief.exposureLimit = 1n;
    const { text } = await ask("two");
    expect(text).to.equal("You said: two");
    expect(session.snapshot.signed).to.equal(session.snapshot.served);
  });

  it("starts from the sealed total when the operator sealed meanwhile", async () => {
    await ask("one");
    await relayer.seal(session.tabId);
    await ask("two");
    expect(session.snapshot).to.include({ base: 100_156n, signed: 200_312n });
  });

  it("keeps what was served on top of a voucher that is sealed later", async () => {
    await ask("one");
    relayer.mischief.loseVouchers = true;
    await ask("two");
    relayer.mischief.loseVouchers = false;
    await relayer.seal(session.tabId);
    await session.acknowledge();
    expect(session.snapshot).to.include({ base: 100_156n, signed: 200_312n });
  });

  it("refuses a seal that the operator did not sign", async () => {
    await ask("one");
    await relayer.seal(session.tabId);
    relayer.mischief.forge = (seal) => ({ ...seal, sealSignature: seal.signature });
    expect(await failure(ask("two"))).to.be.instanceOf(SealRefusedError);
  });

  it("refuses a seal over a voucher that the session key did not sign", async () => {
    await ask("one");
    await relayer.seal(session.tabId);
    relayer.mischief.forge = (seal) => ({ ...seal, signature: seal.sealSignature });
    expect(await failure(ask("two"))).to.be.instanceOf(SealRefusedError);
  });

  for (const [field, tamper] of [
    ["amount", { amount: 100_201n }],
    ["fee", { fee: 9n }],
    ["response", { response: `0x${"11".repeat(32)}` }],
    ["request", { request: `0x${"11".repeat(32)}` }],
    ["character", { characterId: 77n }],
    ["quality", { quality: 3 }],
    ["terms version", { termsVersion: 9n }],
    ["tab", { tabId: 99n }],
  ] as const) {
    it(`signs nothing for a receipt with another ${field}`, async () => {
      relayer.mischief.tamper = (receipt) => ({ ...receipt, ...tamper });
      const error = await failure(ask("hello there"));
      expect(error).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", field);
      expect(session.snapshot.signed).to.equal(0n);
      expect(relayer.book(session.tabId).signed).to.equal(0n);
    });
  }

  it("agrees to nothing dearer by itself, and shows old and new", async () => {
    await ask("one");
    const owner = await stelaiOf(creator);
    await (
      await owner.characters.setTerms({ characterId, terms: { perInference: 110_000n, perUnit: 50_000n } })
    ).wait();
    const error = await failure(ask("two"));
    expect(error).to.be.instanceOf(TermsChangedError);
    if (!(error instanceof TermsChangedError)) return;
    expect(error.agreed?.terms.perInference).to.equal(100_000n);
    expect(error.current.terms.perInference).to.equal(110_000n);
    const { charge } = await ask("two", { terms: error.current });
    expect(charge?.receipt.amount).to.equal(110_150n);
    await (
      await owner.characters.setTerms({ characterId, terms: { perInference: 100_000n, perUnit: 50_000n } })
    ).wait();
  });

  it("takes cheaper terms without asking", async () => {
    await ask("one");
    const owner = await stelaiOf(creator);
    await (await owner.characters.setTerms({ characterId, terms: { perInference: 90_000n, perUnit: 50_000n } })).wait();
    const { charge } = await ask("two");
    expect(charge?.receipt.amount).to.equal(90_150n);
    await (
      await owner.characters.setTerms({ characterId, terms: { perInference: 100_000n, perUnit: 50_000n } })
    ).wait();
  });

  it("signs nothing for a character whose owner does not list the operator, though that would serve it", async () => {
    const owner = await stelaiOf(creator);
    const { operator } = relayer;
    await (await owner.characters.setOperator({ characterId, operator, listed: false })).wait();
    try {
      const error = await failure(ask("hello"));
      expect(error).to.be.instanceOf(OperatorNotServingError).and.to.include({ operator, moneyMoved: "no" });
      expect(relayer.requests).to.not.include("POST /v1/chat/completions");
    } finally {
      await (await owner.characters.setOperator({ characterId, operator, listed: true })).wait();
    }
    expect((await ask("hello")).text).to.equal("You said: hello");
  });

  it("sends nothing that can cost more than the wanted maximum", async () => {
    const before = relayer.requests.length;
    expect(await failure(ask("hello", { maxCost: 100n }))).to.be.instanceOf(MaxCostExceededError);
    expect(relayer.requests.slice(before)).to.not.include("POST /v1/chat/completions");
  });

  it("goes on after a reload from what is stored", async () => {
    await ask("one");
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    const found = await stelai.tab.listSessions({ payer: person.address });
    expect(found).to.have.length(1);
    session = await stelai.tab.resumeSession({ operator: relayer.operator, tabId: session.tabId });
    expect(session.snapshot).to.include({ sequence: 1n, signed: 100_156n });
    await ask("two");
    expect(relayer.book(session.tabId).signed).to.equal(200_312n);
  });

  it("shows what another session of the same tab in this window was served, and tells who listens", async () => {
    const [shown] = await stelai.tab.listSessions({ payer: person.address });
    if (!shown) throw new Error("the session is not listed");
    let told = 0;
    shown.subscribe(() => told++);
    await ask("hello there");
    expect(shown).not.to.equal(session);
    expect(shown.snapshot).to.include({ served: 100_208n, signed: 100_208n, sequence: 1n, inFlight: 0 });
    expect(shown.agreedTerms(characterId)).to.deep.equal(session.agreedTerms(characterId));
    expect(told).to.be.greaterThan(0);
  });

  it("agrees with another window of the same tab", async () => {
    const other = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    const there = await other.tab.resumeSession({ operator: relayer.operator, tabId: session.tabId });
    const asked = [0, 1, 2, 3].map((index) => {
      const request = { characterId, messages: messages(`n ${index}`), maxTokens: 20 };
      return index % 2 === 0
        ? stelai.generate.chat({ session, ...request })
        : other.generate.chat({ session: there, ...request });
    });
    await Promise.all(asked);
    await session.sync();
    await session.acknowledge();
    expect(session.snapshot.sequence).to.equal(4n);
    expect(relayer.book(session.tabId).signed).to.equal(relayer.book(session.tabId).state.cumulative);
  });

  it("fetches what another client of the same key was served in between", async () => {
    const copy = memoryStorage();
    for (const key of await store.keys("")) await copy.set(key, (await store.get(key)) ?? "");
    const elsewhere = await stelaiOf(person, { relayerUrl: relayer.url, storage: copy });
    const there = await elsewhere.tab.resumeSession({ operator: relayer.operator, tabId: session.tabId });
    await elsewhere.generate.chat({ session: there, characterId, messages: messages("one"), maxTokens: 20 });
    await ask("two");
    expect(session.snapshot).to.include({ sequence: 2n, signed: 200_312n });
  });

  it("signs for what was delivered before the answer was left", async () => {
    const stream = stelai.generate.streamChat({ session, characterId, messages: messages("a b c"), maxTokens: 9 });
    for await (const event of stream) if (event.type === "delta") break;
    expect(session.snapshot).to.include({ served: 0n, inFlight: 0 });
    await session.acknowledge();
    expect(session.snapshot.served > 0n).to.equal(true);
    expect(relayer.book(session.tabId).signed).to.equal(session.snapshot.served);
  });

  it("finds a tab whose opening it never saw confirmed", async () => {
    // The page closes before `wait`: only the key that was stored first is left.
    const { hash } = await stelai.tab.openSession({ cap: 5_000_000n });
    await waitForTransactionReceipt(stelai.client.publicClient, { hash });
    const later = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    expect(await later.tab.listSessions()).to.have.length(2);
    const keys = await store.keys("");
    expect(keys.filter((key) => key.includes(":pending:"))).to.deep.equal([]);
  });

  it("drops the key of an opening it never saw, when the tab was rotated elsewhere", async () => {
    const { hash } = await stelai.tab.openSession({ cap: 5_000_000n });
    await waitForTransactionReceipt(stelai.client.publicClient, { hash });
    const elsewhere = await stelaiOf(person, { relayerUrl: relayer.url, storage: memoryStorage() });
    const { operator } = relayer;
    await (await elsewhere.tab.rotateSession({ operator, tabId: session.tabId + 1n })).wait();
    const found = await stelai.tab.listSessions();
    expect(found.map(({ tabId }) => tabId)).to.deep.equal([session.tabId]);
    expect((await store.keys("")).filter((key) => key.includes(":pending:"))).to.deep.equal([]);
  });

  it("does not wait for a relayer that never answers, and counts what was verified", async () => {
    await ask("one");
    // A clock that has run out stands for the half minute.
    const { timeout } = AbortSignal;
    const limits: number[] = [];
    AbortSignal.timeout = (milliseconds) => {
      limits.push(milliseconds);
      return AbortSignal.abort(new DOMException("Too late.", "TimeoutError"));
    };
    try {
      expect(await failure(session.sync())).to.be.instanceOf(RelayerUnreachableError);
      const { charge } = await ask("two");
      expect(charge?.unacknowledged).to.be.instanceOf(RelayerUnreachableError);
    } finally {
      AbortSignal.timeout = timeout;
    }
    expect(limits).to.deep.equal([30_000, 30_000]);
    await session.acknowledge();
    expect(session.snapshot.signed).to.equal(200_312n);
  });

  it("says plainly that a key is missing, and takes everything over after a rotation", async () => {
    await ask("one");
    await relayer.seal(session.tabId);
    await ask("two");
    const { tabId } = session;
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: memoryStorage() });
    const missing = await failure(stelai.tab.resumeSession({ operator: relayer.operator, tabId }));
    expect(missing).to.be.instanceOf(SessionKeyMissingError);
    const { wait } = await stelai.tab.rotateSession({ operator: relayer.operator, tabId });
    ({ session } = await wait());
    expect(session.snapshot).to.include({ sequence: 2n, served: 200_312n, base: 100_156n });
    await ask("three");
    expect(relayer.book(tabId).signed).to.equal(session.snapshot.served);
  });

  it("closes together with the operator and gets the rest back at once", async () => {
    await ask("one");
    const before = await stelai.credits.getBalance();
    const { total, wait } = await session.close();
    await wait();
    expect(total).to.equal(100_156n);
    const after = await stelai.credits.getBalance();
    expect(after.stelai - before.stelai).to.equal((20_000_000n - total) * 10n ** 12n);
  });

  it("closes without the operator, by request and reclaim", async () => {
    const { operator } = await people();
    const { tabId } = session;
    await (await stelai.tab.requestCloseSponsored({ operator: operator.address, tabId })).wait();
    const anyone = await stelaiOf(operator);
    const early = await failure(anyone.tab.reclaim({ operator: operator.address, tabId }));
    expect(early).to.have.property("name", "StillThawingError");
    await passTime(29 * 3_600);
    const { refund } = await (await anyone.tab.reclaim({ operator: operator.address, tabId })).wait();
    expect(refund).to.equal(20_000_000n);
  });

  it("stands up to an audit of its whole bill against the chain", async () => {
    await ask("one");
    await relayer.seal(session.tabId);
    await ask("two");
    await relayer.seal(session.tabId);
    await relayer.settle(session.tabId);
    await ask("three");
    const { tabId, account } = session;
    const audit = await stelai.statement.auditTab({ operator: relayer.operator, tabId, sessionKey: account });
    expect(audit.findings).to.deep.equal([]);
    expect(audit.ok).to.equal(true);
    expect(audit.totals).to.deep.equal({ charged: 300_468n, sealed: 200_312n, settled: 200_312n });
    expect(audit.seals.map(({ verdict }) => verdict)).to.deep.equal(["settled", "settled"]);
  });
});
