/**
 * `npm run simulate -- [--users 1000] [--days 90] [--seed 1] [--output <folder>]`
 *
 * Lets people, creators and attackers live on a chain in memory and holds the money against its promises at every block.
 * Prints a report; with `--output` also writes `blocks.csv` (reserve, liabilities and surplus at every block) and
 * `report.json`. Ends with 1 when a promise did not hold. The same seed gives the same run.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { random } from "../../test/characters/helpers/simulation.ts";
import { compileContracts } from "../dev/build.ts";
import { simulate } from "./days.ts";
import { blocksAsCsv, reportOf } from "./report.ts";
import { judge } from "./verdict.ts";

const { values } = parseArgs({
  options: {
    users: { type: "string", default: "1000" },
    days: { type: "string", default: "90" },
    seed: { type: "string", default: "1" },
    output: { type: "string" },
  },
});
const [users, days, seed] = [Number(values.users), Number(values.days), Number(values.seed)];
if (
  ![users, days].every((value) => Number.isSafeInteger(value) && value >= 1) ||
  users < 50 ||
  !Number.isFinite(seed)
) {
  console.error(
    "Usage: npm run simulate -- [--users <50 or more>] [--days <1 or more>] [--seed <number>] [--output <folder>]",
  );
  process.exit(2);
}

await compileContracts((text) => console.error(text));
const began = performance.now();
const simulation = await simulate({ users, days, dice: random(seed), say: (text) => console.error(text) });
const verdict = judge(simulation);
console.log(reportOf(verdict, { users, days, seed, seconds: (performance.now() - began) / 1_000 }));
if (values.output !== undefined) {
  mkdirSync(values.output, { recursive: true });
  writeFileSync(join(values.output, "blocks.csv"), blocksAsCsv(simulation.books.lines));
  const asText = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  writeFileSync(
    join(values.output, "report.json"),
    `${JSON.stringify({ users, days, seed, ...verdict }, asText, 2)}\n`,
  );
}
