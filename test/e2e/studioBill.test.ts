/** What generations cost: a queue that outlives the page, what was not made and is not charged, the bill, the creator's income. */
import { payoutsAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { formatUnits } from "viem";
import { MODEL_CREATORS } from "../../scripts/dev/accounts.ts";
import { WEI_PER_MICROCREDIT } from "../../web/src/format/money.ts";
import { buyThousand, connect, dialog, openTab, shown } from "./acts.ts";
import { screenshot } from "./harness/screenshots.ts";
import { finished, generateButton, paidFor, priceOn, promptField, TRAM, tiles, VOICE } from "./studioActs.ts";
import { stopAfterFailure, until, untilIndexKnows, visitWithWallet, type WalletVisit, world } from "./world.ts";

const [, MAKER] = MODEL_CREATORS;
if (!MAKER) throw new Error("no maker of films");
/** What its maker asks, in microcredits: for each, and for a second. */
const TERMS = { perInference: 100_000n, perSecond: 1_000_000n };
const SECONDS = 4n;
const FOREIGN = "Добрый вечер, дорогие друзья";

/** What the maker of films can claim, in microcredits. */
const claimable = async (): Promise<bigint> => {
  const { reader, deployment } = await world();
  const read = { address: deployment.contracts.Payouts, abi: payoutsAbi, functionName: "claimable" } as const;
  return (await reader.readContract({ ...read, args: [MAKER.address] })) / WEI_PER_MICROCREDIT;
};

describe("what generations cost", () => {
  beforeEach(stopAfterFailure);
  let person: WalletVisit;
  let page: Page;
  let price: bigint;
  let spokenPrice: bigint;
  /** Of the maker, before any of this, in microcredits. */
  let earned: bigint;

  before(async () => {
    person = await visitWithWallet();
    ({ page } = person);
    await (await world()).fund(person.wallet.address, 100_000_000n);
    earned = await claimable();
    await page.goto("/credits");
    await connect(page, person.wallet.name);
    await buyThousand(page);
  });
  after(() => person?.close());

  it("one film is made, two wait for it, and each says where it stands", async () => {
    await page.goto(`/studio/${TRAM.id}`);
    await promptField(page).fill("Rain over a canal, lit windows");
    await page.getByRole("slider", { name: "Length" }).fill(String(SECONDS));
    price = await priceOn(page);
    expect(price > TERMS.perInference + SECONDS * TERMS.perSecond).to.equal(true);
    await generateButton(page).click();
    await openTab(page, "20");
    await generateButton(page).click();
    await generateButton(page).click();
    // All at one moment.
    await until("one that is made and two that wait for it", async () => {
      const all = await tiles(page).allTextContents();
      const has = (state: RegExp) => all.filter((text) => state.test(text)).length;
      return all.length === 3 && has(/^Filming, \d+ %/) === 1 && has(/^(Next in line|\d+ before you)/) === 2;
    });
    await screenshot(page, "studio-bill-01-queue");
  });

  it("the last is cancelled, and costs nothing", async () => {
    const last = tiles(page)
      .filter({ has: page.getByText(/^(Next in line|\d+ before you)/) })
      .first();
    await last.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled · Not charged").waitFor();
  });

  it("the tab's meter follows what is made, without a reload", async () => {
    await page.getByText(new RegExp(`^Tab \\d+: ${shown(price)} of 20`)).waitFor();
  });

  it("after a reload all three are there, what was being made goes on, and its progress moves to its end", async () => {
    await page.reload();
    await page.getByText("Cancelled · Not charged").waitFor();
    const bar = page.getByRole("progressbar", { name: /^Filming/ });
    let last = 0;
    await until("progress that was seen to move", async () => {
      const now = Number((await bar.getAttribute("value", { timeout: 1_000 }).catch(() => null)) ?? 0);
      const moved = last > 0 && now > last;
      last = now;
      return moved;
    });
    await finished(page).nth(1).waitFor();
    const paid = [await paidFor(finished(page).nth(0)), await paidFor(finished(page).nth(1))];
    expect(paid).to.have.deep.members([1, 2].map((receipt) => ({ cost: price, receipt })));
    expect(await tiles(page).count()).to.equal(3);
  });

  it("what a voice cannot say is not made and not charged, and says why", async () => {
    await page.goto(`/studio/${VOICE.id}`);
    await promptField(page).fill(FOREIGN);
    await generateButton(page).click();
    await tiles(page).getByText("Not made · Not charged").waitFor();
    await tiles(page)
      .getByText(/Latin letters/)
      .waitFor();
    await screenshot(page, "studio-bill-02-not-made");
    await promptField(page).fill("Good evening, dear friends");
    spokenPrice = await priceOn(page);
    await generateButton(page).click();
    await finished(page).waitFor();
    expect(await paidFor(finished(page))).to.deep.equal({ cost: spokenPrice, receipt: 3 });
  });

  it("the statement has every one of them: receipts at the price of the button, lines of nothing for the others", async () => {
    await page.getByRole("link", { name: "receipt 3" }).click();
    const receipts = page.getByRole("region", { name: "Receipts" });
    const rows = receipts.getByRole("listitem");
    await rows.nth(4).waitFor();
    for (const [receipt, cost, name] of [
      [1, price, TRAM.name],
      [2, price, TRAM.name],
      [3, spokenPrice, VOICE.name],
    ] as const) {
      const row = rows.filter({ hasText: `No. ${receipt}` });
      expect(await row.getByText(`${shown(cost)} credits`, { exact: true }).count(), `receipt ${receipt}`).to.equal(1);
      await row.getByText(name).waitFor();
    }
    const none = rows.filter({ hasText: "Not charged" });
    expect(await none.count()).to.equal(2);
    for (const at of [0, 1]) await none.nth(at).getByText("0 credits", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Check against the chain" }).click();
    await page.getByText("Every number fits").waitFor();
    await page.getByText(/^3 receipts and/).waitFor();
    await screenshot(page, "studio-bill-03-statement");
  });

  it("the maker of the tool sees the income of it, less the commission, and claims it", async () => {
    const { reader, deployment } = await world();
    const { Payouts, InferenceMeter } = deployment.contracts;
    const commission = { address: Payouts, abi: payoutsAbi, functionName: "commissionOf" } as const;
    const bps = BigInt(await reader.readContract({ ...commission, args: [InferenceMeter] }));
    const gross = 2n * (TERMS.perInference + SECONDS * TERMS.perSecond);
    const net = earned + (gross * (10_000n - bps)) / 10_000n;
    await until("the income on the chain", async () => (await claimable()) === net);
    await untilIndexKnows();
    const maker = await visitWithWallet({ privateKey: MAKER.privateKey });
    try {
      await maker.page.goto("/create");
      await connect(maker.page, maker.wallet.name);
      const own = maker.page.getByRole("region", { name: "Your characters" });
      const row = own.getByRole("row").filter({ hasText: TRAM.name });
      const words = formatUnits(net, 6);
      await row.getByRole("cell", { name: words, exact: true }).waitFor();
      await row.getByRole("cell", { name: formatUnits((net * 10_000n) / (10_000n - bps), 6), exact: true }).waitFor();
      await screenshot(maker.page, "studio-bill-04-income");
      await maker.page.getByRole("button", { name: `Claim ${words}`, exact: true }).click();
      const sheet = dialog(maker.page, `Claim ${words} credits`);
      await sheet.getByRole("button", { name: `Claim ${words}`, exact: true }).click();
      await maker.page.getByRole("button", { name: "Nothing to claim yet" }).waitFor();
      expect(await claimable()).to.equal(0n);
      expect(maker.problems).to.deep.equal([]);
    } finally {
      await maker.close();
    }
  });

  it("the pages wrote no error to the console but that a voucher crossed a seal, which it is signed anew for", () => {
    const crossed = /status of 409 .*\/v1\/tabs\/\d+\/vouchers\)$/;
    expect(person.problems.filter((problem) => !crossed.test(problem))).to.deep.equal([]);
  });
});
