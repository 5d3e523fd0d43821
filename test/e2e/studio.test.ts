/// <reference lib="dom" />
/** Making things in the Studio: without a wallet, paid from a tab, queued, played, compared, checked, deleted. */
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { buyThousand, connect, dialog, getTestMoney, microcredits, openTab, signIn } from "./acts.ts";
import { expectAccessible } from "./harness/axe.ts";
import { untranslated } from "./harness/catalogue.ts";
import { screenshot } from "./harness/screenshots.ts";
import { FEWER_VIEWS } from "./harness/views.ts";
import { stopAfterFailure, until, type Visit, visit, visitWithWallet, type WalletVisit } from "./world.ts";

/** Tools of the demo content. */
const FREE = { id: 9, name: "First Light" };
const IMAGE = { id: 12, name: "Linocut Press" };
const VIDEO = { id: 10, name: "Moving Postcard", maker: "Stelai" };
const VOICE = { id: 11, name: "Plain Reader" };

const prompt = (page: Page): Locator => page.getByRole("textbox", { name: /^What should/ });
const generate = (page: Page): Locator => page.getByRole("button", { name: /^Generate · / });
const tiles = (page: Page): Locator => page.getByRole("article");
const finished = (page: Page): Locator => tiles(page).filter({ hasText: /receipt \d+|^Free$/m });
/** Waits until so many pictures are there and decoded. */
const pictures = (page: Page, count: number) =>
  until(`${count} pictures`, () =>
    page.evaluate(
      (wanted) =>
        [...document.querySelectorAll<HTMLImageElement>("article img")].filter((one) => one.naturalWidth > 0).length ===
        wanted,
      count,
    ),
  );
