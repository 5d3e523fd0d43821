/// <reference lib="dom" />
/** The four views in which every page has to hold: two widths, two themes (UX section 4). */
import type { Page } from "playwright-core";

export interface View {
  name: string;
  theme: "light" | "dark";
  width: number;
  height: number;
}

const SIZES = [
  ["desktop", 1280, 800],
  ["phone", 390, 844],
] as const;

export const VIEWS: readonly View[] = SIZES.flatMap(([size, width, height]) =>
  (["light", "dark"] as const).map((theme) => ({ name: `${size}-${theme}`, theme, width, height })),
);

/** Both themes and both sizes, in two looks: for what stands in a frame that was looked at in all four. */
export const FEWER_VIEWS = VIEWS.filter(({ name }) => name === "desktop-light" || name === "phone-dark");

/** Shows the page in a view, with motion reduced, so that what is measured has settled. */
export async function showIn(page: Page, { theme, width, height }: View): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
