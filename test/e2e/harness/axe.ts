/// <reference lib="dom" />
/** Accessibility by axe-core: no serious and no critical violation, in every view (UX section 4). */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { showIn, VIEWS, type View } from "./views.ts";

export interface Violation {
  view: string;
  rule: string;
  impact: string;
  help: string;
  /** Selectors of what violates it, with axe's own explanation. */
  nodes: string[];
}

/** Serious and critical violations of the page as it stands. */
export async function violationsOf(page: Page, view = "as shown"): Promise<Violation[]> {
  // Evaluated by the debugger, which the page's Content-Security-Policy does not bind.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    return inPage.run(document, { resultTypes: ["violations"] });
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, help, nodes }) => ({
      view,
      rule: id,
      impact: impact ?? "",
      help,
      nodes: nodes.map(
        ({ target, failureSummary = "" }) => `${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`,
      ),
    }));
}

/** Thrown when a page has a serious or critical violation; the message lists each with its place. */
export class AccessibilityError extends Error {
  override readonly name = "AccessibilityError";
  readonly violations: readonly Violation[];

  constructor(page: string, violations: readonly Violation[]) {
    const lines = violations.map(
      ({ view, rule, impact, help, nodes }) => `${view}: ${rule} (${impact}) ${help}\n    ${nodes.join("\n    ")}`,
    );
    super(`${page} has ${violations.length} serious violations:\n  ${lines.join("\n  ")}`);
    this.violations = violations;
  }
}

/**
 * Checks the page in both themes and both widths.
 * @throws {AccessibilityError} when a serious or critical violation is found in any.
 */
export async function expectAccessible(page: Page, views: readonly View[] = VIEWS): Promise<void> {
  const before = page.viewportSize();
  const found: Violation[] = [];
  for (const view of views) {
    await showIn(page, view);
    found.push(...(await violationsOf(page, view.name)));
  }
  if (before) await page.setViewportSize(before);
  if (found.length > 0) throw new AccessibilityError(page.url(), found);
}