const choose = async (page: Page, tile: Locator, item: RegExp) => {
  await tile.getByRole("button", { name: "More about this result" }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const priceOn = async (page: Page) =>
  microcredits(/· ([\d.,]+)$/.exec((await generate(page).textContent()) ?? "")?.[1] ?? "");

describe("the Studio without a wallet", () => {
  beforeEach(stopAfterFailure);
  let stranger: Visit;
  let page: Page;

  before(async () => {
    stranger = await visit();
    ({ page } = stranger);
  });
  after(() => stranger?.close());

  it("shows tools by what they make, and takes what is typed to the tool that is picked", async () => {
    await page.goto("/studio");
    await page.getByRole("textbox", { name: "What do you want to make?" }).fill("A harbour under northern lights");
    await page.getByRole("button", { name: "Music", pressed: false }).first().click();
    expect(new URL(page.url()).searchParams.get("make")).to.equal("Music");
    await page.getByRole("button", { name: "Image", pressed: false }).first().click();
    await page.getByRole("link", { name: FREE.name }).click();
    await until("the prompt on the workbench", async () => (await prompt(page).inputValue()).startsWith("A harbour"));
  });

  it("has six examples with their prices while nothing was made", async () => {
    const examples = page.locator("main").getByRole("button", { name: /free$/ });
    await examples.nth(5).waitFor();
    expect(await prompt(page).inputValue()).to.equal("A harbour under northern lights");
  });

  it("makes a picture of a free tool by Ctrl and Enter, and has it after a reload", async () => {
    await prompt(page).press("Control+Enter");
    await pictures(page, 1);
    expect(await tiles(page).first().textContent()).to.include("Free");
    await page.reload();
    await pictures(page, 1);
    await screenshot(page, "studio-01-free");
  });

  it("asks for a wallet only where something costs, and keeps the prompt when one is not given", async () => {
    await page.goto(`/studio/${IMAGE.id}`);
    await prompt(page).fill("A lighthouse in a storm");
    await generate(page).click();
    await dialog(page, "Connect a wallet").waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    await until("the prompt again", async () => (await prompt(page).inputValue()) === "A lighthouse in a storm");
    expect(stranger.problems).to.deep.equal([]);
  });
});

describe("the Studio with a tab", () => {
  beforeEach(stopAfterFailure);
  let person: WalletVisit;
  let page: Page;

  before(async () => {
    person = await visitWithWallet({ browser: { acceptDownloads: true } });
    ({ page } = person);
  });
  after(() => person?.close());

  it("opens a tab at the first generation and goes on by itself, at the price on the button", async () => {
    await page.goto("/credits");
    await connect(page, person.wallet.name);
    await getTestMoney(page);
    await buyThousand(page);
    await page.goto(`/studio/${IMAGE.id}`);
    await prompt(page).fill("A lighthouse in a storm, gulls all around");
    const price = await priceOn(page);
    await generate(page).click();
    await openTab(page, "20");
    await pictures(page, 1);
    const [, cost = ""] = /([\d.]+) credits · receipt 1/.exec((await tiles(page).first().textContent()) ?? "") ?? [];
    expect(microcredits(cost)).to.equal(price);
  });

  it("goes on queueing while one is made, and keeps a cancelled one as a line of nothing", async () => {
    for (let at = 0; at < 3; at++) await generate(page).click();
    await page.getByRole("button", { name: "Cancel" }).first().click();
    await page.getByText("Cancelled · Not charged").waitFor();
    await page.reload();
    await pictures(page, 3);
    await page.getByText("Cancelled · Not charged").waitFor();
    await screenshot(page, "studio-02-queue");
  });

  it("narrows the gallery by state, in the address", async () => {
    await page.getByRole("button", { name: "Failed", pressed: false }).click();
    await until("the failed ones alone", async () => (await tiles(page).count()) === 1);
    expect(new URL(page.url()).searchParams.get("state")).to.equal("failed");
    await page.getByRole("button", { name: "Failed", pressed: true }).click();
  });

  it("shows one large, and the next by an arrow key", async () => {
    await page.locator("article button:has(img)").first().click();
    await dialog(page, "Result 1 of 3").waitFor();
    await page.keyboard.press("ArrowRight");
    await dialog(page, "Result 2 of 3").waitFor();
    await expectAccessible(page, FEWER_VIEWS);
    await page.keyboard.press("Escape");
  });

  it("compares two side by side", async () => {
    for (const at of [0, 1]) await finished(page).nth(at).getByRole("button", { name: "Compare" }).click();
    await page.getByText("2 chosen").waitFor();
    await page.getByRole("button", { name: "Compare", exact: true }).last().click();
    await dialog(page, "Side by side").getByRole("img").nth(1).waitFor();
    await expectAccessible(page, FEWER_VIEWS);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Choose none" }).click();
  });

  it("checks where one comes from, against the file, the operator's signature and the chain", async () => {
    await choose(page, finished(page).first(), /Where it comes from/);
    await page.getByText("Everything fits").waitFor();
    await page.getByText("It cost what the tool’s terms come to").waitFor();
    await screenshot(page, "studio-03-provenance");
    await page.keyboard.press("Escape");
  });

  it("hands out the original, and a ZIP of it with its record", async () => {
    const original = page.waitForEvent("download");
    await finished(page).first().getByRole("button", { name: "Download original" }).click();
    expect((await original).suggestedFilename()).to.match(/^a-lighthouse-in-a-storm.*\.png$/);
    const all = page.waitForEvent("download");
    await choose(page, finished(page).first(), /Export with its record/);
    expect((await all).suggestedFilename()).to.match(/\.zip$/);
  });

  it("publishes only after it said that this cannot be taken back, and deletes after it said what goes", async () => {
    await choose(page, finished(page).first(), /^Publish/);
    await page.getByText("This cannot be taken back").waitFor();
    await page.getByRole("button", { name: "Publish for good" }).click();
    await finished(page).first().getByText("Published").waitFor();
    await choose(page, finished(page).nth(1), /^Delete/);
    await page.getByRole("button", { name: "Delete for good" }).click();
    await pictures(page, 2);
    await page.reload();
    await pictures(page, 2);
  });

  it("reads a text aloud, by keyboard too, and goes on playing on another page", async () => {
    await page.goto(`/studio/${VOICE.id}`);
    await prompt(page).fill("In ten minutes the last ferry leaves. Please have your tickets ready.");
    await generate(page).click();
    const position = page.getByRole("slider", { name: "Position" }).first();
    await position.focus();
    expect(Number(await position.getAttribute("aria-valuemax"))).to.be.greaterThan(1);
    await position.press("ArrowRight");
    const bar = page.getByRole("region", { name: "Playing" });
    await bar.getByRole("button", { name: "Pause" }).waitFor();
    await expectAccessible(page, FEWER_VIEWS);
    await page.getByRole("link", { name: "Credits", exact: true }).click();
    await page.getByRole("heading", { name: "Credits", exact: true }).waitFor();
    await bar.getByRole("button", { name: "Close the player" }).click();
    await bar.waitFor({ state: "detached" });
  });

  it("films, and the browser plays what it got", async () => {
    await page.goto(`/studio/${VIDEO.id}`);
    await prompt(page).fill("Waves rolling onto a black beach at night");
    await page.getByRole("slider", { name: "Length" }).press("Home");
    await generate(page).click();
    const video = page.locator("article video");
    await video.waitFor();
    const played = await video.evaluate(async (element: HTMLVideoElement) => {
      element.muted = true;
      await element.play();
      await new Promise((resolve) => element.addEventListener("timeupdate", resolve, { once: true }));
      return {
        width: element.videoWidth,
        height: element.videoHeight,
        seconds: element.duration,
        at: element.currentTime,
      };
    });
    expect(played).to.include({ width: 640, height: 360 });
    expect(played.seconds).to.be.closeTo(1, 0.2);
    await screenshot(page, "studio-04-video");
  });

  it("shows everything of the account after the monthly sign-in, and nothing of it untranslated", async () => {
    await page.getByRole("button", { name: "All tools" }).click();
    await page.getByRole("button", { name: "See all you made" }).click();
    await signIn(page);
    await page.getByRole("button", { name: "See all you made" }).waitFor({ state: "detached" });
    await until("everything", async () => (await tiles(page).count()) >= 5);
    await page.goto(`/studio/${VIDEO.id}?of=all&locale=en-XA`);
    await tiles(page).nth(4).waitFor();
    // The name of its maker stands inside of a sentence.
    expect(await untranslated(page, [VIDEO.maker])).to.deep.equal([]);
    await expectAccessible(page);
    expect(person.problems).to.deep.equal([]);
  });
});
