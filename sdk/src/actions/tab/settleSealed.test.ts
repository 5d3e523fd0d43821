import { expect } from "chai";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { newcomer, people, stelaiOf, withCharacter, withCredits } from "../../../test/world.ts";
import { NoSealsError, type Seal, type Stelai, type TabSession } from "../../index.ts";

describe("Settling what an operator sealed", () => {
  let relayer: TestRelayer;
  let anyone: Stelai;
  let operator: `0x${string}`;
  let characterId: bigint;

  before(async () => {
    relayer = await startTestRelayer();
    operator = (await people()).operator.address;
    anyone = await stelaiOf(await newcomer());
  });
  after(() => relayer.stop());
  beforeEach(async () => {
    ({ characterId } = await withCharacter());
  });

  /** A payer with a tab, whose answers are sealed one by one. */
  async function payer() {
    const stelai = await stelaiOf(await withCredits(), { relayerUrl: relayer.url });
    const { session } = await (await stelai.tab.openSession({ cap: 5_000_000n })).wait();
    const askAndSeal = async (content: string): Promise<Seal> => {
      const messages = [{ role: "user" as const, content }];
      await stelai.generate.chat({ session, characterId, messages, maxTokens: 50 });
      return relayer.seal(session.tabId);
    };
    return { session, askAndSeal };
  }

  const settle = async (seals: readonly Seal[]) =>
    (await (await anyone.tab.settleSealed({ operator, seals })).wait()).rows;
  const spent = async ({ tabId }: TabSession) => (await anyone.tab.getTab({ operator, tabId })).spent;

  it("pays from anybody's copy, in whatever order it is, exactly what the payers signed", async () => {
    const [one, two] = [await payer(), await payer()];
    const seals = [
      await one.askAndSeal("hello"),
      await one.askAndSeal("and more"),
      await two.askAndSeal("good evening"),
    ];
    const rows = await settle([...seals].reverse());
    expect(rows.map(({ outcome }) => outcome)).to.deep.equal(["Paid", "Paid", "Paid"]);
    const tabs = rows.map(({ tabId }) => tabId);
    expect(tabs).to.have.members([one.session.tabId, one.session.tabId, two.session.tabId]);
    expect(await spent(one.session))
      .to.equal(seals[1]?.voucher.cumulative)
      .and.to.equal(one.session.snapshot.served);
    expect(await spent(two.session)).to.equal(seals[2]?.voucher.cumulative);
    const earned = [seals[0], seals[1], seals[2]].flatMap((seal) => seal?.lines ?? []);
    const ofCharacter = earned.filter((line) => line.characterId === characterId);
    const sum = ofCharacter.reduce((total, { amount }) => total + amount, 0n);
    expect(sum > 300_000n).to.equal(true);
    expect(await anyone.characters.getAccrued({ characterId })).to.equal(sum);
  });

  it("skips what is settled already, and what the operator did not seal, and says so row by row", async () => {
    const { session, askAndSeal } = await payer();
    const first = await askAndSeal("hello");
    await settle([first]);
    const second = await askAndSeal("again");
    const forged = { ...second, sealSignature: second.signature };
    const { tabId } = session;
    expect(await settle([forged, first])).to.deep.equal([
      { tabId, outcome: "NotAbove" },
      { tabId, outcome: "BadSeal" },
    ]);
    expect(await spent(session)).to.equal(first.voucher.cumulative);
    expect(await settle([second])).to.deep.equal([{ tabId, outcome: "Paid" }]);
    expect(await spent(session)).to.equal(second.voucher.cumulative);
  });

  it("refuses to settle nothing", async () => {
    const error = await anyone.tab.settleSealed({ operator, seals: [] }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NoSealsError).and.to.include({ moneyMoved: "no" });
  });
});
