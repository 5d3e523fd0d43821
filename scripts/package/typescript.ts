import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtFile, publishedManifest, readManifest } from "./manifest.ts";
import { node } from "./run.ts";

/** Modules that another module names: `from "./x.ts"`, `import("./x.ts")`. */
const SPECIFIER = /((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"']+)\.tsx?(?=["'])/g;

/**
 * A TypeScript workspace as it is published: one JavaScript module for each of its sources, so that a bundler takes what is
 * used; types where others import it; maps, and the sources that they lead to. Its `tsconfig.build.json` says how. Types are
 * checked by `npm test`'s own step, not here.
 */
export async function stageTypeScript(root: string, workspace: string, folder: string): Promise<void> {
  const home = join(root, workspace);
  const dist = join(folder, "dist");
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await node([tsc, "-p", "tsconfig.build.json", "--noCheck", "--outDir", dist], { cwd: home });
  // The compiler rewrites imports of what runs, and leaves those between types.
  for (const file of globSync("**/*.d.ts", { cwd: dist })) {
    const path = join(dist, file);
    writeFileSync(path, readFileSync(path, "utf8").replace(SPECIFIER, "$1.js"));
  }
  cpSync(join(home, "src"), join(folder, "src"), { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
  for (const file of globSync("**/*.map", { cwd: dist })) relinkMap(folder, file);
  for (const file of ["README.md", "CHANGELOG.md"]) {
    if (existsSync(join(home, file))) cpSync(join(home, file), join(folder, file));
  }
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));

  const manifest = readManifest(join(home, "package.json"));
  const built = (source: string, extension: string) => {
    if (!existsSync(join(home, source)))
      throw new Error(`${workspace}/package.json names ${source}: there is no such file.`);
    return builtFile(source, extension);
  };
  const exports = Object.fromEntries(
    Object.entries(manifest.exports ?? {}).map(([path, source]) => [
      path,
      { types: built(source, ".d.ts"), default: built(source, ".js") },
    ]),
  );
  const text = publishedManifest(manifest, {
    main: exports["."]?.default,
    types: exports["."]?.types,
    exports: { ...exports, "./package.json": "./package.json" },
    files: ["dist", "src", "CHANGELOG.md"],
  });
  writeFileSync(join(folder, "package.json"), text);
}

/** A map names its source from where the map is: in the package, that is `src` beside `dist`. */
function relinkMap(folder: string, file: string): void {
  const path = join(folder, "dist", file);
  const map = JSON.parse(readFileSync(path, "utf8")) as { sourceRoot?: string; sources: string[] };
  const source = file.replace(/(\.d\.ts|\.js)\.map$/, ".ts");
  if (!existsSync(join(folder, "src", source))) throw new Error(`${file} has no source`);
  const sources = [`${"../".repeat(file.split("/").length)}src/${source}`];
  writeFileSync(path, JSON.stringify({ ...map, sourceRoot: "", sources }));
}
