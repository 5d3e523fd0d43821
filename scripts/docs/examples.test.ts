import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { node } from "../package/run.ts";
import { installed } from "../package/world.ts";
import { examplesOf, moduleOf, type Scope } from "./examples.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("Every example of the documents and docstrings", () => {
  it("is TypeScript that compiles as it stands, against what is published", async () => {
    const { project } = await installed();
    const preamble = readFileSync(new URL("./preamble.ts", import.meta.url), "utf8");
    project.write("examples/preamble.ts", preamble);
    const scope = await scopeOf(preamble);
    const examples = examplesOf(root);
    expect(examples.length).to.be.greaterThan(250);
    for (const example of examples) {
      const name = `${example.file.replace(/\.\w+$/, "").replace(/\W+/g, "-")}-${example.line}.${example.language}`;
      project.write(`examples/${name}`, moduleOf(example, scope));
    }
    project.write("examples/package.json", '{ "type": "module" }\n');
    project.write("examples/tsconfig.json", JSON.stringify({ compilerOptions: OPTIONS }));
    await node([join(root, "node_modules/typescript/bin/tsc"), "-p", "examples"], { cwd: project.folder });
  });
});

const OPTIONS = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: ["node"] },
  ...{ target: "es2024", module: "nodenext", moduleDetection: "force", jsx: "react-jsx" },
};

/** What an example may leave out: what the preamble declares, and all exports of the SDK. */
async function scopeOf(preamble: string): Promise<Scope> {
  const declared = [...preamble.matchAll(/^export declare (?:const|function) (\w+)/gm)].map(([, name = ""]) => name);
  const passedOn = [...preamble.matchAll(/^export \{([^}]*)\} from/gm)].flatMap(([, names = ""]) => names.split(","));
  const scope = new Map([["./preamble.ts", new Set([...declared, ...passedOn.map((name) => name.trim())])]]);
  const { exports } = JSON.parse(readFileSync(join(root, "sdk/package.json"), "utf8"));
  for (const [path, source] of Object.entries<string>(exports)) {
    const names = Object.keys(await import(join(root, "sdk", source)));
    scope.set(`@stelai/sdk${path.slice(1)}`, new Set(names));
  }
  return scope;
}
