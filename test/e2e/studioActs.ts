/// <reference lib="dom" />
/** What a person does in the Studio, found as a person finds it. */
import type { Locator, Page } from "playwright-core";
import { microcredits } from "./acts.ts";
import { until } from "./world.ts";

/** Tools of the demo content. */
export const FREE = { id: 9, name: "First Light" };
export const VIDEO = { id: 10, name: "Moving Postcard", maker: "Stelai" };
export const VOICE = { id: 11, name: "Plain Reader" };
export const IMAGE = { id: 12, name: "Linocut Press" };
export const TRAM = { id: 14, name: "Night Tram" };
export const MUSIC = { id: 16, name: "Third Shelf" };

export const promptField = (page: Page): Locator => page.getByRole("textbox", { name: /^What should/ });
export const generateButton = (page: Page): Locator => page.getByRole("button", { name: /^Generate · / });
export const tiles = (page: Page): Locator => page.getByRole("article");
export const finished = (page: Page): Locator => tiles(page).filter({ hasText: /receipt \d+|^Free$/m });

/** Waits until exactly so many pictures are there and decoded. */
export const pictures = (page: Page, count: number): Promise<void> =>
  until(`${count} pictures`, () =>
    page.evaluate(
      (wanted) =>
        [...document.querySelectorAll<HTMLImageElement>("article img")].filter((one) => one.naturalWidth > 0).length ===
        wanted,
      count,
    ),
  );

/** Takes an item of a result's menu. */
export async function choose(page: Page, tile: Locator, item: RegExp): Promise<void> {
  await tile.getByRole("button", { name: "More about this result" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** What the button says a generation costs, in microcredits. */
export async function priceOn(page: Page): Promise<bigint> {
  const words = (await generateButton(page).textContent()) ?? "";
  const price = /· ([\d.,]+)$/.exec(words)?.[1];
  if (!price) throw new Error(`the button says “${words}”`);
  return microcredits(price);
}

/** What a finished result says it cost, in microcredits, and the number of its receipt. */
export async function paidFor(tile: Locator): Promise<{ cost: bigint; receipt: number }> {
  const cost = tile.getByText(/[\d.]+ credits · receipt \d+/);
  await cost.waitFor();
  const [, credits = "", receipt] = /([\d.,]+) credits · receipt (\d+)/.exec((await cost.textContent()) ?? "") ?? [];
  return { cost: microcredits(credits), receipt: Number(receipt) };
}

/** What a video or a piece of audio on the page does when it is played: it is only over once its position has moved. */
export function playedOf(
  video: Locator,
): Promise<{ width: number; height: number; seconds: number; from: number; to: number }> {
  return video.evaluate(async (element: HTMLVideoElement) => {
    element.muted = true;
    const from = element.currentTime;
    await element.play();
    while (element.currentTime === from) await new Promise((resolve) => requestAnimationFrame(resolve));
    const { videoWidth: width, videoHeight: height, duration: seconds, currentTime: to } = element;
    return { width, height, seconds, from, to };
  });
}
