/**
 * A work's way through the market: made in the Studio, listed by two, found, bought, delivered, checked, accepted,
 * certified, reviewed, claimed and sold on, by four people of whom one has no wallet.
 */
import { NotLicensedError, payeeOf, type Stelai } from "@stelai/sdk";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { type Hex, keccak256 } from "viem";
import { WEI_PER_MICROCREDIT } from "../../web/src/format/money.ts";
import { confirmSheet, creditsOf, dialog, expectBalance, openTab, saved, shown, signIn } from "./acts.ts";
import {
  askedOf,
  BOUGHT,
  buyButton,
  buyLicence,
  claimableOf,
  commissionOf,
  licenceOn,
  pictureOf,
  stagesOf,
  visitWithCredits,
} from "./marketActs.ts";
import { finished, generateButton, IMAGE, paidFor, pictures, promptField, tiles } from "./studioActs.ts";
import { stopAfterFailure, until, untilIndexKnows, type Visit, visit, type WalletVisit } from "./world.ts";

const TITLE = "Saltmarsh at First Light";
/** A tag that no other run on the same stack has. */
const PLACE = `bay${Date.now().toString(36)}`;
const REVIEW = "Cut so clean that it prints on anything. The tide in it still moves.";
/** Of the sale, of the royalty, and to whom: microcredits and percent. */
const [PERSONAL, COMMERCIAL, RESOLD] = [4_000_000n, 40_000_000n, 50_000_000n];
const [MINE, THEIRS, ROYALTY] = [60n, 40n, 10n];

