import { globSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { build } from "esbuild";
import * as sdk from "./index.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * Minified bundle of a piece of code that uses the SDK: what it loads at once, without what it fetches when it comes to
 * that. viem and the frameworks are not counted.
 */
async function bundle(contents: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: here, loader: "ts" },
    bundle: true,
    splitting: true,
    outdir: "bundle",
    absWorkingDir: here,
    metafile: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    external: ["viem", "viem/*"],
  });
  const needed = new Set(["bundle/stdin.js"]);
  for (const path of needed) {
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && !external) needed.add(next);
    }
  }
  return outputFiles.map(({ path, text }) => (needed.has(relative(here, path)) ? text : "")).join("");
}

/** Every action: one function a file, named like its file. */
const actions = globSync("actions/*/*.ts", { cwd: here })
  .filter((file) => !file.endsWith(".test.ts") && !file.endsWith("index.ts"))
  .map((file) => ({ file, name: file.replace(/^.*\/|\.ts$/g, "") }))
  .filter(({ name }) => name in sdk);

describe("The SDK in a bundle", () => {
  it("has its actions where they are looked for", () => {
    expect(actions.length).to.be.greaterThan(40);
  });

  for (const { name } of actions) {
    // These do a whole errand with several actions: they are held to 10 kB as they travel, compressed.
    const isErrand = ["auditTab", "createFetch", "createBudgetKey"].includes(name);
    it(`costs at most 10 kB${isErrand ? " compressed" : ""} for ${name} alone, and no schema library`, async () => {
      const code = await bundle(`export { ${name} } from "./index.ts";`);
      const bytes = isErrand ? gzipSync(code) : new TextEncoder().encode(code);
      expect(code).to.not.equal("");
      expect(bytes.length).to.be.lessThanOrEqual(10 * 1024);
      expect(code).to.not.match(/safeParse|ZodError/);
    });
  }

  it("costs nothing for what is not used", async () => {
    expect(await bundle('import * as sdk from "./index.ts"; void sdk;')).to.equal("");
  });

  it("never brings the schema library, not even with everything", async () => {
    const code = await bundle('export * from "./index.ts";');
    expect(code).to.not.match(/safeParse|ZodError/);
  });
});
