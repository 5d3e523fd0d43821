/** Sizes of what a person downloads: the dApp's first load, and one SDK action in somebody's bundle. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { build } from "../dev/build.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What DESIGN section 11 asks for, in kilobytes (1,000 bytes) after gzip. */
export const reach = { "web.first.load.kb": 250, "sdk.action.kb": 10 };

/** One entry of Vite's manifest: a file, and the entries that it imports statically. */
type Chunk = { file: string; imports?: readonly string[] };

/** What the dApp fetches for its start page: the frame, and the page's own chunk, which the frame imports at once. */
const START = ["index.html", "src/pages/ExplorePage.tsx"];

/** The JavaScript that the dApp's start page needs before it stands there whole, in kB after gzip. */
function firstLoad(): number {
  const dist = `${root}web/dist`;
  const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, "utf8")) as Record<string, Chunk>;
  const files = new Set<string>();
  const pending = [...START];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`Vite's manifest has no ${name}`);
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    pending.push(...(chunk.imports ?? []));
  }
  const sizes = [...files].map((file) => gzipSync(readFileSync(`${dist}/${file}`), { level: 9 }).length);
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
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
