/** An answer read out by its character's voice, a tool of its own: at the price on the button, once, and kept. */
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import {
  answered,
  answers,
  buyThousand,
  composer,
  connect,
  dialog,
  getTestMoney,
  microcredits,
  openTab,
  say,
} from "./acts.ts";
import { expectAccessible } from "./harness/axe.ts";
import { screenshot } from "./harness/screenshots.ts";
import { FEWER_VIEWS } from "./harness/views.ts";
import { stopAfterFailure, until, visitWithWallet, type WalletVisit } from "./world.ts";

/** Of the demo content: one that talks for free and has a voice, and that voice, which is paid. */
const CORBEL = { id: 3, name: "Corbel" };
const VOICE = { id: 15, name: "Hearthside" };

const listen = (within: Locator) => within.getByRole("button", { name: /^Listen · / });
/** What reading an answer out cost, in microcredits, once it is there. */
const readFor = async (answer: Locator) => {
  const line = answer.getByText(/^[\d.]+ credits · receipt \d+$/);
  await line.waitFor();
  return microcredits(/^[\d.]+/.exec((await line.textContent()) ?? "")?.[0] ?? "");
};

describe("voices in a conversation", () => {
  beforeEach(stopAfterFailure);
  let person: WalletVisit;
  let page: Page;
  let price: bigint;

  before(async () => {
    person = await visitWithWallet();
    ({ page } = person);
  });
  after(() => person?.close());

  it("finds tools beside characters in one catalogue, and leads from either page to the right one", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: /^Voice/ }).click();
    expect(new URL(page.url()).searchParams.get("make")).to.equal("Voice");
    await page.getByRole("link", { name: VOICE.name }).click();
    await page.waitForURL(`**/studio/${VOICE.id}`);
    await page.goto(`/c/${VOICE.id}`);
    await page.waitForURL(`**/studio/${VOICE.id}`);
    await page.goto(`/studio/${CORBEL.id}`);
    await page.waitForURL(`**/c/${CORBEL.id}`);
    await composer(page).waitFor();
  });

  it("shows the voice's own terms before it is paid the first time, and what this answer costs", async () => {
    await page.goto("/credits");
    await connect(page, person.wallet.name);
    await getTestMoney(page);
    await buyThousand(page);
    await page.goto(`/c/${CORBEL.id}`);
    await say(page, "What do you do when it rains?");
    await answered(page, CORBEL.name, 1);
    const button = listen(answers(page, CORBEL.name).first());
    price = microcredits(/· ([\d.]+)$/.exec((await button.textContent()) ?? "")?.[1] ?? "");
    expect(await button.getAttribute("title")).to.match(/^\$[\d.]+$/);
    await button.click();
    await dialog(page, "Have it read out").getByRole("link", { name: VOICE.name }).waitFor();
    await expectAccessible(page, FEWER_VIEWS);
  });

  it("opens a tab, charges what the button said, and plays", async () => {
    await listen(dialog(page, "Have it read out")).click();
    await openTab(page, "5");
    const answer = answers(page, CORBEL.name).first();
    expect(await readFor(answer)).to.equal(price);
    await answer.getByRole("button", { name: "Stop" }).waitFor();
    await page.getByRole("region", { name: "Playing" }).waitFor();
    await expectAccessible(page, FEWER_VIEWS);
    await screenshot(page, "voices-01-read");
    await answer.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("region", { name: "Playing" }).waitFor({ state: "detached" });
  });

  it("has the reading after a reload, in the conversation and in the library, and asks nothing for it again", async () => {
    await page.reload();
    const answer = answers(page, CORBEL.name).first();
    expect(await readFor(answer)).to.equal(price);
    expect(await listen(answer).count()).to.equal(0);
    await page.goto("/library");
    await page.getByRole("article").first().waitFor();
    expect(await page.getByRole("article").count()).to.equal(1);
    await expectAccessible(page, FEWER_VIEWS);
    await screenshot(page, "voices-02-library");
    await page.getByRole("article").getByRole("button", { name: "Reuse prompt and settings" }).click();
    await page.waitForURL(`**/studio/${VOICE.id}`);
    await until("its text on the workbench", async () => (await page.locator("textarea").inputValue()).length > 20);
  });

  it("makes it once where the answer to the asking was lost and it is asked again", async () => {
    await page.goto(`/c/${CORBEL.id}`);
    await say(page, "And when it snows?");
    await answered(page, CORBEL.name, 2);
    let asked = 0;
    await page.route("**/v1/audio/speech", async (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      await route.fetch();
      return route.abort("connectionreset");
    });
    const answer = answers(page, CORBEL.name).nth(1);
    await listen(answer).click();
    await answer.getByRole("button", { name: "Try again" }).click();
    await readFor(answer);
    expect(asked).to.equal(2);
    await page.goto("/library");
    await until("both readings", async () => (await page.getByRole("article").count()) === 2);
    // The browser says itself that the connection was reset.
    expect(person.problems.filter((problem) => !problem.includes("ERR_CONNECTION_RESET"))).to.deep.equal([]);
  });
});
