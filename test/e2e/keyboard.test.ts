/// <reference lib="dom" />
/** Buy, chat, make a picture and claim with Tab, Enter, Space and Escape alone: no mouse is ever moved. */
import { stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { CREATORS } from "../../scripts/dev/accounts.ts";
import { accountButton, answered, composer, costOf, dialog, expectBalance, sendButton } from "./acts.ts";
import { buyButton, licenceOn } from "./marketActs.ts";
import { FREE, generateButton, pictures, promptField, tiles } from "./studioActs.ts";
import { stopAfterFailure, until, untilIndexKnows, visitWithWallet, type WalletVisit, world } from "./world.ts";

/** A character of a two-person split, and the first of the two. */
const CHARACTER = { id: 7, name: "Silvertip" };
const [, , CREATOR] = CREATORS;
if (!CREATOR) throw new Error("no creator");

/** A demo work, and what a personal licence of it costs. */
const WORK = { title: "Somewhere with Rings", price: "0.5" };

/** More steps than any page has places to stop at. */
const MOST_STEPS = 150;

/** Walks with Tab until the focus is there, as a person without a mouse has to. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the focus never came to ${target}`);
}

async function press(page: Page, target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

describe("by keyboard alone", () => {
  beforeEach(stopAfterFailure);
  let visitor: WalletVisit;
  let page: Page;

  before(async () => {
    visitor = await visitWithWallet();
    ({ page } = visitor);
    await (await world()).fund(visitor.wallet.address, 100_000_000n);
  });
  after(() => visitor?.close());

  it("one connects, and buys credits after having looked and left once with Escape", async () => {
    await page.goto("/credits");
    const buy = page.getByRole("button", { name: /^Buy 1,000 · / });
    await press(page, buy);
    const wallets = dialog(page, "Connect a wallet");
    await press(page, wallets.getByRole("button", { name: visitor.wallet.name }));
    // The act that needed the wallet goes on by itself.
    const sheet = dialog(page, "Buy 1,000 credits");
    await sheet.waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await accountButton(page).waitFor();
    await press(page, buy, "Space");
    await press(page, sheet.getByRole("button", { name: /^Buy 1,000 · / }));
    await sheet.waitFor({ state: "detached" });
    await expectBalance(page, 1_000_000_000n);
  });

  it("focus comes back to the button that opened a sheet", async () => {
    const buy = page.getByRole("button", { name: /^Buy 1,000 · / });
    await press(page, buy);
    await dialog(page, "Buy 1,000 credits").waitFor();
    await page.keyboard.press("Escape");
    await dialog(page, "Buy 1,000 credits").waitFor({ state: "detached" });
    await page.waitForFunction((name) => document.activeElement?.textContent?.startsWith(name), "Buy 1,000");
  });

  it("one finds a character, writes to it, opens a tab and is answered", async () => {
    await press(page, page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Explore" }));
    await press(page, page.getByRole("link", { name: new RegExp(`^${CHARACTER.name}`) }));
    await tabTo(page, composer(page));
    await page.keyboard.type("Where do you hunt?");
    await sendButton(page).and(page.locator(":enabled")).waitFor();
    await page.keyboard.press("Enter");
    const sheet = dialog(page, "Open a tab");
    await press(page, sheet.getByRole("button", { name: "5", exact: true }), "Space");
    await press(page, sheet.getByRole("button", { name: /^Open tab · / }));
    const { receipt } = costOf((await answered(page, CHARACTER.name, 1)).line);
    expect(receipt).to.equal(1);
    // Where one wrote, one writes on.
    await tabTo(page, composer(page));
    await page.keyboard.type("And what do you fear?");
    await page.keyboard.press("Enter");
    await answered(page, CHARACTER.name, 2);
  });

  it("one makes a picture in the Studio, looks at it large and comes back to it", async () => {
    await press(page, page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Studio" }));
    await press(page, page.getByRole("link", { name: new RegExp(`^${FREE.name}`) }));
    await tabTo(page, promptField(page));
    await page.keyboard.type("A walled garden with lemon trees");
    await press(page, generateButton(page).and(page.locator(":enabled")));
    await pictures(page, 1);
    const picture = tiles(page).getByRole("button").first();
    await press(page, picture);
    await dialog(page, "Result 1 of 1").waitFor();
    await page.keyboard.press("Escape");
    await dialog(page, "Result 1 of 1").waitFor({ state: "detached" });
    await until("the focus on the picture again", () =>
      picture.evaluate((element) => element === document.activeElement),
    );
    await page.goto(`/c/${CHARACTER.id}`);
  });

  it("one closes the tab and has the rest back", async () => {
    const close = page.getByRole("button", { name: /^Close tab, get [\d.]+ back$/ });
    await press(page, close, "Space");
    await close.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Open a tab" }).waitFor();
  });

  it("one opens another from beside the conversation, once, and closes that", async () => {
    await press(page, page.getByRole("button", { name: "Open a tab" }));
    const sheet = dialog(page, "Open a tab");
    await press(page, sheet.getByRole("button", { name: "5", exact: true }));
    await press(page, sheet.getByRole("button", { name: /^Open tab · / }));
    await sheet.waitFor({ state: "detached" });
    const close = page.getByRole("button", { name: /^Close tab, get [\d.]+ back$/ });
    await press(page, close);
    await close.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Open a tab" }).waitFor();
  });

  it("one looks for a work, and buys a licence of it", async () => {
    // Escrow takes a transaction of one's own.
    await (await world()).fund(visitor.wallet.address, 0n, { eth: true });
    await press(page, page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Market" }));
    await tabTo(page, page.getByRole("searchbox", { name: "Search works" }));
    await page.keyboard.type("somewhere with rings");
    await press(page, page.getByRole("main").getByRole("link", { name: WORK.title }));
    await press(page, buyButton(page, "Personal", WORK.price));
    const sheet = dialog(page, "Buy a personal licence");
    await press(page, sheet.getByRole("button", { name: `Buy licence · ${WORK.price}` }), "Space");
    await licenceOn(page);
    await page.getByRole("heading", { name: "Your order" }).waitFor();
    await press(page, page.getByRole("button", { name: "Accept · pay the seller" }));
    await press(page, dialog(page, "Accept what was delivered").getByRole("button", { name: /^Accept · / }));
    await page.getByText(/^The order is complete; /).waitFor();
  });

  it("a creator claims their part of a split", async () => {
    const { reader, deployment } = await world();
    const balance = { address: deployment.contracts.Stelai, abi: stelaiAbi, functionName: "balanceOf" } as const;
    const credits = () => reader.readContract({ ...balance, args: [CREATOR.address] });
    const creator = await visitWithWallet({ privateKey: CREATOR.privateKey });
    try {
      const { page } = creator;
      await untilIndexKnows();
      await page.goto("/create");
      await press(page, page.getByRole("main").getByRole("button", { name: "Connect a wallet" }));
      await press(page, dialog(page, "Connect a wallet").getByRole("button", { name: creator.wallet.name }));
      const claim = page.getByRole("button", { name: /^Claim [\d.]+$/ });
      await page.getByText("Your part of splits").waitFor();
      const before = await credits();
      await press(page, claim);
      // What was not collected from tabs, or harvested from passes, is a step of its own before.
      const step = page.getByRole("dialog").getByRole("button", { name: /^(Claim [\d.]+|(Collect|Harvest) from .*)$/ });
      let words = "";
      while (!words.startsWith("Claim")) {
        const next = step.filter({ hasNotText: words || /^$/ });
        await next.waitFor();
        words = (await next.textContent()) ?? "";
        await press(page, next);
      }
      await page.getByRole("button", { name: "Nothing to claim yet" }).waitFor();
      await until("the claim on the chain", async () => (await credits()) > before);
    } finally {
      await creator.close();
    }
  });

  it("the page wrote no error to the console", () => {
    expect(visitor.problems).to.deep.equal([]);
  });
});
