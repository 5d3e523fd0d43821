import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf } from "./blocks.ts";

/** A piece of TypeScript that a document shows. */
export type Example = {
  /** Of the document, from the repository's root. */
  file: string;
  line: number;
  heading: string;
  language: "ts" | "tsx";
  code: string;
};

/** Every TypeScript example of the documents and of the SDK's docstrings. */
export function examplesOf(root: string): Example[] {
  const documents = globSync(["*.md", "*/*.md"], { cwd: root, exclude: ["node_modules"] }).sort();
  const sources = globSync("sdk/src/**/*.{ts,tsx}", { cwd: root })
    .filter((file) => !file.includes(".test."))
    .sort();
  return [
    ...documents.flatMap((file) => examplesIn(file, readFileSync(join(root, file), "utf8"))),
    ...sources.flatMap((file) => examplesIn(file, docstringsOf(readFileSync(join(root, file), "utf8")))),
  ];
}

function examplesIn(file: string, markdown: string): Example[] {
  return blocksOf(markdown).flatMap(({ language, ...block }) => {
    if (language === "ts" || language === "tsx") return [{ ...block, file, language }];
    return [];
  });
}

/** A source without all that is no docstring, every line at its number. */
function docstringsOf(source: string): string {
  const lines = source.split("\n").map((line) => /^\s*\* ?(.*)$/.exec(line)?.[1] ?? "");
  return lines.join("\n");
}

/** Import statements of an example, of one line or of several. */
const IMPORT = /^import\b[\s\S]*?from\s+"[^"]+";?[^\n]*$/gm;
const NAME = /(\.\.\.|\??\.)?(?<![\w$])([A-Za-z_$][\w$]*)/g;

/** The import statements of a piece of code, and the rest of it. */
export function importsOf(code: string): { statements: string[]; body: string } {
  return { statements: code.match(IMPORT) ?? [], body: code.replace(IMPORT, "") };
}

/** Where names come from that an example leaves out: by module, in order of precedence. */
export type Scope = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * An example as a module of its own. It stands in a function, so that names which it declares itself shadow those that it
 * leaves out.
 */
export function moduleOf(example: Example, scope: Scope): string {
  const { statements: imports, body } = importsOf(example.code);
  const missing = namesIn(body);
  for (const name of namesIn(imports.join("\n").replace(/"[^"]*"/g, ""))) missing.delete(name);
  const lines = [`// ${example.file}:${example.line}`, ...imports];
  for (const [module, names] of scope) {
    const found = [...missing].filter((name) => names.has(name));
    if (found.length > 0) lines.push(`import { ${found.join(", ")} } from "${module}";`);
    for (const name of found) missing.delete(name);
  }
  return [...lines, "export async function example() {", body, "}", ""].join("\n");
}

/** The identifiers of a piece of code that are no property of something else. */
function namesIn(code: string): Set<string> {
  const names = new Set<string>();
  for (const [, access, name] of code.matchAll(NAME)) {
    if (name !== undefined && (access === undefined || access === "...")) names.add(name);
  }
  return names;
}
