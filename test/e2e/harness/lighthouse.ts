/** Lighthouse on a production build, in the Chromium that the harness launched. */
import lighthouse from "lighthouse";
import type { LaunchedBrowser } from "./browser.ts";

const CATEGORIES = ["accessibility", "best-practices", "seo", "performance"] as const;

export type LighthouseCategory = (typeof CATEGORIES)[number];

export interface LighthouseResult {
  /** 0 to 100. */
  scores: Record<LighthouseCategory, number>;
  /** Cumulative layout shift. */
  layoutShift: number;
  /** Audits that cost points, by category: `best-practices: errors-in-console: …`. */
  failures: string[];
}

/**
 * Audits one page with an empty cache and empty storage.
 * @param formFactor Lighthouse's own emulation: a slow phone, or a desktop.
 */
export async function audit(
  { debuggingPort }: LaunchedBrowser,
  url: string,
  formFactor: "mobile" | "desktop" = "mobile",
): Promise<LighthouseResult> {
  const desktop = {
    formFactor,
    screenEmulation: { mobile: false, width: 1280, height: 800, deviceScaleFactor: 1, disabled: false },
    throttling: {
      rttMs: 40,
      throughputKbps: 10_240,
      cpuSlowdownMultiplier: 1,
      requestLatencyMs: 0,
      downloadThroughputKbps: 0,
      uploadThroughputKbps: 0,
    },
  };
  const result = await lighthouse(url, {
    port: debuggingPort,
    output: "json",
    logLevel: "error",
    onlyCategories: [...CATEGORIES],
    ...(formFactor === "desktop" && desktop),
  });
  if (!result) throw new Error(`Lighthouse gave no result for ${url}`);
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`Lighthouse on ${url}: ${lhr.runtimeError.message}`);
  const failures = CATEGORIES.flatMap((category) =>
    (lhr.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const found = lhr.audits[id];
      if (!found || weight === 0 || found.score === null || found.score >= 0.9) return [];
      return [`${category}: ${id}: ${found.title} ${found.displayValue ?? ""}`.trim()];
    }),
  );
  const scores = Object.fromEntries(
    CATEGORIES.map((category) => [category, Math.round((lhr.categories[category]?.score ?? 0) * 100)]),
  ) as Record<LighthouseCategory, number>;
  return { scores, layoutShift: lhr.audits["cumulative-layout-shift"]?.numericValue ?? Number.NaN, failures };
}
