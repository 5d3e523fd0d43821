/** The command line as one JavaScript file: what is published, and what the tests run. `node build.ts <file>` writes it. */
import { chmodSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HOME = dirname(fileURLToPath(import.meta.url));

/** What a built program is made of. */
export type Program = {
  /** The files that are in it, by their paths. */
  inputs: string[];
  /** The packages that it imports when it runs, by their names: whoever installs it needs these. */
  imports: string[];
};

/** Everything in one file, which starts in a tenth of the time; a keystore's ciphers are fetched only when one is opened. */
export async function buildProgram(outfile: string): Promise<Program> {
  // What is inside as CommonJS asks for Node's own modules by `require`.
  const js =
    'import { createRequire as nodeRequire } from "node:module"; const require = nodeRequire(import.meta.url);';
  const { metafile } = await build({
    ...{ absWorkingDir: HOME, entryPoints: ["src/index.ts"], outfile: resolve(outfile), metafile: true },
    ...{ bundle: true, platform: "node", format: "esm", target: "node22" },
    ...{ external: ["ethers"], banner: { js }, logLevel: "warning" },
  });
  chmodSync(outfile, 0o755);
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const isPackage = ({ path, kind, external }: (typeof imports)[number]) =>
    external === true && (kind === "import-statement" || kind === "dynamic-import") && !path.startsWith("node:");
  return {
    inputs: Object.keys(metafile.inputs).map((file) => resolve(HOME, file)),
    imports: [...new Set(imports.filter(isPackage).map(({ path }) => path))],
  };
}

const [, program, outfile] = process.argv;
if (program === fileURLToPath(import.meta.url)) await buildProgram(outfile ?? resolve(HOME, "dist/stelai.js"));
