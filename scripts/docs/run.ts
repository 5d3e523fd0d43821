import { stripTypeScriptTypes } from "node:module";
import { importsOf } from "./examples.ts";

/** Something with the shape of the function that an example becomes. */
type Run = (...values: unknown[]) => Promise<Record<string, unknown>>;
const AsyncFunction = (async () => undefined).constructor as unknown as new (...words: string[]) => Run;

/** Gives a module by its name, as the program that an example stands for would find it. */
export type Load = (name: string) => Promise<unknown>;

/**
 * Runs an example as it stands, with values for the names that it leaves out. What it imports, `load` finds.
 * @returns What the names of `wanted` stood for at its end.
 */
export async function runExample(
  code: string,
  scope: Readonly<Record<string, unknown>>,
  wanted: readonly string[] = [],
  load?: Load,
): Promise<Record<string, unknown>> {
  const { statements, body } = importsOf(code);
  const imports = statements.map((statement) => {
    const [, names, module] = /^import\s+\{([^}]*)\}\s+from\s+"([^"]+)"/.exec(statement) ?? [];
    if (names === undefined || load === undefined) throw new Error(`This example cannot import: ${statement}`);
    return `const {${names.replaceAll(" as ", ": ")}} = await load("${module}");`;
  });
  // Blocks of their own, so that it may declare what it is given, too.
  const text = `{ ${imports.join(" ")} { ${stripTypeScriptTypes(body)}\nreturn { ${wanted.join(", ")} }; } }`;
  return new AsyncFunction("load", ...Object.keys(scope), text)(load, ...Object.values(scope));
}
