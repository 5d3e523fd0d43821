/** What a person does in the dApp, found as a person finds it: by role and accessible name. */
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { stelaiAbi } from "@stelai/sdk/abis";
import { expect } from "chai";
import type { Download, Locator, Page } from "playwright-core";
import { type Hex, parseUnits } from "viem";
import { formatCredits, WEI_PER_MICROCREDIT } from "../../web/src/format/money.ts";
import { until, world } from "./world.ts";

/** The characters of the demo content that tests talk to. */
export const ISBEL = { id: 1, name: "Isbel of Gannet Rock", most: "0.15" } as const;

export const accountButton = (page: Page): Locator => page.getByRole("button", { name: "Your account" });
export const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole("dialog", { name });
/** By its label, which finds it behind an open sheet as well. */
export const composer = (page: Page): Locator => page.getByLabel(/^Message to /);
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

/**
 * Everything that the page reads from relayer and index comes late from now on: it is then seen what a page says between
 * an act and the news of it. Returns what ends that.
 */
export async function delayAnswers(page: Page, milliseconds = 1_000): Promise<() => Promise<void>> {
  const { urls } = await world();
  const services = [urls.relayer, urls.indexer].map((url) => new URL(url).origin);
  await page.route(
    ({ origin }) => services.includes(origin),
    async (route) => {
      await sleep(milliseconds);
      await route.continue();
    },
  );
  return () => page.unrouteAll({ behavior: "ignoreErrors" });
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
  const cost = answer.getByText(/^(Free|Included in your pass|[\d.]+ credits · receipt \d+)$/);
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

/** An amount of credits as the page writes it, "1,000" or "0.152", in microcredits. */
export const microcredits = (shown: string): bigint => parseUnits(shown.replaceAll(",", ""), 6);

/** Microcredits as the page writes a balance: rounded down. */
export const shown = (micro: bigint): string => formatCredits(micro * WEI_PER_MICROCREDIT, { rounding: "down" });

/** The most that the send button says the message can cost, in microcredits. */
export async function mostOf(page: Page): Promise<bigint> {
  const most = /^Send · ≤ ([\d.,]+)$/.exec((await sendButton(page).textContent()) ?? "")?.[1];
  if (!most) throw new Error(`the send button says “${await sendButton(page).textContent()}”`);
  return microcredits(most);
}

/** What a line under an answer says: its cost in microcredits and the number of its receipt. */
export function costOf(line: string): { cost: bigint; receipt: number } {
  const [, cost, receipt] = /^([\d.]+) credits · receipt (\d+)$/.exec(line) ?? [];
  if (!cost || !receipt) throw new Error(`“${line}” tells no cost`);
  return { cost: microcredits(cost), receipt: Number(receipt) };
}

/** Waits until the header shows this balance, in microcredits. */
export async function expectBalance(page: Page, micro: bigint): Promise<void> {
  await headerBalance(page)
    .getByText(`${shown(micro)} credits`, { exact: true })
    .waitFor();
}

/** A character to publish. */
export interface NewCharacter {
  name: string;
  persona: string;
  /** In credits, as typed. */
  perMessage: string;
  /** Prices of passes, in credits, as typed. */
  monthly?: string;
  annual?: string;
  /** Seen by chosen people only. */
  isPrivate?: boolean;
  /** A text file that it is to know. */
  knowledge?: { name: string; text: string };
}

/** Publishes a character from the connected wallet. @returns Its number. */
export async function publish(
  page: Page,
  { name, persona, perMessage, monthly, annual, isPrivate = false, knowledge }: NewCharacter,
  inWallet?: () => Promise<void>,
): Promise<bigint> {
  await page.goto("/publish");
  const next = (step: string) => page.getByRole("button", { name: `Next: ${step}`, exact: true }).click();
  const price = async (label: string, credits: string | undefined) => {
    if (credits !== undefined) await page.getByRole("textbox", { name: label }).fill(credits);
  };
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await next("Mind");
  await page.getByRole("textbox", { name: "Persona" }).fill(persona);
  await next("Knowledge");
  if (knowledge) {
    const file = { name: knowledge.name, mimeType: "text/plain", buffer: Buffer.from(knowledge.text) };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("uploaded after publishing").waitFor();
  }
  await next("Prices");
  await price("For a message, in credits", perMessage);
  await price("For a month, in credits", monthly);
  await price("For a year, in credits", annual);
  await next("Who sees it");
  if (isPrivate) await page.getByRole("radio", { name: /^Only people I choose/ }).check();
  await next("Review");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await signIn(page, inWallet);
  const create = dialog(page, `Publish ${name}`);
  await create.getByRole("button", { name: `Publish ${name}`, exact: true }).click();
  await inWallet?.();
  await page.getByRole("heading", { name: `${name} is published`, level: 2 }).waitFor();
  await page.getByText("The operator serves it now.").waitFor();
  if (knowledge) await page.getByText("The file is uploaded.").waitFor();
  const link = await page.getByRole("link", { name: `Talk to ${name}` }).getAttribute("href");
  return BigInt(link?.split("/").at(-1) ?? "");
}

/** Signs in with the operator, in the sheet that asks for it. */
export async function signIn(page: Page, inWallet?: () => Promise<void>): Promise<void> {
  const sheet = dialog(page, "Sign in with this operator");
  await sheet.getByRole("button", { name: "Sign in", exact: true }).click();
  await inWallet?.();
  await sheet.waitFor({ state: "detached" });
}

/** Moves the chain's time with the developer bar at the lower edge: "30 days ahead". */
export async function moveTime(page: Page, step: string): Promise<void> {
  const bar = page.getByRole("complementary", { name: "Developer bar" });
  const button = bar.getByRole("button", { name: step });
  if (!(await button.isVisible())) await bar.getByRole("button", { name: /Move time/ }).click();
  await button.click();
  await bar.getByText("Moving time").waitFor({ state: "detached" });
  await bar.getByRole("button", { name: /Fold up/ }).click();
}

/** Waits until what is new says this, to somebody who is signed in. */
export async function feedSays(page: Page, words: RegExp): Promise<void> {
  await until(`the feed saying ${words}`, async () => {
    await page.goto("/notifications");
    await page.getByText("That is all of the last 90 days.").or(page.getByText("Nothing yet")).waitFor();
    return (await page.getByRole("main").getByRole("listitem").filter({ hasText: words }).count()) > 0;
  });
}

/** What a download saved, and under which name. */
export async function saved(download: Promise<Download>): Promise<{ name: string; bytes: Uint8Array }> {
  const file = await download;
  return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) };
}

/** The value of a line in a sheet's terms. */
export const termOf = (sheet: Locator, label: string): Locator =>
  sheet.getByRole("term").filter({ hasText: label }).locator("xpath=following-sibling::dd[1]");

/** Credits of an account on the chain, in wei. */
export async function creditsOf(account: Hex): Promise<bigint> {
  const { reader, deployment } = await world();
  const balance = { abi: stelaiAbi, functionName: "balanceOf", args: [account] } as const;
  return reader.readContract({ address: deployment.contracts.Stelai, ...balance });
}
