/// <reference lib="dom" />
/** A desktop window at 200 % zoom: half as many pixels each way, in which nothing may stick out (WCAG 1.4.10). */
import type { Page } from "playwright-core";

const ZOOMED = { width: 640, height: 400 };

/** What makes the page wider than the window, as `tag.class: how far it reaches`; empty where nothing does. */
export async function overflow(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(ZOOMED);
  const found = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map(
        (element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.getBoundingClientRect().right}`,
      )
      .slice(0, 3);
  });
  if (before) await page.setViewportSize(before);
  return found;
}
