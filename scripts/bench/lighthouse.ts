/** What Lighthouse says about the dApp's start page on a slow phone: a production build in front of a whole local stack. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "../../test/e2e/harness/browser.ts";
import { audit } from "../../test/e2e/harness/lighthouse.ts";
import { freePorts } from "../dev/ports.ts";
import { startStack } from "../dev/stack.ts";

/** What UX asks of the build: the score at least, the shift at most. */
export const reach = { "lighthouse.performance": 90, "lighthouse.layout.shift": 0.05 };

/** Of each the median: one run of Lighthouse says little on a machine that does other things. */
const RUNS = 3;

export async function run(): Promise<Record<string, number>> {
  const say = (text: string) => console.error(text);
  const folder = mkdtempSync(join(tmpdir(), "stelai-lighthouse-"));
  const stack = await startStack({ ports: await freePorts(), folder, say });
  try {
    const browser = await launchBrowser();
    try {
      const results = [];
      for (let at = 0; at < RUNS; at++) results.push(await audit(browser, `${stack.urls.web}/`));
      return {
        "lighthouse.performance": median(results.map(({ scores }) => scores.performance)),
        "lighthouse.layout.shift": median(results.map(({ layoutShift }) => layoutShift)),
      };
    } finally {
      await browser.close();
    }
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
