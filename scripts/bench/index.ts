/**
 * `npm run bench -- <name> [--json]`: measures one thing and prints a table, or with `--json` exactly one JSON object
 * on stdout. A bench is a file of this folder that exports `run` and `reach`; the numbers are DESIGN section 11's.
 */
import { readdirSync } from "node:fs";
import { compileContracts } from "../dev/build.ts";

/** What a file of this folder exports. */
export interface Bench {
  /** Measures; whatever it says meanwhile goes to stderr. */
  run(): Promise<Record<string, number>>;
  /** By key: at most this, or at least this where the key is a rate or a score. */
  readonly reach: Readonly<Record<string, number>>;
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "index.ts")
  .map((file) => file.slice(0, -".ts".length))
  .sort();

/** A rate or a score is to be at least so much, anything else at most. */
const isRate = (key: string) => key.endsWith(".per.second") || key.endsWith(".performance");

/** A line a key: what was measured, what is to be reached, and whether it is. */
function table(measured: Readonly<Record<string, number>>, reach: Readonly<Record<string, number>>): string {
  const format = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });
  const lines = Object.entries(measured).map(([key, value]) => {
    const goal = reach[key];
    if (goal === undefined) return [key, format(value), "", ""];
    const met = isRate(key) ? value >= goal : value <= goal;
    return [key, format(value), `${isRate(key) ? "≥" : "≤"} ${format(goal)}`, met ? "reached" : "missed"];
  });
  const rows = [["key", "measured", "reach", ""], ...lines];
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] ?? "").length));
  const pad = (text: string, column: number) =>
    column === 1 || column === 2 ? text.padStart(width(column)) : text.padEnd(width(column));
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}

const words = process.argv.slice(2);
const name = words.find((word) => !word.startsWith("--"));
const unknown = words.find((word) => word.startsWith("--") && word !== "--json");
if (name === undefined || !names.includes(name) || unknown !== undefined || words.length > 2) {
  console.error(`usage: npm run bench -- <${names.join(" | ")}> [--json]`);
  process.exit(1);
}

await compileContracts((text) => console.error(text));
const bench: Bench = await import(`./${name}.ts`);
const measured = await bench.run();
// Written whole before exiting: a bench may leave connections open, which would keep the process alive.
const text = words.includes("--json") ? JSON.stringify(measured) : table(measured, bench.reach);
process.stdout.write(`${text}\n`, () => process.exit(0));
