/**
 * `npm test`: everything that gates a change, in order of cost; stops at the first step that fails.
 * `npm test -- <step> …` runs the named steps only; `npm test -- --list` names them.
 */
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "./dev/stack.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name: string) => `${root}node_modules/.bin/${name}`;
const hardhat = [process.execPath, `${root}node_modules/hardhat/dist/src/cli.js`];
const mocha = [process.execPath, `${root}node_modules/mocha/bin/mocha.js`];

type Step = { name: string; run: () => Promise<Outcome> };
type Outcome = { ok: boolean; passed: number };

/** Test files of the root that need only an in-process chain. */
const contractTests = globSync(
  "test/{token,credits,payouts,characters,community,market,metering,deploy,parity}/**/*.test.ts",
  {
    cwd: root,
  },
);

const steps: Step[] = [
  { name: "build", run: () => succeed(() => build((text) => console.log(text))) },
  { name: "generated", run: () => command([process.execPath, "scripts/generate.ts", "--check"]) },
  { name: "lint", run: () => command([bin("biome"), "ci", "--colors=off", "--error-on-warnings", "."]) },
  { name: "format:solidity", run: () => command([bin("prettier"), "--check", "contracts/**/*.sol", "test/**/*.sol"]) },
  { name: "lint:solidity", run: () => command([bin("solhint"), "--max-warnings", "0", "contracts/**/*.sol"]) },
  ...["", "sdk", "relayer", "indexer", "web"].map((folder) => ({
    name: `types:${folder || "root"}`,
    run: () => command([bin("tsc"), "-p", folder || "."]),
  })),
  { name: "contracts", run: () => command([...hardhat, "test", "mocha", "--no-compile", ...contractTests]) },
  { name: "scripts", run: () => command([...mocha, "scripts/**/*.test.ts"]) },
  { name: "invariants", run: () => command([...hardhat, "test", "solidity"]) },
  ...["sdk", "relayer", "indexer", "web"].map((folder) => ({
    name: folder,
    run: () => command(mocha, { cwd: `${root}${folder}` }),
  })),
  { name: "e2e", run: () => command([...mocha, "--config", "test/e2e/.mocharc.json"]) },
];

const wanted = process.argv.slice(2);
if (wanted.includes("--list")) {
  console.log(steps.map((step) => step.name).join("\n"));
  process.exit(0);
}
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}`);
  process.exit(1);
}

let passed = 0;
const times: string[] = [];
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  console.log(`\n── ${step.name}`);
  const begin = Date.now();
  const outcome = await step.run();
  passed += outcome.passed;
  times.push(`${((Date.now() - begin) / 1000).toFixed(1).padStart(7)} s  ${step.name}`);
  if (!outcome.ok) {
    console.log(`\n${times.join("\n")}\n\nThe step ${step.name} failed.\n${passed} passed, 1 failed`);
    process.exit(1);
  }
}
console.log(`\n${times.join("\n")}\n\n${passed} passed, 0 failed`);

async function succeed(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return { ok: true, passed: 0 };
  } catch (error) {
    console.error(error);
    return { ok: false, passed: 0 };
  }
}

/** Runs a command, shows what it prints, and counts the tests it says passed. */
function command(words: readonly string[], options: { cwd?: string } = {}): Promise<Outcome> {
  const [program = "", ...rest] = words;
  const cwd = options.cwd ?? root;
  if (!existsSync(cwd)) throw new Error(`${cwd} does not exist`);
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      process.stdout.write(chunk);
      text = (text + chunk.toString()).slice(-200_000);
    });
    child.once("error", (error) => {
      console.error(error);
      resolve({ ok: false, passed: 0 });
    });
    child.once("close", (code) => {
      const counts = [...text.matchAll(/(\d+) passing/g)].map((match) => Number(match[1]));
      resolve({ ok: code === 0, passed: counts.reduce((sum, count) => sum + count, 0) });
    });
  });
}
