/** What goes wrong is said in place, with what became of the money and what to do; and what was typed is still there. */
import { charactersAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { CREATORS, type LocalAccount } from "../../scripts/dev/accounts.ts";
import { stopService } from "../../scripts/dev/processes.ts";
import {
  answered,
  composer,
  confirmSheet,
  connect,
  costOf,
  dialog,
  expectBalance,
  mostOf,
  say,
  sendButton,
} from "./acts.ts";
import { screenshot } from "./harness/screenshots.ts";
import { stopAfterFailure, until, visitWithWallet, type WalletVisit, world } from "./world.ts";

const ISBEL = { id: 1, name: "Isbel of Gannet Rock" };
const SIXTY_FOUR = { id: 5, name: "Sixty-Four" };
const [LANTERN, PLUMBLINE] = CREATORS;
if (!LANTERN || !PLUMBLINE) throw new Error("no creators");

interface ModelList {
  data: { stelai: { characterId: string; terms: { perInference: string; perUnit: string } } }[];
}

/** The one error on the page, which has to say all of this. */
async function expectAlert(page: Page, ...words: (string | RegExp)[]): Promise<Locator> {
  const alert = page.getByRole("alert").filter({ hasText: words[0] ?? "" });
  await alert.waitFor();
  const text = (await alert.textContent()) ?? "";
  for (const word of words) {
    if (typeof word === "string") expect(text).to.include(word);
    else expect(text).to.match(word);
  }
  return alert;
}

/** Sets a character's prices as its owner, behind the page's back, until the relayer knows of it. */
async function setPrice(owner: LocalAccount, id: number, perInference: number, perUnit: number): Promise<void> {
  const { walletOf, reader, deployment, urls } = await world();
  const terms = { lifetime: 0, monthly: 0, annual: 0, perInference, perUnit };
  const hash = await walletOf(owner.privateKey).writeContract({
    address: deployment.contracts.Characters,
    abi: charactersAbi,
    functionName: "setTerms",
    args: [BigInt(id), terms],
  });
  await reader.waitForTransactionReceipt({ hash });
  await until("the relayer's notice of the new price", async () => {
    const { data } = (await (await fetch(`${urls.relayer}/v1/models`)).json()) as ModelList;
    const known = data.find(({ stelai }) => stelai.characterId === String(id))?.stelai.terms;
    return known?.perInference === String(perInference) && known.perUnit === String(perUnit);
  });
}

describe("when something goes wrong", () => {
  beforeEach(stopAfterFailure);
  let visitor: WalletVisit;
  let page: Page;
  /** The same person in a browser that knows nothing. */
  let other: WalletVisit | undefined;
  const methods = () => visitor.wallet.prompts.map(({ method }) => method);

  before(async () => {
    visitor = await visitWithWallet({ startOn: 1 });
    ({ page } = visitor);
  });
  after(() => Promise.all([visitor?.close(), other?.close()]));

  it("a wallet on another network is switched with one button, and the message goes on to where it is paid", async () => {
    await page.goto(`/c/${ISBEL.id}`);
    await say(page, "Do you ever sleep?");
    await dialog(page, "Connect a wallet").getByRole("button", { name: visitor.wallet.name }).click();
    const wrong = dialog(page, "Your wallet is on another network");
    await wrong.getByText("Nothing you entered is lost").waitFor();
    visitor.wallet.rejectNext();
    await wrong.getByRole("button", { name: /^Switch to / }).click();
    await expectAlert(page, "You said no to the switch");
    await wrong.getByRole("button", { name: /^Switch to / }).click();
    await dialog(page, "Open a tab").waitFor();
    expect(await composer(page).inputValue()).to.equal("Do you ever sleep?");
  });

  it("too few credits are told with the amount missing, and too little USDC before anything is signed", async () => {
    const sheet = dialog(page, "Open a tab");
    await sheet.getByText(/^You have 0 credits; this needs 20\.2\.$/).waitFor();
    await sheet.getByRole("button", { name: /^Buy 1,000 · / }).click();
    const buy = dialog(page, "Buy 1,000 credits");
    await buy.waitFor();
    const before = methods().length;
    await buy.getByText("You have $0.00 in USDC; this needs $10.00. Send $10.00 more to your wallet").waitFor();
    expect(await buy.getByRole("button", { name: /^Buy 1,000 · / }).count(), "a button that cannot work").to.equal(0);
    expect(methods().length, "nothing is signed that cannot be paid").to.equal(before);
    await screenshot(page, "fault-too-little-usdc");
    await buy.getByRole("button", { name: "Get test money" }).click();
    await buy.getByRole("button", { name: /^Buy 1,000 · / }).waitFor();
  });

  it("a rejected signature costs nothing, and the same button tries again until the message is answered", async () => {
    const buy = dialog(page, "Buy 1,000 credits");
    visitor.wallet.rejectNext();
    await buy.getByRole("button", { name: /^Buy 1,000 · / }).click();
    await expectAlert(page, "You said no in the wallet. Nothing was signed.", "No money moved.");
    await screenshot(page, "fault-rejected");
    await buy.getByRole("button", { name: /^Try again: Buy 1,000 · / }).click();
    await buy.waitFor({ state: "detached" });
    // The sheet for the tab stands where it stood, and now there is enough for it.
    visitor.wallet.rejectNext();
    const sheet = dialog(page, "Open a tab");
    await sheet.getByRole("button", { name: "5", exact: true }).click();
    await sheet.getByRole("button", { name: "Open tab · 5.2", exact: true }).click();
    await expectAlert(page, "You said no in the wallet. Nothing was signed.", "No money moved.");
    expect(await composer(page).inputValue()).to.equal("Do you ever sleep?");
    await confirmSheet(page, "Open a tab");
    await answered(page, ISBEL.name, 1);
    await page.getByRole("log").getByText("Do you ever sleep?").waitFor();
    expect(await composer(page).inputValue()).to.equal("");
  });

  it("a relayer that is down gives the message back, and one button sends it again once it is up", async () => {
    const { stack } = await world();
    await stopService(stack.services.relayer);
    await say(page, "Is anybody out there?");
    const alert = await expectAlert(page, "cannot be reached");
    expect(await composer(page).inputValue()).to.equal("Is anybody out there?");
    await screenshot(page, "fault-relayer-down");
    await stack.restartRelayer();
    await alert.getByRole("button", { name: "Try again" }).click();
    const { receipt } = costOf((await answered(page, ISBEL.name, 2)).line);
    expect(receipt, "charged once").to.equal(2);
    expect(await composer(page).inputValue()).to.equal("");
  });

  it("a relayer that is down from the first is told in the catalogue, and balances are still shown", async () => {
    const { stack } = await world();
    await stopService(stack.services.relayer);
    try {
      await page.goto("/");
      await expectAlert(page, "cannot be reached", "Your credits are on the chain");
      await page.goto("/credits");
      await expectBalance(page, 994_800_000n);
    } finally {
      await stack.restartRelayer();
    }
  });

  it("an index that is down is told where it is missed, and balances come from the chain all the same", async () => {
    const { urls } = await world();
    const index = `${urls.indexer}/**`;
    await page.route(index, (route) => route.abort("connectionrefused"));
    await page.goto("/credits");
    await page.getByText("The index cannot be reached; your balance above comes from the chain.").waitFor();
    await expectBalance(page, 994_800_000n);
    await page.goto("/statement");
    await page.getByRole("button", { name: "Check against the chain" }).click();
    await page.getByText("Every number fits").waitFor();
    await page.goto("/create");
    const alert = await expectAlert(page, "The index cannot be reached", "They are on the chain");
    await screenshot(page, "fault-index-down");
    await page.unroute(index);
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.waitFor({ state: "detached" });
  });

  it("a price that rose since it was agreed to is asked about, old and new, before the message goes on", async () => {
    await page.goto(`/c/${ISBEL.id}`);
    await composer(page).fill("What does the sea say tonight?");
    await page
      .getByText(/^Tab \d+/)
      .first()
      .waitFor();
    expect((await mostOf(page)) < 180_000n).to.equal(true);
    await setPrice(LANTERN, ISBEL.id, 180_000, 0);
    await sendButton(page).click();
    const changed = /The price changed since you agreed to it: 0\.15\d* → 0\.18\d* a message\./;
    const alert = await expectAlert(page, changed, "No money moved.");
    expect(await composer(page).inputValue()).to.equal("What does the sea say tonight?");
    await screenshot(page, "fault-price-changed");
    await alert.getByRole("button", { name: "Agree and send" }).click();
    const { cost } = costOf((await answered(page, ISBEL.name, 3)).line);
    expect(cost > 180_000n && cost < 200_000n, String(cost)).to.equal(true);
  });

  it("a tab that runs dry offers a shorter answer or more credits, and the message goes on either way", async () => {
    // Dear enough that a second answer of usual length no longer fits into what is left of five credits.
    await setPrice(PLUMBLINE, SIXTY_FOUR.id, 1_000_000, 5_000_000);
    await page.goto(`/c/${SIXTY_FOUR.id}`);
    await say(page, "Tell me of your best game.");
    await answered(page, SIXTY_FOUR.name, 1);
    await say(page, "And of your worst?");
    const alert = await expectAlert(page, /This answer can cost [\d.]+, and [\d.]+ are left in your tab\./, "No money");
    expect(await composer(page).inputValue()).to.equal("And of your worst?");
    await screenshot(page, "fault-tab-dry");
    await alert.getByRole("button", { name: "Shorter answer for what is left" }).click();
    await answered(page, SIXTY_FOUR.name, 2);
    await say(page, "Whom did you learn from?");
    const again = await expectAlert(page, "are left in your tab");
    const signed = methods().length;
    await again.getByRole("button", { name: "Add credits" }).click();
    await confirmSheet(page, "Add credits to your tab");
    await answered(page, SIXTY_FOUR.name, 3);
    expect(methods().slice(signed)).to.deep.equal(["eth_signTypedData_v4"]);
  });

  it("in a cleared browser one signature takes the tab over, and nothing is lost", async () => {
    other = await visitWithWallet({ privateKey: visitor.privateKey });
    const { page, wallet } = other;
    await page.goto(`/c/${ISBEL.id}`);
    await composer(page).fill("Do you remember me?");
    await connect(page, wallet.name);
    await page.getByText("its key is in another browser").waitFor();
    await screenshot(page, "fault-cleared-browser");
    const asked = wallet.prompts.length;
    await page.getByRole("button", { name: "Use it here" }).click();
    await page
      // Its books were taken over when what was spent is shown.
      .getByText(/^Tab \d+: [1-9]/)
      .first()
      .waitFor();
    expect(wallet.prompts.slice(asked).map(({ method }) => method)).to.deep.equal(["eth_signTypedData_v4"]);
    expect(await composer(page).inputValue()).to.equal("Do you remember me?");
    await sendButton(page).click();
    const { receipt } = costOf((await answered(page, ISBEL.name, 1)).line);
    expect(receipt, "receipts go on where they were").to.equal(7);
    expect(wallet.prompts).to.have.length(asked + 1);
  });
});
