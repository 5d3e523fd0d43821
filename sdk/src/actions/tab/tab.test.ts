import { expect } from "chai";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { startTestRelayer, type TestRelayer } from "../../../test/relayer.ts";
import { newcomer, passTime, people, stelaiOf, withCredits } from "../../../test/world.ts";
import {
  ERC20InsufficientBalanceError,
  InvalidExpiryError,
  NotPayerError,
  NotSponsoredError,
  type Stelai,
  TabClosingError,
  UnknownTabError,
  WalletRequiredError,
} from "../../index.ts";

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

const sessionKey = () => privateKeyToAccount(generatePrivateKey()).address;
const CAP = 5_000_000n;

describe("A tab", () => {
  let relayer: TestRelayer;
  let stelai: Stelai;
  let operator: `0x${string}`;
  const later = async (seconds = 86_400n) =>
    (await stelai.client.publicClient
      .request({ method: "eth_getBlockByNumber", params: ["latest", false] })
      .then((block) => BigInt((block as { timestamp: string }).timestamp))) + seconds;

  before(async () => {
    relayer = await startTestRelayer();
    operator = (await people()).operator.address;
    stelai = await stelaiOf(await withCredits(), { relayerUrl: relayer.url });
  });
  after(() => relayer.stop());

  for (const way of ["open", "openByTransfer", "openSponsored"] as const) {
    it(`opens by ${way}, funded with exactly its cap`, async () => {
      const key = sessionKey();
      const before = await stelai.credits.getBalance();
      const expiry = await later();
      const opened = await (await stelai.tab[way]({ operator, sessionKey: key, cap: CAP, expiry })).wait();
      const after = await stelai.credits.getBalance();
      const fee = way === "openSponsored" ? 10n ** 17n : 0n;
      expect(before.stelai - after.stelai).to.equal(CAP * 10n ** 12n + fee);
      const tab = await stelai.tab.getTab({ operator, tabId: opened.tabId });
      expect(tab).to.include({ sessionKey: key, cap: CAP, spent: 0n, closing: false, expiry: opened.expiry });
      expect(opened.expiry >= expiry && opened.expiry < expiry + 14_400n).to.equal(true);
    });
  }

  for (const way of ["topUp", "topUpByTransfer", "topUpSponsored"] as const) {
    it(`is topped up by ${way}`, async () => {
      const opened = await stelai.tab.openByTransfer({
        operator,
        sessionKey: sessionKey(),
        cap: CAP,
        expiry: await later(),
      });
      const { tabId } = await opened.wait();
      const { cap } = await (await stelai.tab[way]({ operator, tabId, amount: 1_500_000n })).wait();
      expect(cap).to.equal(CAP + 1_500_000n);
      expect((await stelai.tab.getTab({ operator, tabId })).cap).to.equal(cap);
    });
  }

  for (const sponsored of [false, true]) {
    it(`is extended, rotated and asked to close ${sponsored ? "by signature" : "by its payer"}`, async () => {
      const opened = await stelai.tab.openByTransfer({
        operator,
        sessionKey: sessionKey(),
        cap: CAP,
        expiry: await later(),
      });
      const { tabId } = await opened.wait();
      const expiry = await later(5n * 86_400n);
      const extended = sponsored
        ? await stelai.tab.extendSponsored({ operator, tabId, expiry })
        : await stelai.tab.extend({ operator, tabId, expiry });
      expect((await extended.wait()).expiry >= expiry).to.equal(true);

      const key = sessionKey();
      const rotation = { operator, tabId, sessionKey: key };
      const rotated = sponsored ? await stelai.tab.rotateSponsored(rotation) : await stelai.tab.rotate(rotation);
      await rotated.wait();
      expect((await stelai.tab.getTab({ operator, tabId })).sessionKey).to.equal(key);

      const closing = sponsored
        ? await stelai.tab.requestCloseSponsored({ operator, tabId })
        : await stelai.tab.requestClose({ operator, tabId });
      await closing.wait();
      expect((await stelai.tab.getTab({ operator, tabId })).closing).to.equal(true);
      expect(await failure(stelai.tab.topUpByTransfer({ operator, tabId, amount: 1n }))).to.be.instanceOf(
        TabClosingError,
      );
    });
  }

  it("gives back everything after the thaw when its operator is gone", async () => {
    const opened = await stelai.tab.openByTransfer({
      operator,
      sessionKey: sessionKey(),
      cap: CAP,
      expiry: await later(),
    });
    const { tabId } = await opened.wait();
    await (await stelai.tab.requestClose({ operator, tabId })).wait();
    await passTime(29 * 3_600);
    const before = await stelai.credits.getBalance();
    const { refund } = await (await stelai.tab.reclaim({ operator, tabId })).wait();
    expect(refund).to.equal(CAP);
    expect((await stelai.credits.getBalance()).stelai - before.stelai).to.equal(CAP * 10n ** 12n);
  });

  it("is listed with all that its payer ever opened, oldest first, also when it is closed", async () => {
    const payer = await withCredits();
    const theirs = await stelaiOf(payer);
    const other = (await newcomer()).address;
    const open = async (by: `0x${string}`) => {
      const opening = { operator: by, sessionKey: sessionKey(), cap: CAP, expiry: await later() };
      return (await (await theirs.tab.openByTransfer(opening)).wait()).tabId;
    };
    const [first, elsewhere, last] = [await open(operator), await open(other), await open(operator)];
    await (await theirs.tab.requestClose({ operator, tabId: first })).wait();
    await passTime(29 * 3_600);
    await (await theirs.tab.reclaim({ operator, tabId: first })).wait();
    const tabs = await theirs.tab.listTabs();
    expect(tabs.map(({ blockNumber, ...tab }) => tab)).to.deep.equal([
      { operator, tabId: first },
      { operator: other, tabId: elsewhere },
      { operator, tabId: last },
    ]);
    const blocks = tabs.map(({ blockNumber }) => blockNumber);
    expect(blocks).to.deep.equal([...blocks].sort((a, b) => Number(a - b)));
    const reader = await stelaiOf();
    const here = await reader.tab.listTabs({ payer: payer.address, operator });
    expect(here.map(({ tabId }) => tabId)).to.deep.equal([first, last]);
    expect(await reader.tab.listTabs({ payer: other })).to.deep.equal([]);
    expect(await failure(reader.tab.listTabs())).to.be.instanceOf(WalletRequiredError);
  });

  it("refuses with a typed error what it cannot do", async () => {
    expect(await failure(stelai.tab.getTab({ operator, tabId: 10n ** 6n }))).to.be.instanceOf(UnknownTabError);
    const opening = { operator, sessionKey: sessionKey(), cap: CAP, expiry: await later() };
    expect(await failure(stelai.tab.openByTransfer({ ...opening, expiry: 1n }))).to.be.instanceOf(InvalidExpiryError);
    const poor = await stelaiOf(await newcomer());
    expect(await failure(poor.tab.openByTransfer(opening))).to.be.instanceOf(ERC20InsufficientBalanceError);
    const { tabId } = await (await stelai.tab.openByTransfer(opening)).wait();
    expect(await failure(poor.tab.requestClose({ operator, tabId }))).to.be.instanceOf(NotPayerError);
    expect(await failure(stelai.tab.openSponsored({ ...opening, cap: 1n }))).to.be.instanceOf(NotSponsoredError);
  });
});