describe("a work in the market", () => {
  beforeEach(stopAfterFailure);
  type Person = WalletVisit & { stelai: Stelai };
  let creator: Person;
  let partner: Person;
  let buyer: Person;
  let second: Person;
  let stranger: Visit;
  let workId: bigint;
  let licenceId: bigint;
  let contentHash: Hex;
  const everyone = () => [creator, partner, buyer, second, stranger];
  const wei = (micro: bigint) => micro * WEI_PER_MICROCREDIT;

  /** Downloads on a licence's page and holds the file against the chain. */
  const download = async (page: Page, button: string) => {
    await page.getByRole("button", { name: button, exact: true }).and(page.locator(":enabled")).waitFor();
    const file = saved(page.waitForEvent("download"));
    await page.getByRole("button", { name: button, exact: true }).click();
    await signIn(page);
    const { name, bytes } = await file;
    expect(name).to.match(/^saltmarsh-at-first-light.*\.png$/);
    expect(keccak256(bytes)).to.equal(contentHash);
    await page.getByText("Checked and saved: this is what was sold.").waitFor();
  };

  before(async () => {
    creator = await visitWithCredits(`/studio/${IMAGE.id}`);
    partner = await visitWithCredits("/create");
    buyer = await visitWithCredits("/market");
    second = await visitWithCredits("/market");
    stranger = await visit();
  });
  after(() => Promise.all(everyone().map((one) => one?.close())));

  it("a picture that was paid for goes from the library on sale in three steps, by one transaction", async () => {
    const { page, wallet } = creator;
    await promptField(page).fill("A salt marsh at dawn, a heron, low sun");
    await generateButton(page).click();
    await openTab(page, "20");
    await pictures(page, 1);
    expect((await paidFor(tiles(page).first())).cost > 0n).to.equal(true);

    await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Library" }).click();
    await finished(page).first().getByRole("link", { name: "Sell" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill(TITLE);
    await page
      .getByRole("textbox", { name: "Description" })
      .fill("A heron waits for the tide to turn. Cut in one block.");
    await page.getByRole("textbox", { name: "Tags" }).fill(`heron, linocut, ${PLACE}`);
    await page.getByRole("button", { name: "Make the preview" }).click();
    await signIn(page);
    await page.getByText("Its receipt proves where it comes from").waitFor();
    await pictureOf(page, "01-sell-about");

    await page.getByRole("button", { name: "Next: Licences and prices" }).click();
    await page.getByRole("textbox", { name: "Personal: price in credits" }).fill("4");
    await page.getByRole("checkbox", { name: "Commercial" }).check();
    await page.getByRole("textbox", { name: "Commercial: price in credits" }).fill("40");
    await page.getByRole("textbox", { name: "Royalty on resale, in percent" }).fill(String(ROYALTY));
    await page.getByRole("button", { name: "You and others" }).click();
    await page.getByRole("textbox", { name: "Your share, in percent" }).fill(String(MINE));
    await page.getByRole("combobox", { name: "Person 1: address or name" }).fill(partner.wallet.address);
    await page.getByRole("textbox", { name: "Share 1, in percent" }).fill(String(THEIRS));
    await page.getByText("Together 100 %", { exact: true }).waitFor();
    const net = COMMERCIAL - (COMMERCIAL * (await commissionOf("Licenses"))) / 10_000n;
    await page.getByText(`They pay 40, you get ${shown((net * MINE) / 100n)}`).waitFor();
    await pictureOf(page, "02-sell-tiers");

    await page.getByRole("button", { name: "Next: Review" }).click();
    await page.getByText("You 60 %, one other person the rest.").waitFor();
    await pictureOf(page, "03-sell-review");
    const asked = wallet.prompts.length;
    await page.getByRole("button", { name: "List for sale" }).click();
    const sheet = dialog(page, `List ${TITLE} for sale`);
    await sheet.getByRole("button", { name: "List for sale" }).click();
    await page.waitForURL("**/works/*");
    await page.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
    expect(askedOf(creator, asked)).to.deep.equal(["eth_sendTransaction"]);
    await page.getByText("You own this work.").waitFor();
    await page.getByText("Proved on the chain").waitFor();

    workId = BigInt(new URL(page.url()).pathname.split("/").at(-1) ?? "");
    const work = await creator.stelai.works.getWork({ workId });
    ({ contentHash } = work);
    expect(work.creator).to.equal(creator.wallet.address);
    expect(work.payee).not.to.equal(payeeOf(creator.wallet.address));
    expect(work.receipt).to.match(/^0x[0-9a-f]{64}$/);
    await pictureOf(page, "04-listed");
  });

  it("another wallet finds it while typing, narrowed by what it is, and buys with one prompt", async () => {
    const { page, wallet } = buyer;
    await until("the work in the search", async () => {
      const { results } = await buyer.stelai.search.works({ q: TITLE });
      return results.some((work) => work.workId === workId);
    });
    await page.getByRole("searchbox", { name: "Search works" }).pressSequentially(`heron ${PLACE}`);
    const cards = page.getByRole("main").getByRole("article");
    await page.getByRole("heading", { name: "1 work", exact: true }).waitFor();
    await cards.filter({ hasText: TITLE }).waitFor();
    await page
      .getByRole("group", { name: "Kind" })
      .getByRole("checkbox", { name: /^Video/ })
      .check();
    await page.getByText("Nothing matches all of that").waitFor();
    await page.getByRole("button", { name: "Without the kind · 1" }).click();
    await page
      .getByRole("group", { name: "Licence" })
      .getByRole("checkbox", { name: /^Commercial/ })
      .check();
    await page.waitForURL(/q=heron.*tier=Commercial/);
    await page.getByRole("heading", { name: "1 work", exact: true }).waitFor();
    expect(await cards.count()).to.equal(1);
    await cards.getByRole("img", { name: "Proved: made here by its creator" }).waitFor();
    await pictureOf(page, "05-found");

    await cards.getByRole("link", { name: TITLE }).click();
    await page.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
    await buyButton(page, "Personal", shown(PERSONAL)).waitFor();
    await pictureOf(page, "06-work");
    const asked = wallet.prompts.length;
    licenceId = await buyLicence(page, "Commercial", shown(COMMERCIAL));
    expect(askedOf(buyer, asked)).to.deep.equal(["eth_sendTransaction"]);
    expect(await creditsOf(wallet.address)).to.equal(wei(BOUGHT - COMMERCIAL));
    expect(await claimableOf(creator.stelai)).to.equal(0n);
  });

  it("its order shows what time decides, and once the operator has delivered, the file is the work", async () => {
    const { page } = buyer;
    await page
      .getByText(
        /^(Refunded by itself in \d+ hours if nothing is delivered|The seller is paid by itself in \d+ (hours|days))$/,
      )
      .waitFor();
    await page
      .getByText(/^(Until then|If nobody does anything)/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Accept · pay the seller" }).waitFor();
    await page.getByText(/The seller is paid by itself in/).waitFor();
    expect(await stagesOf(page)).to.deep.equal(["Paid", "Delivered"]);
    await pictureOf(page, "07-delivered");
    await download(page, "Download and check");
    await pictureOf(page, "08-checked");
  });

  it("accepting pays the seller, and the certificate is a PDF", async () => {
    const { page, wallet } = buyer;
    const asked = wallet.prompts.length;
    await page.getByRole("button", { name: "Accept · pay the seller" }).click();
    await confirmSheet(page, "Accept what was delivered");
    await page.getByText("The order is complete; the 40 credits were paid out.").waitFor();
    expect(askedOf(buyer, asked)).to.deep.equal(["eth_sendTransaction"]);
    await until("every stage", async () => (await stagesOf(page)).join() === "Paid,Delivered,Seller paid");
    const pdf = saved(page.waitForEvent("download"));
    await page.getByRole("button", { name: "Save as PDF" }).click();
    const { name, bytes } = await pdf;
    expect(name).to.match(/\.pdf$/);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).to.equal("%PDF-");
    expect(bytes.length).to.be.greaterThan(10_000);
    await pictureOf(page, "09-complete");
  });

  it("the buyer reviews it, and everyone reads that", async () => {
    const { page } = buyer;
    await page.goto(`/works/${workId}`);
    await page.getByRole("button", { name: "Write a review" }).click();
    const sheet = dialog(page, `Review ${TITLE}`);
    await sheet.getByRole("radio", { name: "5 stars" }).check();
    await sheet.getByRole("textbox", { name: /^In your words/ }).fill(REVIEW);
    await sheet.getByRole("button", { name: "Publish the review" }).click();
    await sheet.waitFor({ state: "detached" });
    await untilIndexKnows();
    await stranger.page.goto(`/works/${workId}`);
    await stranger.page.getByText("5.0 of 5 · 1 review").first().waitFor();
    await stranger.page.getByText(REVIEW).waitFor();
    await stranger.page.getByText("paid 40 credits").waitFor();
    await stranger.page.getByText(REVIEW).scrollIntoViewIfNeeded();
    await pictureOf(stranger.page, "10-review");
  });

  it("anyone without a wallet checks the certificate against the chain", async () => {
    const { page } = stranger;
    await page.goto(`/licences/${licenceId}`);
    await page.getByRole("button", { name: "Check against the chain" }).click();
    await page.getByText("All of it holds").waitFor();
    for (const words of [
      "It is held by the account that this page shows.",
      "Its terms are word for word the ones on this page.",
      "The seller was paid.",
    ]) {
      await page.getByText(words).waitFor();
    }
    expect(await page.getByRole("button", { name: /Accept|Download|Dispute/ }).count()).to.equal(0);
    await pictureOf(page, "11-certificate");
  });

  it("both who made it claim their share of the price, less the commission, to the microcredit", async () => {
    const net = COMMERCIAL - (COMMERCIAL * (await commissionOf("Licenses"))) / 10_000n;
    for (const [{ page, wallet }, percent] of [
      [creator, MINE],
      [partner, THEIRS],
    ] as const) {
      const share = (net * percent) / 100n;
      const before = await creditsOf(wallet.address);
      await page.goto("/create");
      await page.getByRole("button", { name: `Claim ${shown(share)}`, exact: true }).click();
      const sheet = dialog(page, `Claim ${shown(share)} credits`);
      await sheet.getByRole("button", { name: /^Claim / }).click();
      await sheet.waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Nothing to claim yet" }).waitFor();
      expect((await creditsOf(wallet.address)) - before).to.equal(wei(share));
    }
    await pictureOf(creator.page, "12-claimed");
  });

  it("the licence is sold on, and its makers get their royalty of that", async () => {
    const { page } = buyer;
    await page.goto(`/licences/${licenceId}`);
    await page.getByRole("button", { name: "Sell this licence" }).click();
    const sheet = dialog(page, `Sell licence ${licenceId} of “${TITLE}”`);
    await sheet.getByRole("textbox", { name: "Price in credits" }).fill(shown(RESOLD));
    const royalty = (RESOLD * ROYALTY) / 100n;
    await sheet.getByText(`Royalty (${ROYALTY}%) to the work’s creator and parents`).waitFor();
    await pictureOf(page, "13-resale-sheet");
    await confirmSheet(page, `Sell licence ${licenceId} of “${TITLE}”`);
    await page.getByText(/^For sale for 50 credits until /).waitFor();
    await untilIndexKnows();

    const { page: other, wallet } = second;
    await other.goto(`/works/${workId}`);
    const asked = wallet.prompts.length;
    await other.getByRole("button", { name: `Buy · ${shown(RESOLD)}`, exact: true }).click();
    await confirmSheet(other, /^Buy licence /);
    expect(askedOf(second, asked)).to.deep.equal(["eth_sendTransaction"]);
    expect(await creditsOf(wallet.address)).to.equal(wei(BOUGHT - RESOLD));
    const rest = RESOLD - royalty;
    expect(await claimableOf(creator.stelai)).to.equal(wei((royalty * MINE) / 100n));
    expect(await claimableOf(partner.stelai)).to.equal(wei((royalty * THEIRS) / 100n));
    expect(await claimableOf(buyer.stelai)).to.equal(wei(rest - (rest * (await commissionOf("Resale"))) / 10_000n));
  });

  it("who sold it has neither page nor key any more, and who bought it has both", async () => {
    const { page } = buyer;
    await page.reload();
    await page.getByRole("heading", { name: "The order", exact: true }).waitFor();
    expect(await page.getByRole("button", { name: /Download|Sell this licence/ }).count()).to.equal(0);

    const { page: other } = second;
    await until("the licence in the library", async () => {
      await other.goto("/library?tab=licences");
      await other.getByText(/No licence yet|Held/).waitFor();
      return (await other.getByRole("link", { name: TITLE }).count()) > 0;
    });
    await pictureOf(other, "14-library");
    await other.getByRole("link", { name: "Certificate" }).click();
    expect(await licenceOn(other)).to.equal(licenceId);
    await download(other, "Download");

    const refusal = await buyer.stelai.market.getContentKey({ licenceId }).catch((error: unknown) => error);
    if (!(refusal instanceof NotLicensedError)) throw refusal;
    expect(refusal.status).to.equal(403);
    expect(refusal.message).to.include("licence");
    await expectBalance(other, BOUGHT - RESOLD);
  });

  it("the pages wrote no error to the console but the answers that the index does not know it yet", () => {
    const problems = everyone().flatMap((one) => one.problems.filter((problem) => !/status of 404/.test(problem)));
    expect(problems).to.deep.equal([]);
  });
});
