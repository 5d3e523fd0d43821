/** What goes wrong in the market is said in place, and nobody loses a credit by it. */
import { type Stelai, WorkSuspendedError } from "@stelai/sdk";
import { expect } from "chai";
import type { Route } from "playwright-core";
import { DESK_ACCOUNTS } from "../../scripts/dev/accounts.ts";
import { encryptFile } from "../../sdk/src/internal/fileCipher.ts";
import { WEI_PER_MICROCREDIT } from "../../web/src/format/money.ts";
import { connect, creditsOf, delayAnswers, dialog, signIn } from "./acts.ts";
import {
  BOUGHT,
  buyButton,
  buyLicence,
  clientOf,
  licenceOn,
  offerPicture,
  pictureOf,
  visitWithCredits,
} from "./marketActs.ts";
import {
  stopAfterFailure,
  until,
  untilIndexKnows,
  type Visit,
  visit,
  visitWithWallet,
  type WalletVisit,
  world,
} from "./world.ts";

/** Microcredits. */
const [OLD, NEW, ALONE] = [20_000_000n, 30_000_000n, 90_000_000n];
const BOND = NEW / 20n;
const [CARVING, ONLY_ONE] = ["Salt Road Marker", "The Only Heron"];
/** Until a page that is behind looks again. */
const FOLLOWS_WITHIN_MS = 10_000;
const REASON = "The hashes are not the same. The buyer is right.";

