import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { type Person, stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import {
  type AgreedTerms,
  ReceiptRefusedError,
  RelayerProtocolError,
  type Stelai,
  type TabSession,
  TermsChangedError,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("A session whose operator changes its prices", () => {
  let relayer: TestRelayer;
  let person: Person;
  let stelai: Stelai;
  let session: TabSession;
  let characterId: bigint;
  /** What the relayer answers to a request instead of serving it. */
  let answer: object | undefined;

  const ask = (more: object = {}) =>
    stelai.generate.chat({
      session,
      characterId,
      messages: [{ role: "user", content: "hello there" }],
      maxTokens: 50,
      ...more,
    });
  /** Agrees to what is in force now, as a person does who is shown it. */
  const current = (error: unknown): AgreedTerms => {
    if (!(error instanceof TermsChangedError)) throw error;
    return error.current;
  };

  before(async () => {
    ({ characterId } = await withCharacter());
  });

  beforeEach(async () => {
    answer = undefined;
    relayer = await startTestRelayer();
    person = await withCredits({ eth: 0n });
    stelai = await stelaiOf(person, {
      relayerUrl: relayer.url,
      fetch: async (input, init) => {
        if (!answer || !String(input).endsWith("/chat/completions")) return fetch(input, init);
        const said = answer;
        answer = undefined;
        const error = { message: "Others.", type: "stelai_error", param: null, code: "terms_changed", stelai: said };
        return new Response(JSON.stringify({ error }), { status: 409 });
      },
    });
    ({ session } = await (await stelai.tab.openSession({ cap: 20_000_000n })).wait());
  });

  afterEach(() => relayer.stop());

  it("takes a lower fee without asking", async () => {
    await ask();
    relayer.mischief.feePerUnit = 1_000n;
    const { charge } = await ask();
    expect(charge?.receipt.fee).to.equal(4n);
    expect(relayer.book(session.tabId).signed).to.equal(100_208n + 100_204n);
  });

  it("shows a higher fee with the one agreed to, charges nothing, and goes on when it is agreed to", async () => {
    await ask();
    relayer.mischief.feePerUnit = 3_000n;
    const error = await failure(ask());
    expect(error).to.be.instanceOf(TermsChangedError);
    expect(error).to.have.property("agreed").with.property("feePerUnit", 2_000n);
    expect(current(error)).to.deep.include({ feePerUnit: 3_000n, termsVersion: 1n });
    expect(session.snapshot.sequence).to.equal(1n);
    const { charge } = await ask({ terms: current(error) });
    expect(charge?.receipt.fee).to.equal(12n);
    // The fee is asked for anew: a quote without an agreement rests on it.
    expect((await stelai.generate.getQuote({ characterId, messages: [] })).agreed.feePerUnit).to.equal(3_000n);
  });

  it("does not let a higher fee in under a maximum that is wider than the quote", async () => {
    await ask();
    relayer.mischief.feePerUnit = 3_000n;
    expect(await failure(ask({ maxCost: 10_000_000n }))).to.be.instanceOf(TermsChangedError);
  });

  it("holds a receipt that is fetched later against the fee of its own request", async () => {
    relayer.mischief.loseAnswer = true;
    await failure(ask());
    relayer.mischief.loseAnswer = false;
    relayer.mischief.feePerUnit = 1_000n;
    const { terms, termsVersion } = await stelai.characters.getTerms({ characterId });
    await ask({ terms: { terms, termsVersion, feePerUnit: 1_000n } });
    expect(session.snapshot).to.include({ sequence: 2n, signed: 100_208n + 100_204n });
  });

  it("refuses a receipt that is fetched later with a higher fee than its request agreed to", async () => {
    relayer.mischief.tamper = (receipt) => ({ ...receipt, fee: receipt.fee + 1n });
    relayer.mischief.loseAnswer = true;
    await failure(ask());
    const error = await failure(session.sync());
    expect(error).to.be.instanceOf(ReceiptRefusedError).and.to.have.property("field", "fee");
  });

  it("takes over what is not dearer when only the fee changed", async () => {
    const { terms } = await stelai.characters.getTerms({ characterId });
    const texts = Object.fromEntries(Object.entries(terms).map(([name, price]) => [name, String(price)]));
    relayer.mischief.feePerUnit = 1_000n;
    answer = { termsVersion: "1", terms: texts, feePerUnit: "1000" };
    const { charge } = await ask();
    expect(charge?.receipt.fee).to.equal(4n);
    expect(session.agreedTerms(characterId)).to.deep.equal({ termsVersion: 1n, terms, feePerUnit: 1_000n });
  });

  for (const [what, broken] of [
    ["no terms", { termsVersion: "2", feePerUnit: "0" }],
    ["a fee that is no integer", { termsVersion: "2", feePerUnit: 0.5, terms: {} }],
    ["prices that are no integers", { termsVersion: "2", feePerUnit: "0", terms: { perInference: null, perUnit: -1 } }],
  ] as const) {
    it(`stores nothing of changed terms with ${what}`, async () => {
      answer = broken;
      expect(await failure(ask())).to.be.instanceOf(RelayerProtocolError);
      expect(session.agreedTerms(characterId)).to.equal(undefined);
    });
  }
});
