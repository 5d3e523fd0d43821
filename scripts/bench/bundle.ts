/** Sizes of what a person downloads: the dApp's first load, and one SDK action in somebody's bundle. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { build } from "../dev/stack.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What DESIGN section 11 asks for, in kilobytes (1,000 bytes) after gzip. */
export const reach = { "web.first.load.kb": 250, "sdk.action.kb": 10 };

/** The JavaScript that the dApp's page loads before anything is clicked, in kB after gzip. */
function firstLoad(): number {
  const dist = `${root}web/dist`;
  const page = readFileSync(`${dist}/index.html`, "utf8");
  const pending = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? "");
  const seen = new Set<string>();
  let bytes = 0;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const code = readFileSync(`${dist}${path}`);
    bytes += gzipSync(code, { level: 9 }).length;
    const imports = code.toString().matchAll(/\b(?:import|from)\s*"\.\/([^"]+\.js)"/g);
    for (const match of imports) pending.push(`/assets/${match[1]}`);
  }
  return bytes / 1000;
}

/** One action as an integrator's bundler sees it, viem excluded, in kB after gzip. */
async function oneAction(): Promise<number> {
  const result = await bundle({
    stdin: { contents: 'export { buy } from "@stelai/sdk";', resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["viem", "viem/*"],
    write: false,
  });
  return gzipSync(result.outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length / 1000;
}

export async function run(): Promise<Record<string, number>> {
  await build((text) => console.error(text));
  return { "web.first.load.kb": firstLoad(), "sdk.action.kb": await oneAction() };
}
