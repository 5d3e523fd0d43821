/** What the embedded engines take for their standard result, each in a process of its own: seconds, and megabytes. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MadeName, NAMES } from "./studio/requests.ts";

/** What DESIGN section 11 asks for: seconds from a process's start to its file, and 1,000,000 bytes of peak memory. */
export const reach = Object.fromEntries(
  NAMES.flatMap((name) => [
    [`${name}.seconds`, 10],
    [`${name}.mb`, 600],
  ]),
);

const MAKE = fileURLToPath(new URL("./studio/make.ts", import.meta.url));

/** Has a fresh process make the standard result; resolves with how long that took and what it needed. */
async function measure(name: MadeName, folder: string): Promise<{ seconds: number; mb: number }> {
  const file = join(folder, name);
  const start = performance.now();
  const child = spawn(process.execPath, [MAKE, name, file], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const seconds = (performance.now() - start) / 1_000;
  if (code !== 0) throw new Error(`the ${name} engine ended with ${code}`);
  console.error(`${name}: ${readFileSync(file).length.toLocaleString("en-US")} bytes`);
  const { maxRSS } = JSON.parse(said) as { maxRSS: number };
  return { seconds, mb: (maxRSS * 1_024) / 1e6 };
}

/** One after the other, so that none waits for another's core. */
export async function run(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "stelai-bench-"));
  const measured: Record<string, number> = {};
  try {
    for (const name of NAMES) {
      const { seconds, mb } = await measure(name, folder);
      measured[`${name}.seconds`] = seconds;
      measured[`${name}.mb`] = mb;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return measured;
}
