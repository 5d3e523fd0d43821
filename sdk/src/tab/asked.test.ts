import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../test/relayer.ts";
import { type Person, passTime, stelaiOf, withCharacter, withCredits } from "../../test/world.ts";
import { memoryStorage, ReceiptRefusedError, type Stelai, type TabSession, UpstreamFailedError } from "../index.ts";

const id = `0x${"ab".repeat(32)}` as const;

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("One signed request", () => {
  let relayer: TestRelayer;
  let person: Person;
  let stelai: Stelai;
  let session: TabSession;
  let characterId: bigint;
  let store = memoryStorage();

  const ask = (content: string, more: object = {}) => {
    const messages = [{ role: "user" as const, content }];
    return stelai.generate.chat({ session, characterId, messages, maxTokens: 50, ...more });
  };
  const reload = async () => {
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    session = await stelai.tab.resumeSession({ operator: relayer.operator, tabId: session.tabId });
  };
  const isRefused = (error: unknown) => {
    expect(error).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", "request");
  };

  before(async () => {
    ({ characterId } = await withCharacter());
  });

  beforeEach(async () => {
    relayer = await startTestRelayer();
    person = await withCredits({ eth: 0n });
    store = memoryStorage();
    stelai = await stelaiOf(person, { relayerUrl: relayer.url, storage: store });
    ({ session } = await (await stelai.tab.openSession({ cap: 20_000_000n })).wait());
  });

  afterEach(() => relayer.stop());

  it("is charged once, however many receipts the operator's statement shows for it", async () => {
    await ask("one");
    await relayer.book(session.tabId).charge?.();
    isRefused(await failure(session.sync()));
    expect(session.snapshot).to.include({ sequence: 1n, served: 100_156n, signed: 100_156n });
    const { tabId, account: sessionKey } = session;
    const audit = await stelai.statement.auditTab({ operator: relayer.operator, tabId, sessionKey });
    expect(audit.findings.map(({ kind }) => kind)).to.deep.equal(["request-twice"]);
  });

  it("is charged once when the operator asks for a voucher over more than it served", async () => {
    await ask("one");
    await relayer.book(session.tabId).charge?.();
    relayer.mischief.exposureLimit = 1n;
    isRefused(await failure(ask("two")));
    expect(relayer.book(session.tabId).signed).to.equal(100_156n);
  });

  it("is charged once after a reload and a seal too", async () => {
    await ask("one");
    await relayer.seal(session.tabId);
    await session.sync();
    await relayer.book(session.tabId).charge?.();
    await reload();
    isRefused(await failure(session.sync()));
    expect(session.snapshot).to.include({ base: 100_156n, served: 100_156n });
  });

  it("is charged once when its repetition is signed with another deadline", async () => {
    await ask("one", { id });
    relayer.book(session.tabId).answers.clear();
    await passTime(61);
    await reload();
    isRefused(await failure(ask("one", { id })));
    expect(session.snapshot.signed).to.equal(100_156n);
  });

  it("is charged once after a rotation, whose client takes everything over", async () => {
    await ask("one");
    await relayer.book(session.tabId).charge?.();
    const { operator } = relayer;
    const elsewhere = await stelaiOf(person, { relayerUrl: relayer.url, storage: memoryStorage() });
    isRefused(await failure((await elsewhere.tab.rotateSession({ operator, tabId: session.tabId })).wait()));
  });

  it("is not charged once the operator answered that it charges nothing", async () => {
    relayer.mischief.fail = true;
    expect(await failure(ask("one", { id }))).to.be.instanceOf(UpstreamFailedError);
    await relayer.book(session.tabId).charge?.();
    isRefused(await failure(session.sync()));
    expect(session.snapshot.served).to.equal(0n);
  });

  for (const [status, code] of [
    [500, "internal"],
    [507, "some_new_code"],
    [404, "generation_not_found"],
    [503, "unavailable"],
  ] as const) {
    it(`is charged for by its receipt when the answer to it was ${code}, and the tab goes on`, async () => {
      relayer.mischief.break = [status, code];
      const error = await failure(ask("one", { id }));
      expect(error).to.include({ code, status, moneyMoved: "unknown" });
      relayer.mischief.break = undefined;
      await ask("two");
      expect(session.snapshot).to.include({ sequence: 2n, signed: session.snapshot.served });
      expect(relayer.book(session.tabId).signed).to.equal(session.snapshot.served);
    });
  }

  it("is charged once even though what went wrong with it is not known", async () => {
    relayer.mischief.break = [500, "internal"];
    await failure(ask("one", { id }));
    relayer.mischief.break = undefined;
    await session.sync();
    await relayer.book(session.tabId).charge?.();
    isRefused(await failure(session.sync()));
    expect(session.snapshot).to.include({ sequence: 1n, served: 100_156n });
  });

  it("is owed again where a former version took a failure for a refusal: a locked tab syncs and closes", async () => {
    relayer.mischief.break = [500, "internal"];
    await failure(ask("one"));
    relayer.mischief.break = undefined;
    for (const key of await store.keys("stelai:")) {
      const record = JSON.parse((await store.get(key)) ?? "{}") as { asked?: Record<string, Record<string, unknown>> };
      for (const asked of Object.values(record.asked ?? {})) {
        delete asked.live;
        asked.open = 0;
      }
      await store.set(key, JSON.stringify(record));
    }
    await reload();
    await session.sync();
    expect((await session.close()).total).to.equal(100_156n);
  });

  describe("stored before there was anything but chat", () => {
    /** Leaves of what was asked for what was stored then. */
    const age = async () => {
      for (const key of await store.keys("stelai:")) {
        const record = JSON.parse((await store.get(key)) ?? "{}") as { asked: Record<string, object> };
        for (const [hash, asked] of Object.entries(record.asked)) {
          const { id, feePerUnit, live } = asked as Record<string, unknown>;
          record.asked[hash] = { id, feePerUnit, open: live };
        }
        await store.set(key, JSON.stringify(record));
      }
    };
    const lose = async () => {
      relayer.mischief.loseAnswer = true;
      await failure(ask("one"));
      relayer.mischief.loseAnswer = false;
      await age();
      await reload();
    };

    it("is charged for by a receipt of the quality that all chat has", async () => {
      await lose();
      await session.sync();
      await session.acknowledge();
      expect(session.snapshot).to.include({ sequence: 1n, signed: 100_156n });
    });

    it("is not charged for by a receipt of another quality", async () => {
      relayer.mischief.tamper = (receipt) => ({ ...receipt, quality: 2, amount: 100_300n });
      await lose();
      const error = await failure(session.sync());
      expect(error).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", "quality");
    });
  });

  it("is charged when it was refused first and then repeated and served", async () => {
    relayer.mischief.fail = true;
    await failure(ask("one", { id }));
    relayer.mischief.fail = false;
    relayer.mischief.loseAnswer = true;
    await failure(ask("one", { id }));
    relayer.mischief.loseAnswer = false;
    await session.sync();
    expect(session.snapshot).to.include({ sequence: 1n, served: 100_156n });
  });
});
