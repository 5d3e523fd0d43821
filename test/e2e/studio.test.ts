/// <reference lib="dom" />
/** Making things in the Studio: without a wallet, paid from a tab, played, varied, compared, checked, deleted. */
import { createStelai, verifyProvenance } from "@stelai/sdk";
import { provenanceSchema } from "@stelai/sdk/wire";
import { expect } from "chai";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { keccak256 } from "viem";
import { probe } from "../../relayer/src/media/probe.ts";
import { OPERATOR } from "../../scripts/dev/accounts.ts";
import { buyThousand, connect, dialog, getTestMoney, openTab, saved, signIn } from "./acts.ts";
import { expectAccessible } from "./harness/axe.ts";
import { untranslated } from "./harness/catalogue.ts";
import { screenshot } from "./harness/screenshots.ts";
import { FEWER_VIEWS } from "./harness/views.ts";
import {
  choose,
  FREE,
  finished,
  generateButton,
  IMAGE,
  MUSIC,
  paidFor,
  pictures,
  playedOf,
  priceOn,
  promptField,
  tiles,
  VIDEO,
  VOICE,
} from "./studioActs.ts";
import { stopAfterFailure, until, type Visit, visit, visitWithWallet, type WalletVisit, world } from "./world.ts";

const PROMPT = "A lighthouse in a storm, gulls all around";

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
    await until("the prompt on the workbench", async () =>
      (await promptField(page).inputValue()).startsWith("A harbour"),
    );
  });

  it("has six examples with their prices while nothing was made", async () => {
    const examples = page.locator("main").getByRole("button", { name: /free$/ });
    await examples.nth(5).waitFor();
    expect(await promptField(page).inputValue()).to.equal("A harbour under northern lights");
  });

  it("makes a picture of a free tool by Ctrl and Enter, and has it after a reload", async () => {
    await promptField(page).press("Control+Enter");
    await pictures(page, 1);
    expect(await tiles(page).first().textContent()).to.include("Free");
    await page.reload();
    await pictures(page, 1);
    await screenshot(page, "studio-01-free");
  });

  it("asks for a wallet only where something costs, and keeps the prompt when one is not given", async () => {
    await page.goto(`/studio/${IMAGE.id}`);
    await promptField(page).fill("A lighthouse in a storm");
    await generateButton(page).click();
    await dialog(page, "Connect a wallet").waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    await until("the prompt again", async () => (await promptField(page).inputValue()) === "A lighthouse in a storm");
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
    await promptField(page).fill(PROMPT);
    const price = await priceOn(page);
    await generateButton(page).click();
    await openTab(page, "20");
    await pictures(page, 1);
    expect(await paidFor(tiles(page).first())).to.deep.equal({ cost: price, receipt: 1 });
  });

  it("goes on queueing while one is made, and keeps a cancelled one as a line of nothing", async () => {
    for (let at = 0; at < 3; at++) await generateButton(page).click();
    await page.getByRole("button", { name: "Cancel" }).first().click();
    await page.getByText("Cancelled · Not charged").waitFor();
    await page.reload();
    await pictures(page, 3);
    await page.getByText("Cancelled · Not charged").waitFor();
    await screenshot(page, "studio-02-queue");
  });

  it("puts prompt and seed of a result back, and makes a variation of it, which is another picture", async () => {
    await promptField(page).fill("Something else entirely");
    await finished(page).first().getByRole("button", { name: "Reuse prompt and settings" }).click();
    expect(await promptField(page).inputValue()).to.equal(PROMPT);
    const seed = page.getByRole("textbox", { name: "Seed" });
    expect(await seed.inputValue()).to.match(/^\d+$/);
    await page.getByRole("button", { name: "Take a new seed each time" }).click();
    await choose(page, finished(page).first(), /^Vary · [\d.]+$/);
    await pictures(page, 4);
    const addresses = await finished(page)
      .getByRole("img")
      .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).src));
    const files = await Promise.all(
      addresses.map(async (one) => keccak256(new Uint8Array(await (await fetch(one)).arrayBuffer()))),
    );
    expect(new Set(files).size).to.equal(4);
  });

  it("narrows the gallery by state, in the address", async () => {
    await page.getByRole("button", { name: "Failed", pressed: false }).click();
    await until("the failed ones alone", async () => (await tiles(page).count()) === 1);
    expect(new URL(page.url()).searchParams.get("state")).to.equal("failed");
    await page.getByRole("button", { name: "Failed", pressed: true }).click();
  });

  it("shows one large, and the next by an arrow key", async () => {
    await page.locator("article button:has(img)").first().click();
    await dialog(page, "Result 1 of 4").waitFor();
    await page.keyboard.press("ArrowRight");
    await dialog(page, "Result 2 of 4").waitFor();
    await expectAccessible(page, FEWER_VIEWS);
    await page.keyboard.press("Escape");
  });

  it("compares two side by side", async () => {
    for (const at of [0, 1]) await finished(page).nth(at).getByRole("button", { name: "Compare" }).click();
    await page.getByText("2 chosen").waitFor();
    await page.getByRole("button", { name: "Compare", exact: true }).last().click();
    const sheet = dialog(page, "Side by side");
    await sheet.getByRole("img").nth(1).waitFor();
    const seeds = await sheet
      .getByRole("listitem")
      .evaluateAll((all) =>
        all.map(
          (one) =>
            [...one.querySelectorAll("dt")].find((term) => term.textContent === "Seed")?.nextSibling?.textContent,
        ),
      );
    expect(seeds).to.have.length(2);
    expect(seeds[0]).to.match(/^\d+$/).and.not.equal(seeds[1]);
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
    const tile = finished(page).first();
    const original = saved(page.waitForEvent("download"));
    await tile.getByRole("button", { name: "Download original" }).click();
    const { name, bytes } = await original;
    expect(name).to.match(/^a-lighthouse-in-a-storm.*\.png$/);
    expect((await probe(bytes, "Image")).mediaType).to.equal("image/png");

    const all = saved(page.waitForEvent("download"));
    await choose(page, tile, /Export with its record/);
    const zip = await all;
    expect(zip.name).to.match(/\.zip$/);
    const { "record.json": text = new Uint8Array(), ...files } = unzipSync(zip.bytes);
    expect(Object.values(files).map((file) => keccak256(file))).to.deep.equal([keccak256(bytes)]);
    const record = provenanceSchema.parse(JSON.parse(strFromU8(text)));
    expect(record.contentHash).to.equal(keccak256(bytes));

    const { chain, transport, deployment } = await world();
    const stelai = createStelai({ chain, transport, deployment } as never);
    const { terms } = await stelai.characters.getTerms({ characterId: BigInt(IMAGE.id) });
    const meter = { chainId: deployment.chainId, inferenceMeter: deployment.contracts.InferenceMeter };
    const facts = { record, prompt: PROMPT, meter, operators: [OPERATOR.address], terms, mustBePaid: true };
    expect(await verifyProvenance({ bytes, ...facts })).to.deep.equal({ ok: true, vouched: true, findings: [] });
    const forged = await verifyProvenance({ bytes: bytes.map((byte, at) => (at === 99 ? byte ^ 1 : byte)), ...facts });
    expect(forged.findings.map(({ kind }) => kind)).to.include.members(["content-hash", "response"]);
  });

  it("publishes only after it said that this cannot be taken back, and deletes after it said what goes", async () => {
    await choose(page, finished(page).first(), /^Publish/);
    await page.getByText("This cannot be taken back").waitFor();
    await page.getByRole("button", { name: "Publish for good" }).click();
    await finished(page).first().getByText("Published").waitFor();
    await choose(page, finished(page).nth(1), /^Delete/);
    await page.getByRole("button", { name: "Delete for good" }).click();
    await pictures(page, 3);
    await page.reload();
    await pictures(page, 3);
  });

  it("reads a text aloud, by keyboard too, and goes on playing on another page", async () => {
    await page.goto(`/studio/${VOICE.id}`);
    await promptField(page).fill("In ten minutes the last ferry leaves. Please have your tickets ready.");
    await generateButton(page).click();
    const position = page.getByRole("slider", { name: "Position" }).first();
    await position.focus();
    const original = saved(page.waitForEvent("download"));
    await tiles(page).getByRole("button", { name: "Download original" }).click();
    const { seconds = 0, sampleRate } = await probe((await original).bytes, "Voice");
    expect(sampleRate).to.equal(16_000);
    expect(seconds).to.be.within(2, 10);
    expect(Number(await position.getAttribute("aria-valuemax"))).to.equal(Math.round(seconds));
    await position.focus();
    await position.press("ArrowRight");
    const bar = page.getByRole("region", { name: "Playing" });
    await bar.getByRole("button", { name: "Pause" }).waitFor();
    await expectAccessible(page, FEWER_VIEWS);
    await page.getByRole("link", { name: "Credits", exact: true }).click();
    await page.getByRole("heading", { name: "Credits", exact: true }).waitFor();
    await bar.getByRole("button", { name: "Close the player" }).click();
    await bar.waitFor({ state: "detached" });
  });

  it("composes as long a piece as was asked for, and the page plays it", async () => {
    await page.goto(`/studio/${MUSIC.id}`);
    await promptField(page).fill("A slow piano piece for a rainy afternoon");
    const length = page.getByRole("slider", { name: "Length" });
    await length.press("Home");
    const asked = Number(await length.inputValue());
    const price = await priceOn(page);
    await generateButton(page).click();
    expect((await paidFor(tiles(page).first())).cost).to.equal(price);
    const original = saved(page.waitForEvent("download"));
    await tiles(page).getByRole("button", { name: "Download original" }).click();
    const { seconds, sampleRate, channels } = await probe((await original).bytes, "Music");
    expect(seconds).to.be.within(asked - 0.05, asked + 0.05);
    expect({ sampleRate, channels }).to.deep.equal({ sampleRate: 44_100, channels: 2 });
    const position = tiles(page).getByRole("slider", { name: "Position" });
    expect(Number(await position.getAttribute("aria-valuemax"))).to.equal(asked);
    await tiles(page).getByRole("button", { name: "Play", exact: true }).click();
    await until("the first second played", async () => Number(await position.getAttribute("aria-valuenow")) >= 1);
    await page.getByRole("button", { name: "Close the player" }).click();
  });

  it("films, and the browser plays what it got", async () => {
    await page.goto(`/studio/${VIDEO.id}`);
    await promptField(page).fill("Waves rolling onto a black beach at night");
    await page.getByRole("slider", { name: "Length" }).press("Home");
    await generateButton(page).click();
    const video = page.locator("article video");
    await video.waitFor();
    const { width, height, seconds, from, to } = await playedOf(video);
    expect([width, height]).to.deep.equal([640, 360]);
    expect(seconds).to.be.within(0.95, 1.05);
    expect(to).to.be.greaterThan(from);
    await screenshot(page, "studio-04-video");
  });

  it("shows everything of the account after the monthly sign-in, and nothing of it untranslated", async () => {
    await page.getByRole("button", { name: "All tools" }).click();
    await page.getByRole("button", { name: "See all you made" }).click();
    await signIn(page);
    await page.getByRole("button", { name: "See all you made" }).waitFor({ state: "detached" });
    await until("everything", async () => (await tiles(page).count()) >= 6);
    await page.goto(`/studio/${VIDEO.id}?of=all&locale=en-XA`);
    await tiles(page).nth(5).waitFor();
    // The names of the tool and of its maker stand in headings and sentences.
    expect(await untranslated(page, [VIDEO.maker, VIDEO.name])).to.deep.equal([]);
    await expectAccessible(page);
    expect(person.problems).to.deep.equal([]);
  });
});
