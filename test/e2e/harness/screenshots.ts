/** Pictures of pages for people to look at; they go to `screenshots/`, which git ignores. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { showIn, VIEWS, type View } from "./views.ts";

const FOLDER = fileURLToPath(new URL("../../../screenshots/", import.meta.url));

/** Takes a picture of what is visible. @returns Its path. */
export async function screenshot(page: Page, name: string, { fullPage = false } = {}): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const path = `${FOLDER}${name}.png`;
  await page.screenshot({ path, fullPage, animations: "disabled" });
  return path;
}

/** Takes a picture in each view: `‹name›-desktop-light.png` and so on. */
export async function screenshotViews(page: Page, name: string, views: readonly View[] = VIEWS): Promise<string[]> {
  const paths: string[] = [];
  for (const view of views) {
    await showIn(page, view);
    paths.push(await screenshot(page, `${name}-${view.name}`));
  }
  return paths;
}
