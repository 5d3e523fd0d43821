import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildProgram } from "../../cli/build.ts";
import { publishedManifest, readManifest } from "./manifest.ts";

const PROGRAM = "dist/stelai.js";

/**
 * The command line as it is published: the one file that `cli/build.ts` makes and its tests run. It depends on what is not
 * inside that file; of what is inside, the licences are added, as these ask.
 */
export async function stageProgram(root: string, folder: string): Promise<void> {
  const home = join(root, "cli");
  const { inputs, imports } = await buildProgram(join(folder, PROGRAM));
  for (const file of ["README.md", "CHANGELOG.md"]) cpSync(join(home, file), join(folder, file));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  writeFileSync(join(folder, "LICENSES.txt"), licencesOf(inputs));

  const manifest = readManifest(join(home, "package.json"));
  const dependencies = imports.map((name) => {
    const version = manifest.dependencies?.[name];
    if (version === undefined)
      throw new Error(`The command line imports ${name}, which cli/package.json does not name.`);
    return [name, version] as const;
  });
  const text = publishedManifest(manifest, {
    bin: { stelai: `./${PROGRAM}` },
    dependencies: Object.fromEntries(dependencies),
    files: ["dist", "LICENSES.txt", "CHANGELOG.md"],
  });
  writeFileSync(join(folder, "package.json"), text);
}

/** The licences of the packages that files belong to, one after the other. @throws Error when one has none. */
function licencesOf(files: readonly string[]): string {
  const homes = files.flatMap((file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0] ?? []);
  const texts = [...new Set(homes)].map((home) => {
    const { name, version } = readManifest(join(home, "package.json"));
    const file = readdirSync(home).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined) throw new Error(`${name} comes without a licence.`);
    return `${name} ${version}\n\n${readFileSync(join(home, file), "utf8").trim()}\n`;
  });
  return [...new Set(texts)].sort().join(`\n${"-".repeat(80)}\n\n`);
}