describe("when something goes wrong in the market", () => {
  beforeEach(stopAfterFailure);
  type Person = WalletVisit & { stelai: Stelai };
  let seller: Stelai;
  let buyer: Person;
  let rival: Person;
  let resolver: WalletVisit;
  let moderator: WalletVisit;
  let stranger: Visit;
  let carving: { workId: bigint; offerIds: bigint[] };
  let onlyOne: { workId: bigint; offerIds: bigint[] };
  let licenceId: bigint;
  const everyone = () => [buyer, rival, resolver, moderator, stranger];
  const wei = (micro: bigint) => micro * WEI_PER_MICROCREDIT;
  /** Signs in the wallet later than in the sheet: what happens meanwhile is between the page and the block. */
  const holdInWallet = async ({ page, wallet }: WalletVisit, sheet: string) => {
    const asked = wallet.prompts.length;
    wallet.hangNext();
    await dialog(page, sheet)
      .getByRole("button", { name: /^Buy licence · / })
      .click();
    await until("the wallet's question", async () => wallet.prompts.length > asked);
  };

  before(async () => {
    buyer = await visitWithCredits("/market");
    rival = await visitWithCredits("/market");
    resolver = await visitWithWallet({ privateKey: DESK_ACCOUNTS.RESOLVER.privateKey });
    moderator = await visitWithWallet({ privateKey: DESK_ACCOUNTS.MODERATOR.privateKey });
    stranger = await visit();
    const { privateKey, wallet, close } = await visitWithWallet();
    await close();
    await (await world()).fund(wallet.address, 0n, { eth: true });
    seller = await clientOf({ privateKey });
    carving = await offerPicture(seller, CARVING, [{ tier: "Personal", price: OLD }]);
    onlyOne = await offerPicture(seller, ONLY_ONE, [
      { tier: "Exclusive", price: ALONE },
      { tier: "Personal", price: OLD },
    ]);
    await untilIndexKnows();
  });
  after(() => Promise.all(everyone().map((one) => one?.close())));

  it("a price that changed between page and block takes nothing, and is asked about again, old and new", async () => {
    const { page, wallet } = buyer;
    await page.goto(`/works/${carving.workId}`);
    await buyButton(page, "Personal", "20").click();
    await holdInWallet(buyer, "Buy a personal licence");
    const attestor = (await seller.market.getOffer({ offerId: carving.offerIds[0] ?? 0n })).attestor;
    await (await seller.market.closeOffers({ offerIds: carving.offerIds })).wait();
    const offers = [{ tier: "Personal", price: NEW, attestor }] as const;
    await (await seller.market.addOffers({ workId: carving.workId, offers })).wait();
    await untilIndexKnows();
    wallet.release();

    const sheet = dialog(page, "Buy a personal licence");
    await sheet
      .getByRole("alert")
      .getByText(/^Offer \d+ is closed, /)
      .waitFor();
    await sheet.getByText("The price is no longer 20 but 30 credits.").waitFor();
    await sheet.getByText("No money moved.").waitFor();
    expect(await creditsOf(wallet.address)).to.equal(wei(BOUGHT));
    await pictureOf(page, "fault-price-changed");
    await sheet.getByRole("button", { name: "Go on with 30" }).click();
    await sheet.getByRole("button", { name: /Buy licence · 30$/ }).click();
    licenceId = await licenceOn(page);
    expect(await creditsOf(wallet.address)).to.equal(wei(BOUGHT - NEW));
  });

  it("of two who want the only licence the slower one is told, and pays nothing", async () => {
    for (const { page } of [buyer, rival]) await page.goto(`/works/${onlyOne.workId}`);
    await buyButton(rival.page, "Exclusive", "90").click();
    await holdInWallet(rival, "Buy an exclusive licence");
    await buyLicence(buyer.page, "Exclusive", "90");
    await untilIndexKnows();
    rival.wallet.release();
    const sheet = dialog(rival.page, "Buy an exclusive licence");
    await sheet
      .getByRole("alert")
      .getByText(/^All licences of offer \d+ are sold\.$/)
      .waitFor();
    await sheet.getByText("The last one was sold meanwhile.").waitFor();
    await sheet.getByText("No money moved.").waitFor();
    await pictureOf(rival.page, "fault-raced");
    await sheet.getByRole("button", { name: "Back to the work" }).click();
    // No other licence is sold beside the only one.
    for (const state of ["Sold out", "Taken"]) await rival.page.getByText(state, { exact: true }).waitFor();
    expect(await buyButton(rival.page, "Exclusive", "90").count()).to.equal(0);
    expect(await creditsOf(rival.wallet.address)).to.equal(wei(BOUGHT));
  });

  it("a file that is not what the chain names is not saved, and the way out stands beside that", async () => {
    const { page } = buyer;
    const { urls } = await world();
    let savedFiles = 0;
    page.on("download", () => savedFiles++);
    await page.goto(`/licences/${licenceId}`);
    const check = page.getByRole("button", { name: "Download and check" });
    await check.and(page.locator(":enabled")).waitFor();

    // A gateway that lies is seen through before anything is opened.
    const answer = (body: Uint8Array) => (route: Route) =>
      route.fulfill({ headers: { "access-control-allow-origin": "*" }, body: Buffer.from(body) });
    const stored = `${urls.relayer}/ipfs/**`;
    await page.route(stored, answer(new Uint8Array(512)));
    await check.click();
    await signIn(page);
    await page.getByText(/came damaged/).waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Dispute", exact: true }).waitFor();
    await page.unroute(stored);

    // And an operator that keeps another file, under a key that opens it, cannot pass it off either.
    const { key, body } = await encryptFile(new TextEncoder().encode("not what was sold"));
    await page.route(stored, answer(body));
    await page.route(`${urls.relayer}/v1/licences/${licenceId}/key`, async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const response = await route.fetch();
      return route.fulfill({ response, json: { ...(await response.json()), key } });
    });
    await check.click();
    await page.getByText("This is not what was sold").waitFor();
    const { contentHash } = await buyer.stelai.works.getWork({ workId: carving.workId });
    await page.getByText(contentHash, { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Accept · pay the seller" }).count()).to.equal(0);
    expect(savedFiles).to.equal(0);
    await pictureOf(page, "fault-wrong-file");
    await page.unrouteAll();
  });

  it("its dispute takes the bond, and the resolver's desk gives price and bond back", async () => {
    const { page, wallet } = buyer;
    const before = await creditsOf(wallet.address);
    await page.getByRole("button", { name: "Dispute · get your money back" }).click();
    const disputing = dialog(page, "Dispute what was delivered");
    const words = disputing.getByRole("textbox", { name: "What is wrong" });
    await until("the words that the page found", async () => (await words.inputValue()).includes("keccak256"));
    await pictureOf(page, "fault-dispute");
    const wordsNotStored = () => page.getByText("which were not stored").count();
    // The page learns of the dispute from the chain before its sheet is done.
    const answerAtOnce = await delayAnswers(page);
    await disputing.getByRole("button", { name: / · / }).click();
    await page.getByText(/^Refunded by itself in \d days if nobody decides$/).waitFor();
    expect(await wordsNotStored(), "words that are on their way").to.equal(0);
    await disputing.waitFor({ state: "detached" });
    expect(await wordsNotStored(), "words that stand on the chain").to.equal(0);
    await answerAtOnce();
    expect(await creditsOf(wallet.address)).to.equal(before - wei(BOND));
    await untilIndexKnows();

    const desk = resolver.page;
    await desk.goto("/desks/resolver");
    await connect(desk, resolver.wallet.name);
    await desk.getByRole("navigation", { name: "Disputes" }).getByRole("link", { name: CARVING }).click();
    await desk.getByText(/The file that came is not the one that was sold\./).waitFor();
    await desk.getByRole("button", { name: "Refund the buyer" }).click();
    await desk.getByRole("textbox", { name: "Reason" }).fill(REASON);
    await pictureOf(desk, "desk-resolver");
    await desk.getByRole("button", { name: "Decide" }).click();
    await signIn(desk);
    const sheet = dialog(desk, `Refund licence ${licenceId}`);
    // The buyer's page learns of it from the chain, and from the index only later.
    const { urls } = await world();
    const ofOrder = `${urls.indexer}/licences/${licenceId}`;
    const knownBefore = await (await fetch(ofOrder)).text();
    const told = { "access-control-allow-origin": "*", "content-type": "application/json" };
    await page.route(ofOrder, (route) => route.fulfill({ headers: told, body: knownBefore }));
    // The desk learns of the decision from the chain before its sheet is done.
    const answerDeskAtOnce = await delayAnswers(desk);
    const notStored = () => desk.getByText("it was not stored").count();
    await sheet.getByRole("button", { name: "Refund the buyer" }).click();
    await desk.getByText("Decided: the buyer got the price back.").waitFor();
    expect(await notStored(), "a reason that is on its way").to.equal(0);
    await sheet.waitFor({ state: "detached" });
    expect(await notStored(), "a reason that stands on the chain").to.equal(0);
    await answerDeskAtOnce();

    await page.getByText("The 30 credits went back, with the bond if it was disputed").waitFor();
    await page.unroute(ofOrder);
    const over = page.getByText("The order is over. 31.5 credits went back, and the licence is gone.");
    await over.waitFor({ timeout: FOLLOWS_WITHIN_MS });
    await page.getByText(REASON).waitFor();
    expect(await creditsOf(wallet.address)).to.equal(before + wei(NEW));
    await pictureOf(page, "fault-refunded");
  });

  it("what somebody reports comes to the moderator's desk, and a suspended work says so and is not sold", async () => {
    const { page } = stranger;
    await page.goto(`/works/${carving.workId}`);
    await page.getByRole("button", { name: "Report this work" }).click();
    const report = dialog(page, "Report");
    await report.getByRole("combobox", { name: "What is wrong?" }).selectOption({ label: "It is someone else’s work" });
    await report.getByRole("textbox", { name: "Anything to add" }).fill("This marker stands on my own photograph.");
    await report.getByRole("button", { name: "Send report" }).click();
    await report.waitFor({ state: "detached" });

    const desk = moderator.page;
    await desk.goto("/desks/moderator");
    await connect(desk, moderator.wallet.name);
    await desk.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
    await signIn(desk);
    await desk.getByRole("navigation", { name: "Reports" }).getByRole("link", { name: CARVING }).click();
    await desk.getByText("This marker stands on my own photograph.").waitFor();
    await pictureOf(desk, "desk-moderator");
    await desk.getByRole("button", { name: "Suspend", exact: true }).click();
    const sheet = dialog(desk, `Suspend ${CARVING}`);
    await sheet.getByRole("button", { name: "Suspend", exact: true }).click();
    await sheet.waitFor({ state: "detached" });
    await desk.getByText("This case is not among those shown.").waitFor();
    await untilIndexKnows();

    await page.reload();
    await page.getByText(/^A moderator suspended this work: no licence of it is sold now\./).waitFor();
    await page.getByRole("heading", { name: CARVING, level: 1 }).waitFor();
    expect(await page.getByRole("button", { name: /^Buy licence/ }).count()).to.equal(0);
    await pictureOf(page, "suspended");
    await page.goto(`/market?q=${encodeURIComponent(CARVING)}`);
    await page.getByRole("heading", { name: /^(No works|\d+ works?)$/ }).waitFor();
    expect(await page.getByRole("link", { name: CARVING }).count()).to.equal(0);
    const { offers } = await buyer.stelai.works.getDetails({ workId: carving.workId });
    const offer = offers.find(({ price }) => price === NEW);
    if (!offer) throw new Error("the new offer is gone");
    const refusal = await rival.stelai.market.buy(offer).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(WorkSuspendedError);
    expect(await creditsOf(rival.wallet.address)).to.equal(wei(BOUGHT));
  });

  it("the pages wrote no error to the console but what the tests answered wrongly", () => {
    const isMeant = (problem: string) => /status of 404/.test(problem);
    expect(everyone().flatMap(({ problems }) => problems.filter((problem) => !isMeant(problem)))).to.deep.equal([]);
  });
});
