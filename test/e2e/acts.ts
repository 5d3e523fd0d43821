/** What a person does in the dApp, found as a person finds it: by role and accessible name. */
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";

/** The characters of the demo content that tests talk to. */
export const ISBEL = { id: 1, name: "Isbel of Gannet Rock", most: "0.15" } as const;

export const accountButton = (page: Page): Locator => page.getByRole("button", { name: "Your account" });
export const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole("dialog", { name });
export const composer = (page: Page): Locator => page.getByRole("textbox", { name: /^Message to / });
export const sendButton = (page: Page): Locator => page.getByRole("button", { name: /^Send · / });
export const headerBalance = (page: Page): Locator => page.getByRole("link", { name: "Your credits" });
/** Answers of a character in its conversation, greeting aside. */
export const answers = (page: Page, name: string): Locator =>
  page.getByRole("log").getByRole("article", { name, exact: true });

/** Connects the wallet of that name from the header. */
export async function connect(page: Page, wallet: string): Promise<void> {
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await dialog(page, "Connect a wallet").getByRole("button", { name: wallet }).click();
  await accountButton(page).waitFor();
}

/** Lets another account of the demo wallet act. */
export async function actAs(page: Page, name: string): Promise<void> {
  await accountButton(page).click();
  await page.getByRole("menuitemcheckbox", { name, exact: true }).click();
}

/** Fetches test money on the Credits page, and waits until it is there. */
export async function getTestMoney(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Get test money" }).click();
  await page.getByText(/[1-9][\d,.]* in USDC to buy with/).waitFor();
}

/** Confirms what the demo wallet asks. */
export async function confirmInDemo(page: Page): Promise<void> {
  const asked = dialog(page, /^(Sign|Send this|Sign a)/).last();
  await asked.getByRole("button", { name: /^(Sign|Confirm)$/ }).click();
}

/** Presses the paying button of a sheet and waits until the sheet is gone, which is when it is done. */
export async function confirmSheet(page: Page, title: string | RegExp, inWallet?: () => Promise<void>): Promise<void> {
  const sheet = dialog(page, title);
  await sheet.getByRole("button", { name: / · / }).click();
  await inWallet?.();
  await sheet.waitFor({ state: "detached" });
}

/** Buys the smallest package, 1,000 credits, on the Credits page. */
export async function buyThousand(page: Page, inWallet?: () => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: /^Buy 1,000 · / }).click();
  await confirmSheet(page, "Buy 1,000 credits", inWallet);
  await page.getByText("1,000 credits").first().waitFor();
}

/** Types a message and sends it; the answer may still be on its way. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await sendButton(page).click();
}

/** The answer of that number, once it is complete, with the line of its cost. */
export async function answered(page: Page, name: string, number: number): Promise<{ words: string; line: string }> {
  const answer = answers(page, name).nth(number - 1);
  const cost = answer.getByText(/^(Free|[\d.]+ credits · receipt \d+)$/);
  await cost.waitFor();
  const line = (await cost.textContent()) ?? "";
  const words = ((await answer.textContent()) ?? "").replace(line, "").trim();
  expect(words, "an answer without words").to.have.length.greaterThan(10);
  return { words, line };
}

/** Opens a tab of the chosen cap in the sheet that asks for it. */
export async function openTab(page: Page, cap: "5" | "20" | "100", inWallet?: () => Promise<void>): Promise<void> {
  const sheet = dialog(page, "Open a tab");
  await sheet.getByRole("button", { name: cap, exact: true }).click();
  await confirmSheet(page, "Open a tab", inWallet);
}
